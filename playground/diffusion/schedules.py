"""Noise schedules: a path of levels from clean (t = 0) to noise (t = 1).

A schedule is one short function of its knobs that returns a path: t (float64 tensor in [0, 1]) ->
(alpha, sigma). Whatever a schedule does, x = alpha x0 + sigma eps is all that the rest sees.
"""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.levels import CLEAN, Level
from playground.diffusion.registry import Entry, Registry, knob
from playground.errors import InputError

Path = Callable[[Tensor], tuple[Tensor, Tensor]]
MAX_STEPS = 10_000

_registry: Registry[Callable[..., Path]] = Registry("schedule")
register = _registry.register
names = _registry.names
entry = _registry.entry


class Schedule:
    """A registered path with its knobs set: t -> (alpha, sigma), and grids of levels along it."""

    def __init__(self, entry: Entry[Callable[..., Path]], **knobs: Any) -> None:
        self.name = entry.name
        self.knobs = entry.settings(knobs)
        self._path = entry.function(**self.knobs)

    def __call__(self, t: Tensor | float) -> tuple[Tensor, Tensor]:
        """(alpha, sigma), float64, of t's shape; t in [0, 1], 0 exactly clean, 1 noisiest.

        InputError where a t lies outside [0, 1]. Paths that start at a smallest sigma > 0 (ve, edm)
        jump to sigma = 0 at t = 0 itself, as in Song et al. 2021, Appendix C.
        """
        try:
            t = torch.as_tensor(t, dtype=torch.float64)
        except (TypeError, ValueError):
            t = torch.tensor(math.nan)
        if not bool(((t >= 0) & (t <= 1)).all()):
            raise InputError("t must be from 0 (clean) to 1 (noisiest).")
        alpha, sigma = self._path(t)
        return torch.where(t == 0, 1.0, alpha), torch.where(t == 0, 0.0, sigma)

    def level(self, t: float) -> Level:
        """The level at one t in [0, 1]."""
        alpha, sigma = self(t)
        return Level(float(alpha), float(sigma))

    def grid(self, steps: int, start: float = 1.0) -> tuple[Level, ...]:
        """Steps + 1 levels from t = start, noisiest first; the last is exactly Level(1, 0).

        Uniform in t. Where the path has a smallest sigma > 0 (ve, edm), that is the last level
        before clean, as in Karras et al. 2022, Eq. 5; else t = 0 itself is the last.
        Raises InputError for steps outside 1..10,000 or start outside (0, 1].
        """
        steps = check_steps(steps)
        if not 0 < start <= 1:
            raise InputError(f"start must be above 0 and at most 1; you gave {start}.")
        has_floor = float(self._path(torch.zeros((), dtype=torch.float64))[1]) > 0
        intervals = max(steps - 1, 1) if has_floor else steps
        t = start * (1 - torch.arange(steps, dtype=torch.float64) / intervals)
        alpha, sigma = self._path(t)
        return (*map(Level, alpha.tolist(), sigma.tolist()), CLEAN)

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(f'{k}={v}' for k, v in self.knobs.items())})"


def get(name: str, **knobs: Any) -> Schedule:
    """The schedule of that name with these knobs; InputError for an unknown name, knob or value."""
    return Schedule(entry(name), **knobs)


def check_steps(steps: Any) -> int:
    """Steps as an int; InputError unless it is a whole number from 1 to 10,000."""
    try:
        if int(steps) == float(steps) and 1 <= int(steps) <= MAX_STEPS:
            return int(steps)
    except (TypeError, ValueError, OverflowError):
        pass
    raise InputError(f"steps must be a whole number from 1 to {MAX_STEPS:,}; you gave {steps}.")


def _from_alpha_bars(alpha_bars: Tensor) -> Path:
    """The path through sqrt(alpha_bar) at t = k/T, k = 0..T, linear in the angle between steps.

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
    """Betas rise linearly, alpha_bar is their cumulated product: DDPM's own."""
    return _from_betas(_linear_betas(timesteps, beta_start, beta_end))


