"""Multistep samplers that remember guesses of x0: a higher order at one call a step.

Each is the first-order step `rotate` and a correction from what is remembered, so that it runs
wherever that step does: from alpha = 0 nothing remembered counts, and sigma = 0 gets the guess.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from playground.diffusion.levels import Level, rotate
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, register
from playground.diffusion.samplers.history import History, lagrange


def half_log_snr(level: Level) -> float:
    """Return half of log-SNR, log(alpha / sigma): the axis on which guesses are extrapolated."""
    return level.log_snr / 2


def corrected(
    x: Tensor,
    x0: Tensor,
    now: Level,
    then: Level,
    values: Sequence[Tensor],
    weights: Sequence[float],
) -> Tensor:
    """Step with x0 held, and add what each value is other than values[0]."""
    x = rotate(x, x0, now, then)
    for weight, value in zip(weights[1:], values[1:], strict=True):
        x = torch.add(x, value - values[0], alpha=weight)
    return x


def predicted(x: Tensor, now: Level, then: Level, history: History) -> Tensor:
    """Step along the exponential integral of the remembered guesses, the newest at `now`.

    Two of them are weighted as in DPM-Solver++ 2M, which is UniP-2 with B(h) = e^h - 1: exact to
    the order only. Three are integrated exactly.
    """
    places, guesses = history.usable(half_log_snr(then))
    if len(places) == 2:
        h = half_log_snr(then) - places[0]
        share = h / (2 * (places[0] - places[1]))
        weights: Sequence[float] = (0.0, then.alpha * math.expm1(-h) * share)
    else:
        weights = exponential(places, now, then) if len(places) > 1 else (0.0,)
    return corrected(x, guesses[0], now, then, guesses, weights)


def exponential(places: list[float], now: Level, then: Level) -> list[float]:
    """Return the integrals of sigma' e^lambda l_j(lambda) over half log-SNR, l_j Lagrange's."""
    start, end = half_log_snr(now), half_log_snr(then)
    return lagrange(places, start, end, lambda s: then.alpha * np.exp(s - end))


@register(
    "dpmpp_2m",
    title="DPM-Solver++ (2M)",
    source="Lu et al. 2022 (DPM-Solver++), Alg. 2",
    order=2,
    calls=1,
    remembers=True,
)
def dpmpp_2m(denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
    """Extrapolate the guess from the last two: second order at one call a step; a good default.

    Formula: DDIM's step with x0 + h / (2 h_) (x0 - x0_), h and h_ this and the last step in
    log(alpha / sigma).
    For: nearly everything: 10 to 30 calls.
    """
    history = History(2)
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        history.add(half_log_snr(now), x0)
        x = predicted(x, now, then, history)
        yield x, x0


@register(
    "unipc",
    title="UniPC",
    source="Zhao et al. 2023 (UniPC), Alg. 1 and 2, on x0 with B(h) = e^h - 1",
    order=3,
    calls=1,
    remembers=True,
)
def unipc(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    order: int = knob(2, 1, 3, step=1, help="Guesses that a step is predicted from."),
) -> Steps:
    """Predict as DPM-Solver++ does, then take the step again with the guess at its end.

    The corrector costs no call and raises the order by one. Frames show the prediction.

    Formula: x' = DDIM's step + sum_j w_j (x0_j - x0), then again with the next guess too.
    For: very few calls, 5 to 15.
    """
    history = History(order)
    before: tuple[Tensor, Level] | None = None
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        if before is not None and now.sigma > 0:
            x = _unic(*before, now, x0, history, x)
        history.add(half_log_snr(now), x0)
        before = x, now
        x = predicted(x, now, then, history)
        yield x, x0


def _unic(
    x: Tensor, past: Level, now: Level, x0: Tensor, history: History, uncorrected: Tensor
) -> Tensor:
    """Step from x at `past` to `now` through the guess x0 at its end (UniC)."""
    place = half_log_snr(now)
    if history.places[0] == place:  # between equal levels there is nothing to correct
        return uncorrected
    places, guesses = history.usable(place)
    if len(places) == 1:  # the mean of both ends; regular from alpha = 0 too
        return rotate(x, (guesses[0] + x0) / 2, past, now)
    weights = exponential([*places, place], past, now)
    return corrected(x, guesses[0], past, now, [*guesses, x0], weights)
