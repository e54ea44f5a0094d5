"""Numbers for the page: arrays as base64, so that thousands of points are one short message."""

import base64
from functools import lru_cache

import torch
from torch import Tensor

from playground.diffusion import fields
from playground.diffusion.denoisers import Denoiser, ideal_denoiser
from playground.diffusion.levels import Level
from playground.diffusion.sample import generators
from playground.diffusion.schedules import Schedule
from playground.training.data.clouds import CloudSet
from playground.ui.tabs.plane.messages import FieldMessage

SHOWN = 5000  # points that dissolve
# Grids go from -REACH to REACH in u = x / r. The page shows x from -3 to 3, and where a path is
# straight r falls to 1 / sqrt(2).
REACH = 4.25
CELLS, TURNS = 108, 25  # of the density: cells a side, levels
ARROWS, ANGLES = 30, 13  # of guesses: cells a side, levels
EXACT = 4000  # data of the exact denoiser
CURVE = 200  # levels of a schedule
LITTLE = 0.03  # sigma of the cleanest level of guesses


def floats(x: Tensor) -> str:
    """Write any tensor as base64 of half precision numbers, in order."""
    return base64.b64encode(x.detach().half().contiguous().numpy().tobytes()).decode()


def singles(x: Tensor) -> str:
    """Write any tensor as base64 of single precision numbers, in order."""
    return base64.b64encode(x.detach().float().contiguous().numpy().tobytes()).decode()


def octets(x: Tensor) -> str:
    """Write any tensor as base64 of whole numbers from 0 to 255, in order."""
    return base64.b64encode(x.to(torch.uint8).contiguous().numpy().tobytes()).decode()


def levels(schedule: Schedule) -> str:
    """Return the schedule's alpha, then its sigma, at even t from 0 to 1."""
    t = torch.arange(CURVE + 1, dtype=torch.float64) / CURVE
    return singles(torch.stack(schedule(t)))


def density(cloud: CloudSet) -> str:
    """Return the exact density at TURNS angles, (TURNS,CELLS,CELLS), each up to its maximum."""
    grids = [fields.density(cloud.some.x, at, CELLS, REACH) for at in fields.turn(TURNS)]
    return octets(torch.stack([255 * shade(p) for p in grids]))


def shade(density: Tensor) -> Tensor:
    """Return how dark to draw a density (any shape), 0 to 1: by its root, so that tails count."""
    return (density / density.max()).sqrt()


def noise(count: int, seed: int) -> Tensor:
    """Return the noise (count,2) that dissolves a cloud."""
    return torch.randn(count, 2, generator=generators(seed)[0])


def field(denoiser: Denoiser, cloud: CloudSet | None = None) -> FieldMessage:
    """Return a denoiser's guesses on a grid, at levels from clean to noise.

    cloud: with the root mean squared error at each level, against the exact denoiser of it.
    """
    guesses, errors = _guesses(denoiser), None
    if cloud is not None:
        right, weights = exact_field(cloud)
        parts = zip(guesses, right, weights, strict=True)
        errors = [fields.error(*part) for part in parts]
    return FieldMessage(floats(guesses), ARROWS, ANGLES, REACH, errors)


@lru_cache(maxsize=4)
def exact_field(cloud: CloudSet) -> tuple[Tensor, Tensor]:
    """Return the exact denoiser's guesses (ANGLES,cells,cells,2), and how likely each cell is."""
    weights = [fields.density(cloud.some.x, at, ARROWS, REACH) for at in _noisy_turn()]
    return _guesses(exact_of(cloud)), torch.stack(weights)


def exact_of(cloud: CloudSet) -> Denoiser:
    """Return the ideal denoiser of the cloud's points, of EXACT of them at most."""
    labels = cloud.data.labels
    return ideal_denoiser(cloud.data.x[:EXACT], None if labels is None else labels[:EXACT])


def _guesses(denoiser: Denoiser) -> Tensor:
    return torch.stack([fields.guesses(denoiser, at, ARROWS, REACH) for at in _noisy_turn()])


def _noisy_turn() -> tuple[Level, ...]:
    """Return `fields.turn` with a little noise in the first: a guess of what is clean is itself."""
    _, *rest = fields.turn(ANGLES)
    return (Level((1 - LITTLE**2) ** 0.5, LITTLE), *rest)
