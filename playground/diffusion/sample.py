"""The forward process in closed form, and the one loop that every picture comes from."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Denoiser, calls
from playground.diffusion.guidance import Guidance, as_guidance
from playground.diffusion.levels import Level, mix
from playground.diffusion.samplers import Sampler
from playground.diffusion.samplers.base import At
from playground.diffusion.schedules import Schedule
from playground.errors import InputError

# What the page, the command line and the trainer sample with unless told otherwise. A network of
# few updates errs most where little noise is left, and these levels fall slowly there.
SCHEDULE, SAMPLER = "edm", "dpmpp_2m"


@dataclass(frozen=True)
class Frame:
    """One moment of sampling: frame 0 is the start, frame `total` the result."""

    index: int
    total: int
    level: Level
    x: Tensor  # (B,*S) now
    x0: Tensor | None  # (B,*S) the guess that led here; None in frame 0
    nfe: int  # network calls so far
    asked: Tensor  # (calls,B,2) alpha and sigma at which the denoiser was asked in this step

    @property
    def shown(self) -> Tensor:
        """X as a screen can show it: shrunk to the spread of standard noise where it is wider."""
        return self.x / self.level.radius if self.level.radius > 1.000001 else self.x


def generators(seeds: int | Sequence[int]) -> list[torch.Generator]:
    """Return a generator for each sample, which so depends on its own seed only; one for a number.

    InputError for a seed that is not a whole number from 0 to 2^63 - 1.
    """
    made = []
    for seed in seeds if isinstance(seeds, Iterable) else [seeds]:
        try:
            fits = int(seed) == seed and 0 <= int(seed) < 2**63
        except (TypeError, ValueError, OverflowError):  # no number, nan, inf
            fits = False
        if not fits:
            raise InputError(
                "A seed must be a whole number of 0 or more; you gave {seed}.", seed=seed
            )
        made.append(torch.Generator().manual_seed(int(seed)))
    return made


def standard_noise(made: Sequence[torch.Generator], shape: tuple[int, ...]) -> Tensor:
    """Return standard normal noise (B,*shape), float32, sample i drawn from generator i."""
    return torch.stack([torch.randn(shape, generator=g) for g in made])


def as_schedule(schedule: str | Schedule) -> Schedule:
    """Return a schedule by name, or the object itself."""
    return schedules.get(schedule) if isinstance(schedule, str) else schedule


def as_sampler(sampler: str | Sampler) -> Sampler:
    """Return a sampler by name, or the object itself."""
    return samplers.get(sampler) if isinstance(sampler, str) else sampler


def noise(x0: Tensor, schedule: str | Schedule, t: float, seed: int | Sequence[int] = 0) -> Tensor:
    """Return alpha(t) x0 + sigma(t) eps: the forward process q(x_t | x0) (Ho et al. 2020, Eq. 4).

    x0: (*S) or (B,*S). One seed: one draw of noise; all pictures (C,H,W) of a batch share it, so
    that they can be compared. A sequence of seeds: one a sample. t in [0, 1].
    """
    alpha, sigma = as_schedule(schedule)(t)
    if not isinstance(seed, Iterable):
        shape = x0.shape[-3:] if x0.ndim > 3 else x0.shape
        eps = torch.randn(shape, generator=generators([seed])[0])
    else:
        if len(seed) != len(x0):
            raise InputError(
                "{count} samples need {count} seeds; you gave {count2}.",
                count=len(x0),
                count2=len(seed),
            )
        eps = standard_noise(generators(seed), tuple(x0.shape[1:]))
    return mix(x0, eps.to(x0), float(alpha), float(sigma))


def sample(
    denoiser: Denoiser,
    schedule: str | Schedule,
    sampler: str | Sampler = "ddim",
    *,
    steps: int = 20,
    seeds: Sequence[int] = (0,),
    cond: Any = None,
    guidance: float | Guidance = 1.0,
    x: Tensor | None = None,
    grid: Sequence[Level] | None = None,
) -> Iterator[Frame]:
    """Yield steps + 1 frames from noise to picture; frame 0 is the start.

    seeds: one a sample. cond: a class for all, one a sample (B,), or None. guidance: scale of
    classifier-free guidance, 1 is plain conditioning, or a Guidance (`guidance.get`). grid:
    explicit levels (noisiest first) in place of schedule.grid(steps). x: the noisy (B,*S) at
    grid[0]; by default noise from the seeds.
    The seed's first draw is always the start's, so that the noise that a sampler adds later is new
    even where x was made by `noise` with the same seed.
    Raises InputError for steps, seeds, levels or classes that cannot be used, before any work.
    """
    schedule, sampler = as_schedule(schedule), as_sampler(sampler)
    path = schedule.grid(steps) if grid is None else grid
    levels = tuple(Level(*map(float, level)) for level in path)
    falls = all(math.pi / 2 >= a.angle >= b.angle >= 0 for a, b in pairwise(levels))  # nan: False
    if len(levels) < 2 or not falls:
        raise InputError("grid must hold two or more levels, the noisiest first.")
    made = generators(seeds)
    if not made or (x is not None and len(x) != len(made)):
        raise InputError("Give one seed for every sample.")
    start = standard_noise(made, denoiser.shape)
    x = levels[0].radius * start if x is None else x.detach()
    try:
        cond = None if cond is None else torch.as_tensor(cond, dtype=torch.int64).expand(len(made))
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError("cond must be one class number, or one for every sample.") from error
    guided = as_guidance(guidance)
    if cond is not None or not guided.needs_class:
        denoiser = guided(denoiser)
    return _frames(denoiser, sampler, levels, x, made, cond)


def _frames(
    denoiser: Denoiser,
    sampler: Sampler,
    levels: tuple[Level, ...],
    x: Tensor,
    made: list[torch.Generator],
    cond: Tensor | None,
) -> Iterator[Frame]:
    nfe = 0
    none = torch.empty(0, len(x), 2, dtype=torch.float64)
    asked: list[Tensor] = []
    dtype, device = x.dtype, x.device
    cond = cond if cond is None else cond.to(device)

    @torch.no_grad()  # on the call: around a yield it would turn gradients off in the consumer too
    def denoise(x: Tensor, level: At) -> Tensor:
        nonlocal nfe
        each = [torch.as_tensor(c, dtype=torch.float64).expand(len(x)) for c in level]
        asked.append(torch.stack(each, 1))
        alpha, sigma = (c.to(device, dtype) for c in each)
        nfe += calls(denoiser, alpha, sigma)
        return denoiser(x, alpha, sigma, cond).to(dtype)

    def fresh() -> Tensor:
        return standard_noise(made, tuple(x.shape[1:])).to(device, dtype)

    total = len(levels) - 1
    yield Frame(0, total, levels[0], x, None, nfe, none)
    for index, (now, x0) in enumerate(sampler(denoise, x, levels, fresh), start=1):
        yield Frame(
            index, total, levels[index], now, x0, nfe, torch.stack(asked) if asked else none
        )
        asked.clear()
