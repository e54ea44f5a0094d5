"""Starting from something: a picture, another sample's noise, a mixture of classes."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, calls
from playground.diffusion.forking import grid_from
from playground.diffusion.levels import Level, mix, per_sample
from playground.diffusion.registry import Knob
from playground.diffusion.sample import (
    Frame,
    as_schedule,
    generators,
    sample,
    standard_noise,
)
from playground.diffusion.samplers import Sampler
from playground.diffusion.schedules import Schedule
from playground.errors import InputError

STRENGTH = Knob(0.5, 0.0, 1.0, 0.05, "0: the picture itself; 0.5: as much noise; 1: noise only.")


def image_to_image(
    denoiser: Denoiser,
    picture: Tensor,
    schedule: str | Schedule,
    sampler: str | Sampler = "ddim",
    *,
    strength: float = 0.5,
    steps: int = 20,
    seeds: Sequence[int] = (0,),
    **settings: Any,
) -> Iterator[Frame]:
    """Noise the picture (*S) up to a level and sample from there: SDEdit (Meng et al. 2022).

    strength: the level's angle as a share of pi/2, so that it means the same on every schedule.
    One picture a seed; settings: as of `sample`. At strength 0 there is nothing to do: InputError.
    """
    strength = STRENGTH.check("strength", strength)
    if strength == 0:
        raise InputError("At strength 0 the picture stays as it is; choose more.")
    phi = strength * math.pi / 2
    level = Level(0.0 if strength == 1 else math.cos(phi), math.sin(phi))
    levels = grid_from(as_schedule(schedule), level, steps)
    eps = standard_noise(generators(seeds), tuple(picture.shape))
    x = mix(picture.expand_as(eps), eps, *levels[0])
    return sample(denoiser, schedule, sampler, seeds=seeds, x=x, grid=levels, **settings)


def slerp(first: Tensor, second: Tensor, share: Tensor | float) -> Tensor:
    """Go from `first` (B,*S) at share 0 to `second` at share 1 on the arc between (Shoemake 1985).

    share: a number or (B,). Unlike a straight line it keeps the norm that noise has, which a
    network expects: halfway, a line's noise has a spread of 0.71 only. Both ends are exact.
    """
    share = per_sample(torch.as_tensor(share, dtype=first.dtype), first)
    a, b = first.flatten(1), second.flatten(1)
    cosine = (a * b).sum(1) / (a.norm(dim=1) * b.norm(dim=1)).clamp(min=1e-12)
    omega = per_sample(cosine.clamp(-1, 1).acos(), first)
    near = omega.sin().abs() < 1e-4  # along one line the arc is that line
    sine = torch.where(near, 1.0, omega.sin())
    left = torch.where(near, 1 - share, ((1 - share) * omega).sin() / sine)
    right = torch.where(near, share, (share * omega).sin() / sine)
    mixed = left * first + right * second
    return torch.where(share == 0, first, torch.where(share == 1, second, mixed))


def between_noises(
    first: int, second: int, shares: Sequence[float], shape: tuple[int, ...]
) -> Tensor:
    """Return the noise of two seeds and of the arc between them, (len(shares),*shape)."""
    a, b = (standard_noise(generators([seed]), shape) for seed in (first, second))
    count = len(shares)
    many = a.expand(count, *shape), b.expand(count, *shape)
    return slerp(*many, torch.tensor(shares, dtype=torch.float32))


class BetweenClasses:
    """A denoiser on the way from one class to another: shares (B,), 0 the first, 1 the second.

    Of a network that takes mixtures of classes (`mixes_classes`) the embedding is mixed, at one
    call; of another the two guesses are, at two. Asked without a class it stays without.
    """

    def __init__(self, denoiser: Denoiser, first: int, second: int, shares: Tensor) -> None:
        self.inner, self.first, self.second, self.shares = denoiser, first, second, shares
        self.shape = denoiser.shape
        self.by_embedding = bool(getattr(denoiser, "mixes_classes", False))
        self.nfe = (1 if self.by_embedding else 2) * calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        if cond is None:
            return self.inner(x, alpha, sigma, None)
        ones = torch.ones(len(x), dtype=torch.int64, device=x.device)
        shares = self.shares.to(x)
        if self.by_embedding:
            weights = torch.zeros(len(x), self.inner.classes + 1, device=x.device)  # type: ignore[attr-defined]
            weights[:, self.first] += 1 - shares
            weights[:, self.second] += shares
            return self.inner(x, alpha, sigma, weights)
        from_one = self.inner(x, alpha, sigma, self.first * ones)
        from_other = self.inner(x, alpha, sigma, self.second * ones)
        return torch.lerp(from_one, from_other, per_sample(shares, x))
