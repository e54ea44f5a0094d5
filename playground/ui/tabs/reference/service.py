"""What the plots of the Reference tab show: schedules, spacings, orders of convergence."""

import math
from functools import lru_cache

import torch

from playground.diffusion import samplers, schedules, spacings
from playground.diffusion.registry import Knob
from playground.studio.order import error, slope
from playground.ui.tabs.reference.messages import (
    Catalogue,
    Curve,
    Named,
    Order,
    OrderQuestion,
    Sampler,
    Spacing,
    SpacingQuestion,
)

POINTS, MOST = 201, 15.0  # of each curve; log-SNRs beyond are not drawn
STEPS = Knob(20, 2, 100, 1, "Steps of the grid.")
GRIDS = (5, 10, 20, 40, 80, 160)  # steps by which an order is measured
CHOSEN = ["ddim", "heun", "dpmpp_2m"]  # samplers to begin with


def catalogue() -> Catalogue:
    """Return every schedule's curve, the samplers that claim an order, and the spacings."""
    t = torch.linspace(0, 1, POINTS, dtype=torch.float64)
    curves = []
    for name in schedules.names():
        alpha, sigma = schedules.get(name)(t)
        shown = [_finite(v) for v in (2 * (alpha.log() - sigma.log())).tolist()]
        title = schedules.entry(name).title
        curves.append(Curve(name, title, shown, _short(alpha), _short(sigma)))
    entries = [(name, samplers.entry(name)) for name in samplers.names()]
    claiming = [Sampler(n, e.title, e.order) for n, e in entries if e.order is not None]
    every = [Named(name, spacings.entry(name).title) for name in spacings.names()]
    return Catalogue(curves, claiming, every, CHOSEN)


def spacing(question: SpacingQuestion) -> list[Spacing]:
    """Return the grid of every spacing under one schedule."""
    steps = int(STEPS.check("steps", question.steps))
    found = []
    for name in spacings.names():
        grid = schedules.get(question.schedule, spacing=name).grid(steps)
        values = [_finite(level.log_snr, 2 * MOST) for level in grid]
        found.append(Spacing(name, spacings.entry(name).title, values))
    return found


def order(question: OrderQuestion) -> Order:
    """Return how the error of one sampler falls with its calls; measured once and remembered."""
    return _order(question.sampler, question.schedule, question.spacing)


@lru_cache(maxsize=512)
def _order(name: str, schedule: str, spacing_name: str) -> Order:
    sampler = samplers.get(name)
    path = schedules.get(schedule, spacing=spacing_name)
    found = [error(sampler, path.grid(steps)) for steps in GRIDS]
    errors = [e for e, _ in found]
    calls = [calls for _, calls in found]
    half = len(GRIDS) // 2  # what holds for many steps is the order
    measured = slope(GRIDS[half:], errors[half:])
    return Order(name, calls, errors, measured if math.isfinite(measured) else None)


def _finite(value: float, most: float = MOST) -> float | None:
    return round(value, 3) if math.isfinite(value) and abs(value) <= most else None


def _short(values: torch.Tensor) -> list[float]:
    return [round(v, 4) for v in values.tolist()]
