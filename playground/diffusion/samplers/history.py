"""What multistep samplers share: a memory of earlier values, and integrals through them."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from torch import Tensor

POINTS, WEIGHTS = np.polynomial.legendre.leggauss(16)
REACH = 100  # a step this many times longer than what it extrapolates magnifies rounding only


class History:
    """The last `length` values, each with its place on the axis along which steps are taken."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.places: list[float] = []  # newest first
        self.values: list[Tensor] = []

    def add(self, place: float, value: Tensor) -> None:
        """Remember a value; one at the same place is replaced, a step of length 0 tells nothing."""
        kept = slice(1 if self.places[:1] == [place] else 0, self.length)
        self.places = [place, *self.places[kept]][: self.length]
        self.values = [value, *self.values[kept]][: self.length]

    def usable(self, then: float) -> tuple[list[float], list[Tensor]]:
        """Return places and values, newest first, that can be extrapolated as far as `then`."""
        shortest, count = abs(then - self.places[0]) / REACH, 1
        for later, earlier in pairwise(self.places):
            if not shortest < abs(later - earlier) < math.inf:
                break
            count += 1
        return self.places[:count], self.values[:count]


def lagrange(
    places: Sequence[float],
    now: float,
    then: float,
    density: Callable[[Any], Any] = np.ones_like,
) -> list[float]:
    """Return the integrals from `now` to `then` of Lagrange's polynomials on `places` x a density.

    By Gauss-Legendre quadrature, exact for polynomials and to rounding for exponentials, also where
    the closed forms cancel because the step is tiny.
    """
    half = (then - now) / 2
    s = now + half * (1 + POINTS)
    mass = half * WEIGHTS * density(s)
    parts = []
    for j, place in enumerate(places):
        others = [p for k, p in enumerate(places) if k != j]
        parts.append(float(sum(mass * np.prod([(s - p) / (place - p) for p in others], axis=0))))
    return parts
