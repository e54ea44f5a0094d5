"""Multistep samplers of the diffusion SDE: earlier guesses and fresh noise, one call a step.

With lambda = log(alpha / sigma), a step of length h from lambda_0, k = (1 + eta) h and x0 as a
function of lambda, the SDE's exact solution is (Lu et al. 2022, DPM-Solver++; Xue et al. 2023)

    x' = sigma'/sigma e^(-eta h) x + alpha' pull + sigma' sqrt(1 - e^(-2 eta h)) z,
    pull = integral from 0 to 1 of k e^(-k (1 - u)) x0(lambda_0 + u h) du.

The samplers differ only in the polynomial that they lay through the guesses.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from torch import Tensor

from playground.diffusion.levels import Level
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, kept_share, register
from playground.diffusion.samplers.history import History


def length(now: Level, then: Level) -> float:
    """Return the step's length h in lambda: inf from alpha = 0 and to sigma = 0."""
    share = kept_share(now, then)
    return -math.log(share) if share > 0 else math.inf


def advance(x: Tensor, pull: Tensor, now: Level, then: Level, noise: Noise, eta: float) -> Tensor:
    """Solve the step as above for the guesses' integral `pull`; noise is drawn if eta > 0."""
    if then.sigma == 0:
        return then.alpha * pull
    share = kept_share(now, then)
    x = then.sigma / now.sigma * share**eta * x + then.alpha * pull
    fresh = then.sigma * math.sqrt(max(0.0, 1 - share ** (2 * eta)))
    return x + fresh * noise() if fresh else x


def _eta() -> Any:
    return knob(1.0, 0.0, 1.0, step=0.05, help="Fresh noise: 0 none (the ODE), 1 the reverse SDE.")


@register(
    "dpmpp_2m_sde",
    title="DPM-Solver++ (2M SDE)",
    source="Lu et al. 2022 (DPM-Solver++), SDE-DPM-Solver++(2M); k-diffusion",
    calls=1,
    remembers=True,
)
def dpmpp_2m_sde(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    eta: float = _eta(),
    solver: str = knob(
        "midpoint", choices=("midpoint", "heun"), help="How the line through two guesses is used."
    ),
) -> Steps:
    """DPM-Solver++ (2M) with fresh noise: two guesses a step at one call; 2M itself at eta 0.

    Formula: 2M's step for a length (1 + eta) h, + sigma' sqrt(1 - e^(-2 eta h)) z.
    For: quality at 20 to 50 steps and one call each.
    """
    past = History(2)
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        h = length(now, then)
        past.add(now.log_snr / 2, x0)
        places, guesses = past.usable(then.log_snr / 2)
        whole = 1 - kept_share(now, then) ** (1 + eta)
        pull = whole * x0
        if len(places) == 2 and 0 < h < math.inf:
            slope = (guesses[0] - guesses[1]) * (h / (places[0] - places[1]))
            weight = whole / 2 if solver == "midpoint" else 1 - whole / ((1 + eta) * h)
            pull = pull + weight * slope
        x = advance(x, pull, now, then, noise, eta)
        yield x, x0


@register(
    "dpmpp_3m_sde",
    title="DPM-Solver++ (3M SDE)",
    source="k-diffusion, sample_dpmpp_3m_sde",
    calls=1,
    remembers=True,
)
def dpmpp_3m_sde(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    eta: float = _eta(),
    curvature: str = knob(
        "published",
        choices=("published", "exact"),
        help="Weight of the parabola's bend: exact is twice the published, and of third order.",
    ),
) -> Steps:
    """A parabola through three guesses, with fresh noise: for many steps; one call a step.

    Formula: 2M SDE with first and second differences of three guesses.
    For: 30 steps and more.
    """
    past = History(3)
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        h = length(now, then)
        past.add(now.log_snr / 2, x0)
        places, guesses = past.usable(then.log_snr / 2)
        whole = 1 - kept_share(now, then) ** (1 + eta)
        pull = whole * x0
        if len(places) > 1 and 0 < h < math.inf:
            k = (1 + eta) * h
            line = 1 - whole / k  # the integral of u
            slope = (guesses[0] - guesses[1]) * (h / (places[0] - places[1]))
            if len(places) == 3:
                before = (guesses[1] - guesses[2]) * (h / (places[1] - places[2]))
                # h^2 x0'' / 2, whose weight is the integral of u^2, that is twice `bend`
                second = (slope - before) * (h / (places[0] - places[2]))
                slope = slope + second * ((places[0] - places[1]) / h)
                bend = 0.5 - line / k
                pull = pull + (bend if curvature == "published" else 2 * bend) * second
            pull = pull + line * slope
        x = advance(x, pull, now, then, noise, eta)
        yield x, x0
