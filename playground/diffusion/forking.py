"""Steering in mid-flight: what it takes to stop at a level, change something and go on.

Levels make it exact. The network sees x / r and the angle, so two schedules at the same angle
differ in the radius r only: another one takes over where its own angle is the same, x rescaled.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from playground.diffusion.levels import CLEAN, Level, mix
from playground.diffusion.sample import generators, standard_noise
from playground.diffusion.samplers.base import Denoise, Noise, Sampler, Steps
from playground.diffusion.schedules import Schedule, check_steps
from playground.errors import InputError

HALVINGS = 60  # of [0, 1]: more than a float64 can tell apart


def t_at(schedule: Schedule, angle: float) -> float:
    """Return the t in [0, 1] at which this schedule has this angle, by bisection.

    angle: 0 clean to pi/2 noise.

    The angle rises with t on every schedule. Outside its range the nearer end is returned: 0 below
    the smallest noise of ve and edm, 1 above their largest.
    """
    if not 0 <= angle <= math.pi / 2:
        raise InputError(
            "An angle is from 0 (clean) to pi/2 (noise); you gave {angle}.", angle=angle
        )
    if schedule.level(1.0).angle <= angle:
        return 1.0
    low, high = 0.0, 1.0  # angle(low) <= angle < angle(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if schedule.level(middle).angle <= angle:
            low = middle
        else:
            high = middle
    return low


def retarget(x: Tensor, now: Level, then: Level) -> Tensor:
    """Return another schedule's x (B,*S) of the same angle: x / r, all that a network sees, stays.

    InputError where the angles differ, since then noise would have to be added or taken away.
    """
    if abs(now.angle - then.angle) > 1e-6:
        raise InputError("Two levels can be exchanged only where their angles are the same.")
    return x * (then.radius / now.radius)


def grid_from(schedule: Schedule, level: Level, steps: int) -> tuple[Level, ...]:
    """Return steps + 1 levels of this schedule from the angle of `level` down to Level(1, 0).

    The first has exactly that angle, with the schedule's radius there, even above the schedule's
    largest noise. Below its smallest noise one step is left. InputError where `level` is clean.
    """
    steps = check_steps(steps)
    if level.sigma == 0:
        raise InputError("This picture is clean: there is no step to go; choose an earlier one.")
    t = t_at(schedule, level.angle)
    own = schedule.grid(steps, start=t) if t > 0 else (CLEAN, CLEAN)
    scale = own[0].radius / level.radius
    first = Level(scale * level.alpha, scale * level.sigma)
    rest = tuple(min(one, first, key=lambda at: at.angle) for one in own[1:])  # rounding at repeats
    return first, *rest


def painted(x: Tensor, colours: Tensor, where: Tensor, level: Level, seed: int) -> Tensor:
    """Return x (B,*S), with alpha * colours + sigma * noise of the seed where `where` is true.

    colours (*S) in [-1, 1], where (*S) bool. Clean colour would be too clean for its level: the
    network would take it for something that noise cannot have made.
    """
    own = (int(seed) * 6364136223846793005 + 1442695040888963407) % 2**63  # no run has used it
    eps = standard_noise(generators([own]), tuple(x.shape[1:])).to(x)
    return torch.where(where, mix(colours.to(x)[None], eps, level.alpha, level.sigma), x)


class Counted(Sampler):
    """A sampler that counts the draws of noise it makes, and first passes over `used` of them.

    With it, a stochastic run that is taken up at a step goes on with the noise it would have had.
    """

    def __init__(self, sampler: Sampler, used: int = 0) -> None:
        self.name, self.knobs = sampler.name, sampler.knobs
        self.inner, self.used = sampler, used

    def __call__(self, denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
        """Walk as the sampler inside; `used` counts the draws so far, those passed over too."""
        for _ in range(self.used):
            noise()

        def counted() -> Tensor:
            self.used += 1
            return noise()

        yield from self.inner(denoise, x, levels, counted)
