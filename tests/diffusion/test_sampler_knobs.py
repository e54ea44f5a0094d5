"""Every sampler with its knobs at their ends, words included, on grids that nobody would draw."""

import random
from itertools import product

import pytest
import torch

import playground as pg
from playground.diffusion.levels import Level

GRIDS = [
    [Level(0.0, 1.0), Level(1.0, 0.0)],
    [Level(0, 1)] * 3 + [Level(0.6, 0.8)] * 3 + [Level(0.8, 0.6)] + [Level(1, 0)] * 3,
    [Level(1.0, 1e6), Level(1.0, 1.0), Level(1.0, 1.0 - 1e-9), Level(1.0, 1e-6), Level(1.0, 0.0)],
    [Level(1e-7, 1.0), Level(0.5, 0.5), Level(0.5 + 1e-12, 0.5), Level(1.0, 0.0)],
    pg.schedules.get("edm").grid(5),
]


def corners(name):
    knobs = pg.samplers.entry(name).knobs
    ends = [k.choices or (k.low, k.high) for k in knobs.values()]
    every = [dict(zip(knobs, values, strict=True)) for values in product(*ends)]
    return every if len(every) <= 16 else random.Random(0).sample(every, 16)


@pytest.mark.parametrize("name", pg.samplers.names())
def test_every_corner_of_a_sampler_s_knobs_is_finite_and_ends_at_the_guess(name):
    ideal = pg.ideal_denoiser(torch.tensor([[0.5, -0.3], [-0.8, 0.1]]))
    for knobs, grid in product(corners(name), GRIDS):
        frames = list(pg.sample(ideal, "flow", pg.samplers.get(name, **knobs), grid=grid))
        assert len(frames) == len(grid)
        assert all(torch.isfinite(frame.x).all() for frame in frames), (knobs, grid)
        torch.testing.assert_close(frames[-1].x, frames[-1].x0, atol=1e-5, rtol=0)
