"""Ancestral samplers: each step goes further down than asked and adds fresh noise back up."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from torch import Tensor

from playground.diffusion.levels import Level, rotate
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import (
    Denoise,
    Noise,
    Steps,
    ancestral,
    between,
    given,
    ratio,
    register,
    split,
)


def _eta() -> Any:
    return knob(1.0, 0.0, 1.0, step=0.05, help="Fresh noise: 0 none, 1 as much as DDPM.")


@register(
    "euler_ancestral",
    title="Euler ancestral",
    source="k-diffusion; Song et al. 2020 (DDIM), Eq. 16",
    calls=1,
)
def euler_ancestral(
    denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise, *, eta: float = _eta()
) -> Steps:
    """An Euler step below the next level, and noise back up to it: DDIM with eta, DDPM at 1.

    Formula: Euler to sigma_down, then + sigma_up z, sigma_down^2 + sigma_up^2 = sigma'^2.
    For: variety at 20 to 50 steps; pictures that change with each seed.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = ancestral(x, x0, now, then, noise, eta)
        yield x, x0


@register(
    "dpmpp_2s_ancestral",
    title="DPM-Solver++ (2S) ancestral",
    source="k-diffusion; Lu et al. 2022 (DPM-Solver++), Alg. 1",
    calls=2,
)
def dpmpp_2s_ancestral(
    denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise, *, eta: float = _eta()
) -> Steps:
    """Ancestral, going down by a midpoint step in log-SNR: two calls a step, second order.

    Formula: midpoint step to sigma_down, then + sigma_up z.
    For: variety with fewer steps than Euler ancestral, at two calls each.
    """
    for now, then in pairwise(levels):
        x0 = target = denoise(x, now)
        down, fresh = split(now, then, eta)
        if then.sigma > 0:
            # at eta = 1 the middle is `then`, also in the limit of alpha = 0, where down is clean
            middle = between(now, down, 0.5) if down.sigma > 0 else then
            target = denoise(rotate(x, x0, now, middle), middle)
        x = rotate(x, target, now, down)
        x = x + fresh * noise() if fresh else x
        yield x, x0


@register("dpmpp_sde", title="DPM-Solver++ (SDE)", source="k-diffusion, sample_dpmpp_sde", calls=2)
def dpmpp_sde(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    eta: float = _eta(),
    r: float = knob(0.5, 0.1, 1.0, step=0.05, help="Where in the step it looks a second time."),
) -> Steps:
    """Two ancestral steps from the same x, the first one only to look: two calls a step.

    Both add increments of one Brownian path in sigma / alpha, so that the second noise is the
    first one's continuation: over the step's whole length, of which the look covers a part.

    Formula: x' = midpoint step of the SDE in log(alpha / sigma), both noises of one Brownian path.
    For: quality at 10 to 25 steps where chance may mend errors.
    """
    for now, then in pairwise(levels):
        x0 = target = denoise(x, now)
        second = noise
        if then.sigma > 0:
            middle = between(now, then, r)
            first = noise() if eta else x  # at eta = 0 nobody asks for it
            look = denoise(ancestral(x, x0, now, middle, given(first), eta), middle)
            target = x0 + (look - x0) / (2 * r)
            second = _continued(first, noise, now, middle, then)
        x = ancestral(x, target, now, then, second, eta)
        yield x, x0


def _continued(first: Tensor, noise: Noise, now: Level, middle: Level, then: Level) -> Noise:
    """Return standard noise from now to then, whose part from now to middle is `first`."""
    length = ratio(now) - ratio(then)
    part = (ratio(now) - ratio(middle)) / length if 0 < length < math.inf else 1.0
    part = min(1.0, max(0.0, part))
    return lambda: math.sqrt(part) * first + math.sqrt(1 - part) * noise()