@register("scaled_linear", title="scaled linear (Stable Diffusion)", source="Rombach et al. 2022")
def scaled_linear(
    *,
    timesteps: int = _timesteps(),
    beta_start: float = knob(8.5e-4, 1e-6, 0.1, step=1e-5, help="Noise added by the first step."),
    beta_end: float = knob(0.012, 1e-4, 0.5, step=1e-3, help="Noise added by the last step."),
) -> Path:
    """The square roots of the betas rise linearly: latent diffusion's, gentler at the start."""
    return _from_betas(_linear_betas(timesteps, beta_start**0.5, beta_end**0.5) ** 2)


@register("cosine", title="cosine", source="Nichol & Dhariwal 2021, Eq. 17")
def cosine(
    *,
    timesteps: int = _timesteps(),
    s: float = knob(0.008, 0.0, 0.1, step=0.001, help="Offset that keeps the first steps visible."),
    max_beta: float = knob(0.999, 0.5, 0.9999, step=0.001, help="Largest beta of one step."),
) -> Path:
    """alpha_bar falls as a squared cosine: detail goes more evenly than under linear."""
    k = torch.arange(timesteps + 1, dtype=torch.float64) / timesteps
    alpha_bar = ((k + s) / (1 + s) * math.pi / 2).cos() ** 2
    return _from_betas((1 - alpha_bar[1:] / alpha_bar[:-1]).clamp(max=max_beta))


@register("sigmoid", title="sigmoid", source="Jabri et al. 2022, App. B; Chen 2023, Alg. 1")
def sigmoid(
    *,
    timesteps: int = _timesteps(),
    start: float = knob(-3.0, -10.0, 0.0, step=0.5, help="Where on the sigmoid t = 0 lies."),
    end: float = knob(3.0, 0.5, 10.0, step=0.5, help="Where on the sigmoid t = 1 lies."),
    tau: float = knob(1.0, 0.1, 3.0, step=0.1, help="Temperature: larger is closer to linear."),
) -> Path:
    """alpha_bar falls as a sigmoid: more of the path is spent at the clean and the noisy end."""
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
    """The linear schedule shifted and scaled so that nothing of the picture is left at t = 1."""
    root = torch.cumprod(1 - _linear_betas(timesteps, beta_start, beta_end), 0).sqrt()
    root = (root - root[-1]) * root[0] / (root[0] - root[-1])
    return _from_alpha_bars(torch.cat([torch.ones(1, dtype=torch.float64), root**2]))


@register("ve", title="variance exploding", source="Song et al. 2021, Eq. 9 and App. C")
def ve(
    *,
    sigma_min: float = knob(0.01, 1e-4, 0.5, step=0.01, help="Smallest noise, in pixel units."),
    sigma_max: float = knob(50.0, 1.0, 200.0, step=1.0, help="Largest noise, in pixel units."),
) -> Path:
    """The picture stays (alpha = 1) and ever more noise is laid over it, geometrically."""
    return lambda t: (torch.ones_like(t), sigma_min * (sigma_max / sigma_min) ** t)


@register("edm", title="EDM (Karras)", source="Karras et al. 2022, Eq. 5")
def edm(
    *,
    sigma_min: float = knob(0.002, 1e-4, 0.5, step=0.001, help="Smallest noise, in pixel units."),
    sigma_max: float = knob(80.0, 1.0, 200.0, step=1.0, help="Largest noise, in pixel units."),
    rho: float = knob(7.0, 1.0, 10.0, step=0.5, help="Larger spends more steps at low noise."),
) -> Path:
    """Alpha = 1 and sigma^(1/rho) falls evenly: few steps in heavy noise, many in fine noise."""
    low, high = sigma_min ** (1 / rho), sigma_max ** (1 / rho)
    return lambda t: (torch.ones_like(t), (low + t * (high - low)) ** rho)


@register("flow", title="flow matching", source="Liu et al. 2022; Lipman et al. 2023; Esser 2024")
def flow(
    *,
    shift: float = knob(1.0, 0.2, 10.0, step=0.1, help="Above 1: more steps in heavy noise."),
) -> Path:
    """A straight line from picture to noise: alpha = 1 - t, sigma = t (t shifted, Esser Eq. 23)."""

    def path(t: Tensor) -> tuple[Tensor, Tensor]:
        below = 1 + (shift - 1) * t
        return (1 - t) / below, (shift * t / below).clamp(max=1.0)  # rounding must not pass the end

    return path
