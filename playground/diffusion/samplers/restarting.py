"""Samplers that add noise back on the way: a little, over an interval again and again, or all."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from torch import Tensor

from playground.diffusion.levels import CLEAN, Level, mix, rotate
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, ratio, register
from playground.diffusion.samplers.single_step import heun_step


def _variable() -> Any:
    return knob(
        "angle", choices=("angle", "sigma"), help="What is integrated: phi, or sigma / alpha (EDM)."
    )


@register(
    "edm_stochastic", title="EDM stochastic (churn)", source="Karras et al. 2022, Alg. 2", calls=2
)
def edm_stochastic(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    churn: float = knob(40.0, 0.0, 100.0, step=1.0, help="Noise added, over all steps; 0: none."),
    s_min: float = knob(0.05, 0.0, 10.0, step=0.01, help="Least sigma / alpha at which to churn."),
    s_max: float = knob(50.0, 0.0, 200.0, step=0.5, help="Most sigma / alpha at which to churn."),
    s_noise: float = knob(1.0, 0.9, 1.1, step=0.001, help="Spread of the added noise."),
    solver: str = knob("heun", choices=("heun", "euler"), help="How to come down again."),
    variable: str = _variable(),
) -> Steps:
    """Add a little noise before each step, then come down by Heun's rule: two calls a step.

    Formula: x + sqrt(s^2 - sigma^2) s_noise z with s = (1 + gamma) sigma, then Heun.
    For: networks whose errors build up: noise takes old errors away.
    """
    gamma = min(churn / (len(levels) - 1), math.sqrt(2) - 1)
    for now, then in pairwise(levels):
        up = now
        if gamma > 0 and s_min <= ratio(now) <= s_max:
            up = Level(now.alpha, now.sigma * (1 + gamma))
            x = x + s_noise * now.sigma * math.sqrt(gamma * (2 + gamma)) * noise()
        x0 = denoise(x, up)
        if solver == "euler":
            x = rotate(x, x0, up, then)
        else:
            x = heun_step(denoise, x, x0, up, then, variable)
        yield x, x0


@register("restart", title="Restart", source="Xu et al. 2023 (Restart sampling), Sec. 3")
def restart(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    restarts: int = knob(2, 0, 10, step=1, help="How often the interval is gone through again."),
    inner: int = knob(2, 1, 10, step=1, help="Heun steps each time."),
    s_min: float = knob(0.06, 0.01, 10.0, step=0.01, help="Where it turns back: sigma / alpha."),
    s_max: float = knob(0.3, 0.02, 50.0, step=0.01, help="How far back it goes: sigma / alpha."),
    variable: str = _variable(),
) -> Steps:
    """Heun's rule; at one low level much noise is added and taken away again, which mends errors.

    The turn is at the grid's level nearest to s_min below s_max; there is none on a grid without
    a level there. The levels of the way back are spaced as in EDM, with rho = 7.

    Formula: x + sqrt(s_max^2 - s_min^2) z at s_min, then back from s_max; so many times.
    For: the gain of chance at few calls; beside EDM's churn.
    """

    def off(level: Level) -> float:
        return abs(ratio(level) - s_min) if 0 < ratio(level) < s_max else math.inf

    for now, then, after in zip(levels, levels[1:], (*levels[2:], CLEAN), strict=False):
        x0 = denoise(x, now)
        x = heun_step(denoise, x, x0, now, then, variable)
        # by the neighbours alone, so that a run taken up later turns where it would have turned
        if off(then) <= off(now) and off(then) < off(after):
            ends = s_max ** (1 / 7), ratio(then) ** (1 / 7)
            back = [(ends[0] + (ends[1] - ends[0]) * i / inner) ** 7 for i in range(inner)]
            way = [*(Level(then.alpha, then.alpha * s) for s in back), then]
            for _ in range(restarts):
                x = x + math.sqrt(way[0].sigma ** 2 - then.sigma**2) * noise()
                for a, b in pairwise(way):
                    x0 = denoise(x, a)
                    x = heun_step(denoise, x, x0, a, b, variable)
        yield x, x0


@register(
    "consistency", title="Consistency (multistep)", source="Song et al. 2023, Alg. 1", calls=1
)
def consistency(denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
    """Guess, then noise the guess anew: for consistency models; else what it makes is too smooth.

    A consistency model's guess is where the flow ends. The mean of all that x may come from, which
    is what other networks guess, has too little spread, and each step takes more of it away.

    Formula: x' = alpha' x0 + sigma' z with fresh z.
    For: distilled models: 1 to 4 calls.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = mix(x0, noise(), *then) if then.sigma > 0 else then.alpha * x0
        yield x, x0
