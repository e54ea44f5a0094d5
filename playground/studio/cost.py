"""How often a sampler asks the network on a grid of levels, found by letting it walk there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from playground.diffusion.samplers import Sampler
from playground.diffusion.samplers.base import At
from playground.diffusion.schedules import Schedule

MEAN, STD = 0.4, 0.5  # of the one Gaussian pixel that stands for a picture


@dataclass(frozen=True)
class Cost:
    """What a walk asks for: guesses of x0, and whether fresh noise."""

    guesses: int
    stochastic: bool


class _Walk:
    """Equal where a sampler walks alike, so that a walk is made once."""

    def __init__(self, sampler: Sampler, schedule: Schedule, steps: int) -> None:
        self.sampler, self.schedule, self.steps = sampler, schedule, steps
        self.key = (repr(sampler), repr(schedule), steps)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Walk) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def cost(sampler: Sampler, schedule: Schedule, steps: int) -> Cost:
    """Return the cost of so many steps, by walking them on one pixel of Gaussian data.

    Exact for every sampler whose steps do not depend on what the network says.
    """
    return _cost(_Walk(sampler, schedule, steps))


@lru_cache(maxsize=4096)
def _cost(walk: _Walk) -> Cost:
    guesses = draws = 0
    made = torch.Generator().manual_seed(0)

    def draw() -> Tensor:
        return torch.randn(1, 1, generator=made, dtype=torch.float64)

    def denoise(x: Tensor, level: At) -> Tensor:  # the exact guess for N(MEAN, STD^2)
        nonlocal guesses
        guesses += 1
        a, s = (torch.as_tensor(c, dtype=torch.float64).reshape(-1, 1) for c in level)
        return MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (x - a * MEAN)

    def noise() -> Tensor:
        nonlocal draws
        draws += 1
        return draw()

    levels = walk.schedule.grid(walk.steps)
    steps: Iterator[object] = walk.sampler(denoise, levels[0].radius * draw(), levels, noise)
    for _ in steps:
        pass
    return Cost(guesses, draws > 0)


def steps_for(sampler: Sampler, schedule: Schedule, guesses: int) -> int:
    """Return the steps that use up so many guesses as nearly as can be without more; at least 1."""
    if cost(sampler, schedule, guesses).guesses <= guesses:
        return guesses  # one guess a step, as with most samplers
    low, high = 1, max(2, guesses)  # low fits or is 1; high does not fit
    while high - low > 1:
        middle = (low + high) // 2
        if cost(sampler, schedule, middle).guesses <= guesses:
            low = middle
        else:
            high = middle
    return low
