"""Schedules of T discrete steps: alpha_bar at t = k/T, most of them as products of 1 - beta."""

import math
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.registry import knob
from playground.diffusion.schedules.base import register
from playground.diffusion.spacings import Path


def _from_alpha_bars(alpha_bars: Tensor) -> Path:
    """Return the path through sqrt(alpha_bar) at t = k/T, linear in the angle between steps.

    The angle, because it stays finite and monotone where alpha_bar reaches 0.
    """
    table = torch.atan2((1 - alpha_bars).sqrt(), alpha_bars.sqrt())
    last = len(table) - 1

    def path(t: Tensor) -> tuple[Tensor, Tensor]:
        k = (t * last).clamp(0, last)
        near = k.round()
        k = torch.where((k - near).abs() < 1e-9, near, k)  # t = k/T must hit step k itself
        low = k.floor().long().clamp(max=last - 1)
        phi = torch.lerp(table[low], table[low + 1], k - low)
        alpha = phi.cos()
        return torch.where(alpha < 1e-12, 0.0, alpha), phi.sin()  # cos(pi/2) is 6e-17, not 0

    return path


def _from_betas(betas: Tensor) -> Path:
    one = torch.ones(1, dtype=torch.float64)
    return _from_alpha_bars(torch.cat([one, torch.cumprod(1 - betas, 0)]))


def _linear_betas(timesteps: int, beta_start: float, beta_end: float) -> Tensor:
    return torch.linspace(beta_start, beta_end, timesteps, dtype=torch.float64)


def _timesteps() -> Any:
    return knob(1000, 2, 4000, step=1, help="Number of discrete steps T; t = k/T is step k.")


@register("linear", title="linear (DDPM)", source="Ho et al. 2020, Sec. 4")
def linear(
    *,
    timesteps: int = _timesteps(),
    beta_start: float = knob(1e-4, 1e-6, 0.1, step=1e-5, help="Noise added by the first step."),
    beta_end: float = knob(0.02, 1e-4, 0.5, step=1e-3, help="Noise added by the last step."),
) -> Path:
    """Betas rise linearly, alpha_bar is their cumulated product: DDPM's own.

    Formula: alpha_bar_k = product of 1 - beta_i, beta_i from beta_start to beta_end in equal steps.
    For: comparing with DDPM and what followed it.
    """
    return _from_betas(_linear_betas(timesteps, beta_start, beta_end))


@register("scaled_linear", title="scaled linear (Stable Diffusion)", source="Rombach et al. 2022")
def scaled_linear(
    *,
    timesteps: int = _timesteps(),
    beta_start: float = knob(8.5e-4, 1e-6, 0.1, step=1e-5, help="Noise added by the first step."),
    beta_end: float = knob(0.012, 1e-4, 0.5, step=1e-3, help="Noise added by the last step."),
) -> Path:
    """The square roots of the betas rise linearly: latent diffusion's, gentler at the start.

    Formula: alpha_bar_k = product of 1 - beta_i, sqrt(beta_i) in equal steps.
    For: comparing with Stable Diffusion; some of the picture is left at t = 1.
    """
    return _from_betas(_linear_betas(timesteps, beta_start**0.5, beta_end**0.5) ** 2)


@register("cosine", title="cosine", source="Nichol & Dhariwal 2021, Eq. 17")
def cosine(
    *,
    timesteps: int = _timesteps(),
    s: float = knob(0.008, 0.0, 0.1, step=0.001, help="Offset that keeps the first steps visible."),
    max_beta: float = knob(0.999, 0.5, 0.9999, step=0.001, help="Largest beta of one step."),
) -> Path:
    """alpha_bar falls as a squared cosine: detail goes more evenly than under linear.

    Formula: alpha_bar = f(t) / f(0), f(t) = cos^2(pi/2 (t + s) / (1 + s)), no beta above max_beta.
    For: watching noise arrive evenly; small pictures.
    """
    k = torch.arange(timesteps + 1, dtype=torch.float64) / timesteps
    alpha_bar = ((k + s) / (1 + s) * math.pi / 2).cos() ** 2
    return _from_betas((1 - alpha_bar[1:] / alpha_bar[:-1]).clamp(max=max_beta))


@register("sigmoid", title="sigmoid", source="Jabri et al. 2022, Fig. 8; Chen 2023, Alg. 1")
def sigmoid(
    *,
    timesteps: int = _timesteps(),
    start: float = knob(-3.0, -10.0, 0.0, step=0.5, help="Where on the sigmoid t = 0 lies."),
    end: float = knob(3.0, 0.5, 10.0, step=0.5, help="Where on the sigmoid t = 1 lies."),
    tau: float = knob(1.0, 0.1, 3.0, step=0.1, help="Temperature: larger is closer to linear."),
) -> Path:
    """alpha_bar falls as a sigmoid: more of the path is spent at the clean and the noisy end.

    Formula: alpha_bar = (S(end) - S(t (end - start) + start)) / (S(end) - S(start)), S(z) = 1 / (1
    + e^(-z/tau)).
    For: larger pictures, with another tau for each size.
    """
    k = torch.arange(timesteps + 1, dtype=torch.float64) / timesteps
    first, last = (torch.sigmoid(torch.tensor(e / tau, dtype=torch.float64)) for e in (start, end))
    gamma = (last - torch.sigmoid((k * (end - start) + start) / tau)) / (last - first)
    return _from_alpha_bars(gamma.clamp(1e-9, 1.0))


@register("zero_snr", title="zero terminal SNR", source="Lin et al. 2023, Alg. 1")
def zero_snr(
    *,
    timesteps: int = _timesteps(),
    beta_start: float = knob(1e-4, 1e-6, 0.1, step=1e-5, help="Noise added by the first step."),
    beta_end: float = knob(0.02, 1e-4, 0.5, step=1e-3, help="Noise added by the last step."),
) -> Path:
    """The linear schedule shifted and scaled so that nothing of the picture is left at t = 1.

    Formula: sqrt(alpha_bar) of linear, minus its last value, times what keeps its first.
    For: pictures that are very dark or very bright: nothing shines through at t = 1.
    """
    root = torch.cumprod(1 - _linear_betas(timesteps, beta_start, beta_end), 0).sqrt()
    root = (root - root[-1]) * root[0] / (root[0] - root[-1])
    return _from_alpha_bars(torch.cat([torch.ones(1, dtype=torch.float64), root**2]))


@register("sqrt", title="square root (Diffusion-LM)", source="Li et al. 2022, App. A")
def sqrt(
    *,
    timesteps: int = _timesteps(),
    s: float = knob(1e-4, 1e-6, 0.01, step=1e-4, help="Offset: how much noise comes at once."),
    max_beta: float = knob(0.999, 0.5, 0.9999, step=0.001, help="Largest beta of one step."),
) -> Path:
    """Noise comes at once and then ever more slowly, by a square root.

    Formula: alpha_bar = (1 - sqrt(t + s)) / (1 - sqrt(s)), no beta above max_beta.
    For: words and other things that a little noise does not change.
    """
    k = torch.arange(timesteps + 1, dtype=torch.float64) / timesteps
    alpha_bar = (1 - (k + s).sqrt()).clamp(min=1e-9)
    return _from_betas((1 - alpha_bar[1:] / alpha_bar[:-1]).clamp(max=max_beta))
