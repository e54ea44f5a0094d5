"""A widely read introduction's own formulas, run as they stand, to be held against the field's.

It has x_t = x_(t-1) + z_t, with nothing scaled; code that adds the same noise again and again; and
an "inverse" that multiplies by 1 - sigma. None of them knows a denoiser.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from playground.diffusion.denoisers import ideal_denoiser
from playground.diffusion.levels import mix
from playground.diffusion.sample import generators, sample, standard_noise
from playground.diffusion.schedules import Schedule
from playground.errors import InputError
from playground.spaces.images import to_bytes

SIGMA_MIN, SIGMA_MAX = 0.1, 0.3  # the article's
STEPS = 20  # of the field's reverse process


def walk(x0: Tensor, steps: int, sigma: float, generator: torch.Generator) -> Tensor:
    """Walk x_t = x_(t-1) + z_t, z_t ~ N(0, sigma^2 I), so often: alpha stays 1, sigma grows."""
    x = x0
    for _ in range(steps):
        x = x + sigma * torch.randn(x0.shape, generator=generator)
    return x


def code_forward(x: Tensor, z: Tensor, times: int) -> Tensor:
    """Do as its code does: z, drawn once, makes x + sigma_max z, and x gains a share of that."""
    share = SIGMA_MIN / math.hypot(SIGMA_MIN, SIGMA_MAX)
    for _ in range(times):
        z = x + SIGMA_MAX * z
        x = x + share * z
    return x


def code_inverse(x: Tensor, times: int) -> Tensor:
    """Undo as its code does: x loses the same share of itself, then sigma_max of what is left."""
    share = SIGMA_MIN / math.hypot(SIGMA_MIN, SIGMA_MAX)
    for _ in range(times):
        x = x - share * x
        x = x - SIGMA_MAX * x
    return x


def small(x: Tensor) -> Tensor:
    """Return (..., H, W) at a quarter of its pixels: means of 2 x 2."""
    return F.avg_pool2d(x, 2)


def small_noise(seed: int, shape: tuple[int, ...]) -> Tensor:
    """Return every second row and column of this seed's noise of `shape` (C,H,W): white again."""
    return standard_noise(generators([seed]), shape)[0, :, ::2, ::2]


def reverse(x0: Tensor, known: Tensor, schedule: Schedule, t: float, seed: int) -> Tensor:
    """Go the field's way back from x_t: DDIM with the ideal denoiser of the pictures `known`.

    x0 (3,H,W) and known (N,3,H,W) in [-1, 1], at their full size; the result has half of it.
    InputError for t = 0, where there is nothing to take back.
    """
    level = schedule.level(t)
    if level.sigma == 0:
        raise InputError("At t = 0 there is no noise to take back; choose a larger t.")
    x = mix(small(x0), small_noise(seed, tuple(x0.shape)), *level)
    *_, last = sample(
        ideal_denoiser(small(known)), schedule, "ddim", x=x[None], grid=schedule.grid(STEPS, t)
    )
    return last.x[0]


def error(x: Tensor, x0: Tensor) -> float:
    """Return the root mean square difference of two pictures as they are shown, in 255ths."""
    return float((to_bytes(x).double() - to_bytes(x0).double()).square().mean().sqrt())
