"""Clouds of points in the plane, by name: a registry of functions that draw them.

Every entry takes a count and a generator and gives points (count,2) float64 in coordinates of its
own, with labels (count,) or None; `draw` standardises them.
"""

from collections.abc import Callable
from functools import lru_cache

import torch
from torch import Tensor

from playground.diffusion.registry import Registry
from playground.diffusion.sample import generators
from playground.spaces import latent
from playground.spaces.points import Frame

Cloud = Callable[[int, torch.Generator], tuple[Tensor, Tensor | None]]
REFERENCE = 20_000  # points that tell a cloud's centre and scale
NAMES = {"digits": "0123456789"}  # of classes that are no mere A, B, C
LATENTS = {"digits": latent.digits}  # clouds whose points stand for pictures, and their decoders

_registry: Registry[Cloud] = Registry("cloud")
register = _registry.register
names = _registry.names
entry = _registry.entry


def draw(name: str, count: int, seed: int) -> tuple[Tensor, Tensor | None]:
    """Draw standard points (count,2) float32 of this cloud, and their labels (count,) or None.

    The same seed gives the same points; InputError for an unknown name or a seed that is none.
    """
    points, labels = entry(name).function(count, generators(seed)[0])
    return frame(name).encode(points), labels


def held_out(name: str, count: int, seed: int) -> tuple[Tensor, Tensor | None]:
    """Draw as `draw`, but points of the cloud that are not among those of this seed.

    Their seed is drawn from the given one: only the last 32 bits of a seed count, so that none
    that is merely larger is sure to be another.
    """
    other = torch.randint(2**32, (), generator=generators(seed)[0])
    return draw(name, count, int(other))


@lru_cache(maxsize=64)
def frame(name: str) -> Frame:
    """Return how this cloud's own coordinates become standard ones; the same for every draw."""
    return Frame.of(entry(name).function(REFERENCE, generators(0)[0])[0])


@lru_cache(maxsize=64)
def class_names(name: str) -> tuple[str, ...]:
    """Return the names of its classes; none where all points are of one kind."""
    labels = entry(name).function(1000, generators(0)[0])[1]
    count = 0 if labels is None else int(labels.max()) + 1
    return tuple(NAMES.get(name, "ABCDEFGHI")[:count])


def uniform(count: int, g: torch.Generator) -> Tensor:
    """Draw numbers (count,) from 0 to 1."""
    return torch.rand(count, generator=g, dtype=torch.float64)


def normal(count: int, g: torch.Generator) -> Tensor:
    """Draw normal points (count,2)."""
    return torch.randn(count, 2, generator=g, dtype=torch.float64)


def which(count: int, kinds: int, g: torch.Generator) -> Tensor:
    """Draw whole numbers (count,) below kinds."""
    return torch.randint(kinds, (count,), generator=g)


def circle(angle: Tensor) -> Tensor:
    """Return points (N,2) of the unit circle at these angles (N,)."""
    return torch.stack([angle.cos(), angle.sin()], 1)


def outline(corners: Tensor, count: int, g: torch.Generator) -> Tensor:
    """Return points (count,2) spread evenly along the line through these corners (K,2)."""
    sides = corners.diff(dim=0)
    length = sides.norm(dim=1)
    side = torch.multinomial(length, count, replacement=True, generator=g)
    return corners[side] + uniform(count, g)[:, None] * sides[side]
