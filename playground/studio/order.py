"""Order of convergence: how fast a sampler's error falls with its steps, on Gaussian data.

There the probability flow is known in closed form, so the error is exact.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from playground.diffusion.levels import Level
from playground.diffusion.sample import sample
from playground.diffusion.samplers import Sampler

MEAN = torch.tensor([0.4, -0.2, 0.0, 0.7], dtype=torch.float64)
STD = torch.tensor([0.2, 0.5, 0.8, 1.5], dtype=torch.float64)
COUNT = 8  # samples that start from fixed noise


class Gaussian:
    """The exact denoiser of data from N(MEAN, diag(STD^2))."""

    shape = tuple(MEAN.shape)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        """Return E[x0 | x], (B,4), as every Denoiser does."""
        a, s = alpha[:, None], sigma[:, None]
        return MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (x - a * MEAN)


def exact(x: Tensor, start: Level, end: Level) -> Tensor:
    """Return where the probability flow takes x, (B,4): to the same quantile at the other level."""
    before, after = ((at.alpha**2 * STD**2 + at.sigma**2).sqrt() for at in (start, end))
    return end.alpha * MEAN + (x - start.alpha * MEAN) * after / before


def error(sampler: Sampler, grid: Sequence[Level]) -> tuple[float, int]:
    """Return the root mean square distance to the closed form at the grid's end, and the calls."""
    x = torch.linspace(-2, 2, COUNT, dtype=torch.float64)[:, None].expand(-1, len(MEAN))
    # the schedule plays no part where a grid is given
    *_, end = sample(Gaussian(), "cosine", sampler, x=x, seeds=range(COUNT), grid=grid)
    distance = (end.x - exact(x, grid[0], grid[-1])).square().mean().sqrt()
    return float(distance), end.nfe


def slope(steps: Sequence[float], errors: Sequence[float]) -> float:
    """Return -d log(error) / d log(steps) by least squares; nan where an error is 0."""
    if any(e <= 0 or not math.isfinite(e) for e in errors):
        return math.nan
    n, e = torch.tensor(steps).double().log(), torch.tensor(errors).double().log()
    n = n - n.mean()
    return -float((n * e).sum() / (n * n).sum())
