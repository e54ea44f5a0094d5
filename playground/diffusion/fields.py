"""What can be drawn of a level in the plane: the density, and a denoiser's guess, on a grid.

Grids lie in u = x / r, where every path of levels is the same turn from the data (phi = 0) to
noise (phi = pi/2). Score and velocity follow from the guess by the algebra of `levels`.
"""

import math

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.levels import Level

CHUNK = 1024  # data at a time, so that what lies between is small


def axis(cells: int, reach: float) -> Tensor:
    """Return the middles (cells,) float64 of equal cells from -reach to reach."""
    return reach * ((2 * torch.arange(cells, dtype=torch.float64) + 1) / cells - 1)


def grid(cells: int, reach: float) -> Tensor:
    """Return the middles (cells^2, 2) float32 of cells x cells squares, by row, y and x rising."""
    line = axis(cells, reach)
    return torch.cartesian_prod(line, line).flip(1).float()


def turn(count: int) -> tuple[Level, ...]:
    """Return levels at even angles from clean to pure noise, on the unit circle."""
    angles = [math.pi / 2 * k / (count - 1) for k in range(count)]
    return tuple(Level(max(0.0, math.cos(phi)), math.sin(phi)) for phi in angles)


def density(data: Tensor, level: Level, cells: int, reach: float) -> Tensor:
    """Return the exact density of noised data (N,2) on the grid: (cells,cells) float64, y rising.

    A mixture of round normals is a product along the axes, so that all cells together are one
    product of two matrices. Below half a cell sigma counts as half a cell, or points would fall
    between the cells.
    """
    sigma = max(level.sigma, reach / cells)
    line = axis(cells, reach)[:, None]
    total = torch.zeros(cells, cells, dtype=torch.float64)
    for part in (level.alpha * data.double()).split(CHUNK):
        across, up = ((-((line - part[:, k]) ** 2) / (2 * sigma**2)).exp() for k in (0, 1))
        total += up @ across.T
    return total / (2 * math.pi * sigma**2 * len(data))


@torch.no_grad()
def guesses(
    denoiser: Denoiser, level: Level, cells: int, reach: float, cond: int | None = None
) -> Tensor:
    """Return the denoiser's guess of x0 at every middle, (cells,cells,2) float32."""
    x = grid(cells, reach) * level.radius
    alpha, sigma = (torch.full((len(x),), value, dtype=x.dtype) for value in level)
    classes = None if cond is None else torch.full((len(x),), cond)
    return denoiser(x, alpha, sigma, classes).reshape(cells, cells, 2)


def error(learned: Tensor, exact: Tensor, weight: Tensor) -> float:
    """Return the RMS distance between two grids of guesses, each cell as it is likely."""
    share = weight / weight.sum()
    return float(((learned - exact).double().square().sum(-1) * share).sum().sqrt())
