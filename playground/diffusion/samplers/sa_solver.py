"""The stochastic Adams solver: any order, predictor and corrector, at one call a step."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from torch import Tensor

from playground.diffusion.levels import Level
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, given, kept_share, register
from playground.diffusion.samplers.history import History
from playground.diffusion.samplers.sde import advance, length


@register(
    "sa_solver",
    title="SA-Solver",
    source="Xue et al. 2023 (SA-Solver), Alg. 1",
    calls=1,
    remembers=True,
)
def sa_solver(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    predictor: int = knob(2, 1, 4, step=1, help="Guesses that a step is predicted from."),
    corrector: int = knob(
        2, 0, 4, step=1, help="Guesses, the newest included, that a step is corrected by; 0: none."
    ),
    tau: float = knob(1.0, 0.0, 2.0, step=0.05, help="Fresh noise: 0 none, 1 the reverse SDE."),
    weights: str = knob(
        "exact",
        choices=("exact", "few steps"),
        help="With two guesses: the integral itself, or the rougher one in the authors' code.",
    ),
) -> Steps:
    """Predict by a polynomial through earlier guesses; redo the step once the next is known.

    Formula: stochastic Adams: x' = decay x + sum_j b_j x0_j + noise of size tau, then corrected.
    For: 20 to 60 calls, with as much chance as tau says.
    """
    eta = tau**2
    bold = weights == "few steps"
    past = History(4)
    before: tuple[Tensor, Level, Tensor] | None = None  # start, level and noise of the last step
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        past.add(now.log_snr / 2, x0)
        if before and corrector:
            start, origin, z = before
            pull = _pull(past, corrector, origin, now, eta, bold)
            x = advance(start, pull, origin, now, given(z), eta)
        z = noise() if eta else x0  # at tau = 0 nobody asks for it
        before = (x, now, z) if 0 < length(now, then) < math.inf else None
        pull = _pull(past, predictor, now, then, eta, bold)
        x = advance(x, pull, now, then, given(z), eta)
        yield x, x0


def _pull(past: History, order: int, now: Level, then: Level, eta: float, bold: bool) -> Tensor:
    """Integrate the polynomial through the last guesses over a step, of `order` at most."""
    h, start, end = length(now, then), now.log_snr / 2, then.log_snr / 2
    if not 0 < h < math.inf:
        return (1 - kept_share(now, then) ** (1 + eta)) * past.values[0]
    places, guesses = past.usable(start if past.places[0] == end else end)
    u = (np.array(places[:order]) - start) / h
    moments = _moments((1 + eta) * h, len(u))
    if bold and len(u) == 2:
        moments[1] = (1 + eta) * h / 2  # the integral's own first term, without what follows
    # the weights that integrate 1, u, u^2, ... exactly
    weights = np.linalg.solve(np.vander(u, increasing=True).T, moments).tolist()
    return sum((w * guess for w, guess in zip(weights, guesses, strict=False)), 0 * guesses[0])


def _moments(k: float, count: int) -> np.ndarray:
    """Return the integrals from 0 to 1 of k e^(-k (1 - u)) u^j du, j = 0..count - 1, k > 0."""
    if k < 1:  # the recurrence below would lose the digits
        fact = math.factorial
        terms = [
            [k * (-k) ** n * fact(j) / fact(j + n + 1) for n in range(20)] for j in range(count)
        ]
        return np.array(terms).sum(1)
    found = [-math.expm1(-k)]
    for j in range(1, count):
        found.append(1 - j / k * found[-1])
    return np.array(found)
