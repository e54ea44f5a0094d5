"""Each deterministic sampler's claimed order on a mixture of Gaussians in the plane.

There the flow bends, which on one Gaussian it does not. What is right is found by a method of its
own: Runge and Kutta's, of fourth order, on the velocity of the exact posterior mean.
"""

import math
import runpy
from functools import cache
from pathlib import Path

import pytest
import torch

import playground as pg
from playground.diffusion.levels import Level, v_from_x0

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ORDER, MIXTURE = (
    runpy.run_path(str(BENCHMARKS / f"{name}.py")) for name in ("order", "stochastic")
)
START = torch.tensor([[-1.2, 0.3], [0.4, 1.1], [0.9, -0.6], [-0.3, -1.4]], dtype=torch.float64)


class Exact:
    """The mixture's exact denoiser."""

    shape = (2,)

    def __call__(self, x, alpha, sigma, cond=None):
        return MIXTURE["posterior_mean"](x, (alpha[0], sigma[0]))


def ratio(n):
    """Uniform in sigma / alpha, as iPNDM's numbers want it."""
    return [ORDER["by_ratio"](8 - 7.5 * i / n) for i in range(n + 1)]


@cache
def end_of_flow(first, last, steps=400):
    def v(u, phi):
        at = Level(math.cos(phi), math.sin(phi))
        return v_from_x0(u, MIXTURE["posterior_mean"](u, at), *at)

    u, phi, h = START, first.angle, (last.angle - first.angle) / steps
    for _ in range(steps):
        a = v(u, phi)
        b = v(u + h / 2 * a, phi + h / 2)
        c = v(u + h / 2 * b, phi + h / 2)
        d = v(u + h * c, phi + h)
        u, phi = u + h / 6 * (a + 2 * b + 2 * c + d), phi + h
    return u


def error(sampler, levels):
    seeds = range(len(START))
    *_, end = pg.sample(Exact(), "cosine", sampler, x=START, seeds=seeds, grid=levels)
    return float((end.x - end_of_flow(levels[0], levels[-1])).square().mean().sqrt())


@pytest.mark.parametrize("name, knobs, order", ORDER["claims"]())
def test_claimed_order_on_a_mixture(name, knobs, order):
    grid, steps = (ratio, 150) if name == "ipndm" and order > 2 else (ORDER["eased"], 50)
    sampler = pg.samplers.get(name, **knobs)
    coarse, fine = (error(sampler, grid(n)) for n in (steps, 4 * steps))
    assert math.log(coarse / fine, 4) == pytest.approx(order, abs=0.3)
