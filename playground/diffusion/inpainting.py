"""Filling in: the known part of a picture is kept, the rest is drawn to fit it."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, calls
from playground.diffusion.levels import Level
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, as_sampler, as_schedule, sample
from playground.diffusion.samplers.base import Denoise, Noise, Sampler, Steps
from playground.diffusion.schedules import Schedule
from playground.errors import InputError

ROUNDS = Knob(3, 1, 20, 1, "How often each stretch is walked (RePaint); 1: once.")
STRETCH = Knob(1, 1, 20, 1, "Steps that are walked before going back.")


class Inpainted:
    """The guess of a denoiser with the known part replaced by the picture itself.

    picture (*S) in [-1, 1], known (*S) bool. Every sampler ends at its last guess, so the known
    part is exact at the end; on the way a step towards a guess that is right leaves the known part
    of x at alpha * picture + sigma * eps, which is the replacement method of Song et al. 2021,
    Appendix I.2, without a line of it in any sampler.
    """

    def __init__(self, denoiser: Denoiser, picture: Tensor, known: Tensor) -> None:
        if tuple(picture.shape) != denoiser.shape or known.shape != picture.shape:
            raise InputError("The picture and its mask must have the model's size.")
        self.inner, self.picture, self.known = denoiser, picture, known.bool()
        self.shape = denoiser.shape
        self.nfe = calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        x0 = self.inner(x, alpha, sigma, cond)
        return torch.where(self.known.to(x.device), self.picture.to(x0), x0)


def renoise(x: Tensor, now: Level, then: Level, noise: Noise) -> Tensor:
    """Noise x at level `now` on to the noisier `then`: q(x_then | x_now) (RePaint, Eq. 1)."""
    if now.alpha == 0:  # nothing but noise already
        return x * (then.radius / now.radius)
    keep = then.alpha / now.alpha
    fresh = max(0.0, then.sigma**2 - (keep * now.sigma) ** 2) ** 0.5
    return keep * x + fresh * noise()


class Resampled(Sampler):
    """A sampler that goes back: each stretch of steps is walked `rounds` times, re-noised between.

    Lugmayr et al. 2022 (RePaint), Alg. 1: what is filled in gets more chances to agree with what is
    known. Only the last walk of a stretch is yielded; the calls of all of them count.
    """

    def __init__(self, sampler: Sampler, rounds: int = 1, stretch: int = 1) -> None:
        self.inner = sampler
        self.rounds, self.stretch = ROUNDS.check("rounds", rounds), STRETCH.check("jump", stretch)
        self.name = sampler.name
        self.knobs = sampler.knobs | {"rounds": self.rounds, "stretch": self.stretch}

    def __call__(self, denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
        """Yield (x, x0) for each step along `levels`."""
        if self.rounds == 1:
            yield from self.inner(denoise, x, levels, noise)
            return
        last = len(levels) - 1
        for start in range(0, last, self.stretch):
            part = levels[start : min(start + self.stretch, last) + 1]
            for again in range(self.rounds):
                is_last = again == self.rounds - 1
                after = x
                for after, x0 in self.inner(denoise, x, part, noise):
                    if is_last:
                        yield after, x0
                x = after if is_last else renoise(after, part[-1], part[0], noise)


def inpaint(
    denoiser: Denoiser,
    picture: Tensor,
    known: Tensor,
    schedule: str | Schedule,
    sampler: str | Sampler = "ddim",
    *,
    rounds: int = 1,
    stretch: int = 1,
    **settings: Any,
) -> Iterator[Frame]:
    """Yield the frames of drawing what is not known: a picture a seed, exact at last where known.

    picture (*S) in [-1, 1]; known (*S) bool, not all of it true. settings: as of `sample`.
    """
    if bool(known.all()):
        raise InputError("Nothing is masked; paint over the part that is to be drawn anew.")
    stepper = Resampled(as_sampler(sampler), rounds, stretch)
    return sample(Inpainted(denoiser, picture, known), as_schedule(schedule), stepper, **settings)
