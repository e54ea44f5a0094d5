"""Samplers that remember earlier guesses: a higher order at one call a step.

Each is the first-order step `rotate` and a correction from what is remembered, so that it runs
wherever that step does: from alpha = 0 nothing remembered counts, and sigma = 0 gets the guess.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from torch import Tensor

from playground.diffusion.levels import Level, eps_from_x0, rotate
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, ratio, register
from playground.diffusion.samplers.history import History, lagrange

Weights = Callable[[list[float], Level, Level], Sequence[float]]
ADAMS_BASHFORTH = (
    (1.0,),
    (3 / 2, -1 / 2),
    (23 / 12, -16 / 12, 5 / 12),
    (55 / 24, -59 / 24, 37 / 24, -9 / 24),
)


def half_log_snr(level: Level) -> float:
    """Half of log-SNR, log(alpha / sigma): the axis on which guesses are extrapolated."""
    return level.log_snr / 2


def corrected(
    x: Tensor,
    x0: Tensor,
    now: Level,
    then: Level,
    values: Sequence[Tensor],
    weights: Sequence[float],
) -> Tensor:
    """The step with x0 held, and what each value adds by being other than values[0]."""
    x = rotate(x, x0, now, then)
    for weight, value in zip(weights[1:], values[1:], strict=True):
        x = x + weight * (value - values[0])
    return x


def predicted(x: Tensor, now: Level, then: Level, history: History) -> Tensor:
    """The step along the exponential integral of the remembered guesses, the newest at `now`.

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
    """Integrals of sigma' e^lambda l_j(lambda) over half log-SNR, l_j Lagrange's polynomials."""
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
    """The step from x at `past` to `now` through the guess x0 at its end (UniC)."""
    place = half_log_snr(now)
    if history.places[0] == place:  # between equal levels there is nothing to correct
        return uncorrected
    places, guesses = history.usable(place)
    if len(places) == 1:  # the mean of both ends; regular from alpha = 0 too
        return rotate(x, (guesses[0] + x0) / 2, past, now)
    weights = exponential([*places, place], past, now)
    return corrected(x, guesses[0], past, now, [*guesses, x0], weights)


def _adams(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    order: int,
    axis: Callable[[Level], float],
    weights: Weights,
) -> Steps:
    """Linear multistep on d(x / alpha) / d(sigma / alpha) = eps, remembered along `axis`.

    weights(places, now, then): the integrals, from one noise ratio to the other, of what is laid
    through the remembered slopes.
    """
    history = History(order)
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        if then.sigma == 0:
            x = then.alpha * x0
        else:
            history.add(axis(now), eps_from_x0(x, x0, *now))
            places, slopes = history.usable(axis(then))
            parts = weights(places, now, then) if len(places) > 1 else (0.0,)
            x = corrected(x, x0, now, then, slopes, [then.alpha * part for part in parts])
        yield x, x0


def _order(most: int, default: int) -> Any:
    return knob(default, 1, most, step=1, help="Guesses that a step is computed from; 1 is DDIM.")


@register(
    "deis",
    title="DEIS (log rho)",
    source="Zhang & Chen 2022 (DEIS), Sec. 3, polynomials in log(sigma / alpha)",
    order=3,
    calls=1,
    remembers=True,
)
def deis(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    order: int = _order(3, 3),
) -> Steps:
    """Lay a polynomial in log-SNR through the last noise guesses and integrate it exactly.

    Formula: y' = y + integral of the polynomial through the last eps over rho, laid in log rho.
    For: few calls; beside UniPC.
    """

    def weights(places: list[float], now: Level, then: Level) -> Sequence[float]:
        return lagrange(places, -half_log_snr(now), -half_log_snr(then), np.exp)

    yield from _adams(denoise, x, levels, order, lambda at: -half_log_snr(at), weights)


@register(
    "lms",
    title="LMS (linear multistep)",
    source="Bashforth & Adams 1883, on Karras et al. 2022, Eq. 1",
    order=4,
    calls=1,
    remembers=True,
)
def lms(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    order: int = _order(4, 4),
) -> Steps:
    """Lay a polynomial in sigma / alpha through the last noise guesses and integrate it exactly.

    Formula: y' = y + sum_j c_j eps_j, c_j integrals of Lagrange polynomials over rho.
    For: history: k-diffusion's first multistep rule; many small steps.
    """

    def weights(places: list[float], now: Level, then: Level) -> Sequence[float]:
        return lagrange(places, ratio(now), ratio(then))

    yield from _adams(denoise, x, levels, order, ratio, weights)


@register(
    "ipndm",
    title="iPNDM",
    source="Liu et al. 2022 (PNDM), Eq. 12, without warm-up: Zhang & Chen 2022",
    order=4,
    calls=1,
    remembers=True,
)
def ipndm(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    order: int = _order(4, 4),
) -> Steps:
    """Adams-Bashforth with the numbers for equal steps, whatever the steps: simple and sturdy.

    Its order holds on a grid uniform in sigma / alpha only; on any smooth grid it is at least 2.

    Formula: y' = y + (rho' - rho) (55 eps - 59 eps_1 + 37 eps_2 - 9 eps_3) / 24.
    For: few calls where other multistep rules turn unstable.
    """

    def weights(places: list[float], now: Level, then: Level) -> Sequence[float]:
        step = ratio(then) - ratio(now)
        return [step * share for share in ADAMS_BASHFORTH[len(places) - 1]]

    yield from _adams(denoise, x, levels, order, ratio, weights)
