"""Sampling between two seeds: noise that turns from one seed's into the next one's."""

import math
from collections.abc import Iterator

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guidance import Guidance, as_guidance
from playground.diffusion.sample import as_sampler, as_schedule, generators, standard_noise
from playground.diffusion.samplers import Sampler
from playground.diffusion.samplers.base import At
from playground.diffusion.schedules import Schedule
from playground.errors import InputError


class Between:
    """Standard noise of `count` samples, of the seeds floor(seed) + i on the way to the next ones.

    The noises of two seeds are independent, at right angles but for chance, so turning from a to b
    by cos(f pi/2) a + sin(f pi/2) b is spherical interpolation (Shoemake 1985) and is standard
    noise for every share f in [0, 1). Each call draws anew, as `noise()` of a sampler does.
    """

    def __init__(self, seed: float, count: int) -> None:
        if not (math.isfinite(seed) and seed >= 0):
            raise InputError("A seed must be a number of 0 or more; you gave {seed}.", seed=seed)
        low = math.floor(seed)
        self.turn = (seed - low) * math.pi / 2
        self.here = generators(range(low, low + count))
        self.there = generators(range(low + 1, low + 1 + count)) if self.turn else []

    def __call__(self, shape: tuple[int, ...]) -> Tensor:
        """Return the next noise, (count,*shape)."""
        here = standard_noise(self.here, shape)
        if not self.there:
            return here
        return math.cos(self.turn) * here + math.sin(self.turn) * standard_noise(self.there, shape)


def sample_between(
    denoiser: Denoiser,
    schedule: str | Schedule,
    sampler: str | Sampler,
    *,
    steps: int,
    seed: float,
    count: int = 1,
    cond: Tensor | None = None,
    guidance: float | Guidance = 1.0,
) -> Iterator[Tensor]:
    """Yield the samples (count,*S) after each step.

    At a whole seed they are those of `sample` with its seeds.

    cond (count,) int64 or None. A small change of seed is a small change of all noise, that of
    samplers which add some included. InputError for what cannot be.
    """
    source = Between(seed, count)
    levels = as_schedule(schedule).grid(steps)
    guided = as_guidance(guidance)
    if cond is not None or not guided.needs_class:
        denoiser = guided(denoiser)

    @torch.no_grad()  # on the call: around a yield it would turn gradients off in the consumer too
    def denoise(x: Tensor, level: At) -> Tensor:
        alpha, sigma = (torch.as_tensor(c, dtype=x.dtype).expand(len(x)) for c in level)
        return denoiser(x, alpha, sigma, cond).to(x.dtype)

    def fresh() -> Tensor:
        return source(denoiser.shape)

    x = levels[0].radius * fresh()
    for now, _ in as_sampler(sampler)(denoise, x, levels, fresh):
        yield now
