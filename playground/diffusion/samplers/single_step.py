"""Samplers that look at the current sample only: one or two calls a step, no memory."""

import math
from collections.abc import Sequence
from itertools import pairwise

from torch import Tensor

from playground.diffusion.levels import Level, eps_from_x0, rotate, v_from_x0
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import (
    Denoise,
    Noise,
    Steps,
    ancestral,
    between,
    ratio,
    register,
)


@register(
    "ddim",
    title="DDIM (Euler)",
    source="Song et al. 2020 (DDIM), Eq. 12 and 16",
    order=1,
    calls=1,
)
def ddim(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    eta: float = knob(0.0, 0.0, 1.0, step=0.05, help="Fresh noise: 0 none, 1 as much as DDPM."),
) -> Steps:
    """Turn towards the guess: first order, deterministic at eta = 0; the same as Euler.

    Formula: x' = alpha' x0 + sigma' eps with eps = (x - alpha x0) / sigma.
    For: the plain baseline; the same noise always gives the same picture.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = ancestral(x, x0, now, then, noise, eta)
        yield x, x0


@register("ddpm", title="DDPM (ancestral)", source="Ho et al. 2020, Eq. 6 and 7, Alg. 2", calls=1)
def ddpm(denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
    """Draw from the posterior q(x_s | x_t, x0): fresh noise at every step, needs many of them.

    Formula: x' = m + s z, s^2 = sigma'^2 (1 - (alpha sigma' / (alpha' sigma))^2), m the mean of
    q(x' | x, x0).
    For: a hundred steps and more; a new picture from the same start.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = ancestral(x, x0, now, then, noise, eta=1.0)
        yield x, x0


def heun_step(
    denoise: Denoise, x: Tensor, x0: Tensor, now: Level, then: Level, variable: str
) -> Tensor:
    """Make one step of `heun` from x at now, whose guess is x0; to sigma = 0 it is that guess."""
    guess = rotate(x, x0, now, then)
    if then.sigma == 0:
        return guess
    x0_there = denoise(guess, then)
    if variable == "sigma" and now.alpha > 0:
        slope = eps_from_x0(x, x0, *now) + eps_from_x0(guess, x0_there, *then)
        shorter = now.sigma / now.alpha - then.sigma / then.alpha
        return then.alpha * (x / now.alpha - shorter * slope / 2)
    slope = v_from_x0(x, x0, *now) + v_from_x0(guess, x0_there, *then)
    return then.radius * (x / now.radius + (then.angle - now.angle) * slope / 2)


@register("heun", title="Heun (2nd order)", source="Karras et al. 2022, Alg. 1", order=2, calls=2)
def heun(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    variable: str = knob(
        "angle", choices=("angle", "sigma"), help="What is integrated: phi, or sigma / alpha (EDM)."
    ),
) -> Steps:
    """Step, look again, and go by the mean of both slopes: two calls a step, second order.

    By default the trapezium rule on du/dphi = v, which is regular from alpha = 0 on. With
    variable = "sigma" it is the textbook rule in sigma / alpha, used only where alpha > 0.

    Formula: u' = u + d (v(u) + v(u + d v(u))) / 2 with u = x / r and d the turn of phi.
    For: exact trajectories at moderate cost; seeing what second order means.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = heun_step(denoise, x, x0, now, then, variable)
        yield x, x0


@register(
    "dpm_2",
    title="DPM2 (midpoint)",
    source="Lu et al. 2022 (DPM-Solver), Alg. 1, on Karras et al. 2022, Eq. 1",
    order=2,
    calls=2,
)
def dpm_2(denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
    """Look again half-way in log-SNR, and go by that slope: two calls a step, second order.

    The slope is d(x / alpha) / d(sigma / alpha) = eps. From alpha = 0, where log-SNR has no middle,
    the midpoint rule on du/dphi = v. A step over decades of the ratio, as is the first of cosine,
    overshoots: this sampler is for paths that begin at some signal.

    Formula: y' = y + (rho' - rho) eps(y half-way) with y = x / alpha, rho = sigma / alpha.
    For: beside Heun: the other rule of second order at the same cost.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        if then.sigma == 0:
            x = then.alpha * x0
        else:
            middle = between(now, then, 0.5)
            half = rotate(x, x0, now, middle)
            x0_there = denoise(half, middle)
            if now.alpha == 0:
                slope = v_from_x0(half, x0_there, *middle)
                x = then.radius * (x / now.radius + (then.angle - now.angle) * slope)
            else:
                # alpha' (sigma' / alpha' - sigma / alpha) times how eps differs there, without the
                # differences of large numbers that this would take near alpha = 0
                longer = math.sqrt(ratio(now) / ratio(then))
                x = rotate(x, x0, now, then) + then.alpha * (longer - 1 / longer) * (x0_there - x0)
        yield x, x0
