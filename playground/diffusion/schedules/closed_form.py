"""Schedules whose alpha and sigma are formulas of a continuous t."""

import math

import torch
from torch import Tensor

from playground.diffusion.registry import knob
from playground.diffusion.schedules.base import register
from playground.diffusion.spacings import Path

CUT = 2 * math.log(500)


def from_log_snr(log_snr: Tensor) -> tuple[Tensor, Tensor]:
    """Return alpha and sigma of a variance-preserving path from log(alpha^2 / sigma^2)."""
    return torch.sigmoid(log_snr).sqrt(), torch.sigmoid(-log_snr).sqrt()


@register("ve", title="variance exploding", source="Song et al. 2021, Eq. 9 and App. C")
def ve(
    *,
    sigma_min: float = knob(0.01, 1e-4, 0.5, step=0.01, help="Smallest noise, in pixel units."),
    sigma_max: float = knob(50.0, 1.0, 200.0, step=1.0, help="Largest noise, in pixel units."),
) -> Path:
    """The picture stays (alpha = 1) and ever more noise is laid over it, geometrically.

    Formula: alpha = 1, sigma = sigma_min (sigma_max / sigma_min)^t.
    For: score models as of 2019 to 2021.
    """
    return lambda t: (torch.ones_like(t), sigma_min * (sigma_max / sigma_min) ** t)


@register("edm", title="EDM (Karras)", source="Karras et al. 2022, Eq. 5")
def edm(
    *,
    sigma_min: float = knob(0.002, 1e-4, 0.5, step=0.001, help="Smallest noise, in pixel units."),
    sigma_max: float = knob(80.0, 1.0, 200.0, step=1.0, help="Largest noise, in pixel units."),
    rho: float = knob(7.0, 1.0, 10.0, step=0.5, help="Larger spends more steps at low noise."),
) -> Path:
    """Alpha = 1 and sigma^(1/rho) falls evenly: few steps in heavy noise, many in fine noise.

    Formula: alpha = 1, sigma^(1/rho) = sigma_min^(1/rho) + t (sigma_max^(1/rho) -
    sigma_min^(1/rho)).
    For: sampling in few steps: its levels lie by themselves as those of the spacing karras.
    """
    low, high = sigma_min ** (1 / rho), sigma_max ** (1 / rho)
    return lambda t: (torch.ones_like(t), (low + t * (high - low)) ** rho)


@register("flow", title="flow matching", source="Liu et al. 2022; Lipman et al. 2023; Esser 2024")
def flow(
    *,
    shift: float = knob(1.0, 0.2, 10.0, step=0.1, help="Above 1: more steps in heavy noise."),
) -> Path:
    """A straight line from picture to noise: alpha = 1 - t, sigma = t (t shifted, Esser Eq. 23).

    Formula: alpha = 1 - t', sigma = t', t' = shift t / (1 + (shift - 1) t).
    For: flow matching and rectified flow; shift above 1 for larger pictures.
    """

    def path(t: Tensor) -> tuple[Tensor, Tensor]:
        below = 1 + (shift - 1) * t
        return (1 - t) / below, (shift * t / below).clamp(max=1.0)  # rounding must not pass the end

    return path


@register("exponential", title="exponential", source='diffusers, betas_for_alpha_bar("exp")')
def exponential(
    *,
    rate: float = knob(12.0, 5.0, 30.0, step=0.5, help="Larger leaves less of the picture."),
) -> Path:
    """Every step takes the same share of what is left.

    Constant betas in continuous time, the Ornstein-Uhlenbeck process.

    Formula: alpha_bar = exp(-rate t).
    For: seeing constant betas: most of the picture is gone at once.
    """
    return lambda t: ((-rate / 2 * t).exp(), (-torch.expm1(-rate * t)).sqrt())


@register("laplace", title="Laplace", source="Hang et al. 2024")
def laplace(
    *,
    mu: float = knob(0.0, -3.0, 3.0, step=0.1, help="The log-SNR where most of the path lies."),
    b: float = knob(0.5, 0.3, 3.0, step=0.1, help="Width: larger spreads the path out."),
) -> Path:
    """The log-SNR is Laplace distributed: most of the path lies where signal and noise are alike.

    Formula: log-SNR = mu - b sgn(1/2 - t) ln(1 - 2 |t - 1/2|).
    For: training levels; for sampling choose another spacing, as uniform makes huge steps at both
    ends.
    """

    def path(t: Tensor) -> tuple[Tensor, Tensor]:
        tail = 2 * torch.minimum(t, 1 - t)  # is 1 - 2|t - 1/2|, exact where t is tiny
        return from_log_snr(mu - b * (0.5 - t).sign() * tail.log())

    return path


@register("cauchy", title="Cauchy", source="Hang et al. 2024")
def cauchy(
    *,
    mu: float = knob(0.0, -3.0, 3.0, step=0.1, help="The log-SNR where most of the path lies."),
    gamma: float = knob(1.0, 0.1, 3.0, step=0.1, help="Width: larger spreads the path out."),
) -> Path:
    """The log-SNR is Cauchy distributed: as laplace, but with long tails.

    Cut off where sigma/alpha is 0.002 and 500, between which EDM's levels lie, too; t is stretched
    over what remains.

    Formula: log-SNR = mu + gamma tan(pi/2 (1 - 2 t)), cut off.
    For: as laplace, with more levels at both ends.
    """
    first, last = (0.5 - math.atan((end - mu) / gamma) / math.pi for end in (CUT, -CUT))
    return lambda t: from_log_snr(mu + gamma * (math.pi * (0.5 - first - t * (last - first))).tan())
