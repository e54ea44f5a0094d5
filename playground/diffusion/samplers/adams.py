"""Multistep samplers that remember slopes eps: Adams's rules on d(x / alpha) / d(sigma / alpha).

They differ in the axis along which the slopes are remembered, and in how what is laid through them
is integrated.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from torch import Tensor

from playground.diffusion.levels import Level, eps_from_x0
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, ratio, register
from playground.diffusion.samplers.history import History, lagrange
from playground.diffusion.samplers.multistep import corrected, half_log_snr

Weights = Callable[[list[float], Level, Level], Sequence[float]]
ADAMS_BASHFORTH = (
    (1.0,),
    (3 / 2, -1 / 2),
    (23 / 12, -16 / 12, 5 / 12),
    (55 / 24, -59 / 24, 37 / 24, -9 / 24),
)


def _adams(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    order: int,
    axis: Callable[[Level], float],
    weights: Weights,
) -> Steps:
    """Walk by linear multistep on d(x / alpha) / d(sigma / alpha) = eps, remembered along `axis`.

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
    source="Zhang & Chen 2022 (DEIS), polynomials in log(sigma / alpha)",
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
