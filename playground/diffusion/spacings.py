"""Spacings: where along a schedule's path the levels of a grid lie.

A spacing is one short function of a line (the part of the path that is walked) and of the number of
steps; it returns the t of each step, noisiest first. The clean end itself is not among them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from playground.diffusion.levels import Level, angle
from playground.diffusion.registry import Registry

Path = Callable[[Tensor], tuple[Tensor, Tensor]]

# Paths that reach alpha = 0 or sigma = 0 have infinite log-SNRs. Spacings that need finite ones lay
# theirs between these: at sigma / alpha = 200 nothing of a picture can be told, and 0.002 is the
# least noise of EDM. The first level is at t = start all the same, and the last one is clean.
NOISIEST, CLEANEST, LEAST = -2 * math.log(200), -2 * math.log(0.002), 20.0
# The log-SNRs at which 0/16, 1/16, ..., 16/16 of the steps are spent, by benchmarks/spacing.py
OPTIMISED = (
    *(NOISIEST, -7.92, -6.42, -5.29, -4.44, -3.73, -3.04, -2.36, -1.75),
    *(-1.12, -0.37, 0.51, 1.56, 2.88, 4.75, 7.50, CLEANEST),
)
HALVINGS = 100  # of the interval in which t is sought; laplace needs a t of 1e-19 for a small sigma

_registry: Registry[Callable[["Line", int], Tensor]] = Registry("spacing")
register = _registry.register
names = _registry.names
entry = _registry.entry


@dataclass(frozen=True)
class Line:
    """A path from t = start down to clean, along which levels are to be laid.

    timesteps: the T of a schedule of discrete steps, None for the others.
    """

    path: Path
    start: float
    timesteps: int | None = None

    def level(self, t: float) -> Level:
        """Return the path's level at one t; at t = 0 its smallest sigma, which may be above 0."""
        alpha, sigma = self.path(torch.tensor(t, dtype=torch.float64))
        return Level(float(alpha), float(sigma))

    @cached_property
    def floor(self) -> Level:
        """The level that the path tends to as t -> 0: sigma > 0 for ve and edm."""
        return self.level(0.0)

    @property
    def floored(self) -> bool:
        """True where the path has a smallest sigma > 0, which is the last level before clean."""
        return self.floor.sigma > 0

    @cached_property
    def noisy(self) -> float:
        """The log-SNR at t = start, finite."""
        return min(max(self.level(self.start).log_snr, NOISIEST), LEAST)

    @cached_property
    def clean(self) -> float:
        """The log-SNR of the last level before clean, finite: the floor, or step 1 of T."""
        if self.floored:
            return self.floor.log_snr
        first = self.level(1 / self.timesteps).log_snr if self.timesteps else CLEANEST
        return max(min(first, LEAST), self.noisy + 2)  # start may lie below step 1

    def at_angle(self, phi: Tensor) -> Tensor:
        """Return the t in [0, start] at which the path has these angles, halving the interval."""
        low, high = torch.zeros_like(phi), torch.full_like(phi, self.start)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            above = angle(*self.path(middle)) > phi
            low, high = torch.where(above, low, middle), torch.where(above, middle, high)
        return (low + high) / 2

    def at_log_snr(self, log_snr: Tensor) -> Tensor:
        """Return the t in [0, start] at which the path has these log-SNRs."""
        return self.at_angle(torch.exp(-log_snr / 2).atan())


def _steps(first: float, last: float, steps: int) -> Tensor:
    return torch.linspace(first, last, steps, dtype=torch.float64)


def _lattice(line: Line, steps: int) -> tuple[float, bool]:
    """Return how many of the T discrete steps lie up to start, and whether they are enough.

    Where more steps are asked for than there are, they lie between the discrete ones, too.
    """
    whole = math.floor(line.start * (line.timesteps or 1000) + 1e-9)
    return (whole, True) if whole >= steps else (line.start * (line.timesteps or 1000), False)


@register("uniform", title="uniform in t", source="Song et al. 2020 (DDIM), App. D.2")
def uniform(line: Line, steps: int) -> Tensor:
    """Evenly in t, so that the schedule alone says where the levels lie.

    Where the path has a smallest sigma > 0 (ve, edm), that is the last level before clean, as in
    Karras et al. 2022, Eq. 5.

    Formula: t_i = start (1 - i / N).
    For: seeing what a schedule itself does.
    """
    intervals = max(steps - 1, 1) if line.floored else steps
    return line.start * (1 - torch.arange(steps, dtype=torch.float64) / intervals)


@register("leading", title="leading (DDPM code)", source="Lin et al. 2023, Table 2")
def leading(line: Line, steps: int) -> Tensor:
    """Every (T div N)th of the T discrete steps from step 1 up.

    As published it begins short of t = 1, at a level whose noise is not yet pure; here the first
    level is at t = start like any other's.

    Formula: t_i = (1 + (N - 1 - i) (T div N)) / T.
    For: comparing with most published DDIM figures.
    """
    last, whole = _lattice(line, steps)
    stride = last // steps if whole else last / steps
    k = torch.arange(steps - 1, -1, -1, dtype=torch.float64) * stride + (1 if whole else stride)
    return k / (line.timesteps or 1000)


@register("linspace", title="linspace (iDDPM)", source="Nichol & Dhariwal 2021; Lin 2023, Table 2")
def linspace(line: Line, steps: int) -> Tensor:
    """Evenly over the T discrete steps with both ends.

    Formula: t_i = round(T - i (T - 1) / (N - 1)) / T.
    For: a last look at step 1, which is nearly clean, before the end.
    """
    last, whole = _lattice(line, steps)
    if not whole:
        return _steps(last, last / steps, steps) / (line.timesteps or 1000)
    k = torch.arange(steps - 1, -1, -1, dtype=torch.float64) * ((last - 1) / max(steps - 1, 1))
    return (k.round() + 1) / (line.timesteps or 1000)


@register("trailing", title="trailing (Lin)", source="Lin et al. 2023, Table 2 and Sec. 3.3")
def trailing(line: Line, steps: int) -> Tensor:
    """Every (T/N)th of the T discrete steps from T down.

    Formula: t_i = round(T - i T / N) / T.
    For: few steps; it begins at pure noise and spends no step on what is nearly clean.
    """
    last, whole = _lattice(line, steps)
    k = last - torch.arange(steps, dtype=torch.float64) * (last / steps)
    return (k.round() if whole else k) / (line.timesteps or 1000)


@register("karras", title="Karras (rho = 7)", source="Karras et al. 2022, Eq. 5")
def karras(line: Line, steps: int) -> Tensor:
    """The seventh root of sigma/alpha falls evenly between the schedule's own ends.

    Ends with alpha = 0 or sigma = 0 count as sigma/alpha = 200 and as step 1 (else as 0.002).

    Formula: (sigma/alpha)_i = (a + i / (N - 1) (b - a))^7, a and b the seventh roots of the ends.
    For: a good first choice with trained networks: many levels where little noise is left.
    """
    first, last = (math.exp(-end / 2) ** (1 / 7) for end in (line.noisy, line.clean))
    return line.at_log_snr(-14 * _steps(first, last, steps).log())


@register("log_snr", title="uniform in log-SNR", source="Lu et al. 2022 (DPM-Solver)")
def log_snr(line: Line, steps: int) -> Tensor:
    """The log-SNR rises evenly between the schedule's own ends.

    Infinite ends are taken as under karras.

    Formula: log-SNR_i = a + i / (N - 1) (b - a), a and b the log-SNRs of the ends.
    For: solvers of higher order, whose step sizes are differences of log-SNR.
    """
    return line.at_log_snr(_steps(line.noisy, line.clean, steps))


@register("angle", title="uniform in the angle", source="Salimans & Ho 2022, App. D (phi)")
def angle_(line: Line, steps: int) -> Tensor:
    """The angle phi = atan2(sigma, alpha) falls evenly: equal turns of the DDIM rotation.

    Formula: phi_i = phi(start) (1 - i / N).
    For: seeing a sampler's order of convergence; nothing in it is infinite at either end.
    """
    first, floor = line.level(line.start).angle, line.floor.angle
    return line.at_angle(_steps(first, max(first / steps, floor), steps))


@register(
    "optimised",
    title="optimised (equal errors)",
    source="benchmarks/spacing.py; Williams et al. 2024, Sabour et al. 2024 (Align Your Steps)",
)
def optimised(line: Line, steps: int) -> Tensor:
    """Each step of DDIM errs by about as much in the finished picture, measured on our networks.

    A short table holds the log-SNRs up to which 1/16, 2/16, ... of the steps are spent. It makes
    the sum of the errors of the steps least, as measured along trajectories of the shipped emoji
    and digits networks; what the networks themselves get wrong is not in it.

    Formula: log-SNR_i = table at a + (1 - a) i / N, a the share that lies before start.
    For: few steps of DDIM; solvers of second order do better by karras.
    """
    known = [*OPTIMISED[:-1], max(CLEANEST, line.clean)]
    share = np.linspace(0, 1, len(known))
    first, floor = np.interp([line.noisy, line.clean], known, share)
    last = first + (1 - first) * (1 - 1 / steps)
    spent = _steps(float(first), float(min(last, floor) if line.floored else last), steps)
    return line.at_log_snr(torch.from_numpy(np.interp(spent.numpy(), share, known)))
