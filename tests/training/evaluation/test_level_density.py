import math

import pytest
import torch

import playground as pg
from playground.training.evaluation.level_density import BINS, level_density
from playground.training.evaluation.probe import BANDS


def test_even_angles_have_their_closed_form():
    found = level_density(None)
    assert found.shares == pytest.approx([1 / BANDS] * BANDS, abs=1e-4)
    width = 24 / BINS
    middles = [12 - width * (k + 0.5) for k in range(BINS)]
    exact = [1 / (2 * math.pi * math.cosh(v / 2)) for v in middles]  # of log-SNR = -2 log tan phi
    assert found.density[1:-1] == pytest.approx(exact[1:-1], abs=1e-3)


@pytest.mark.parametrize("name", pg.schedules.names())
def test_density_and_shares_are_those_of_the_schedule(name):
    path = pg.schedules.get(name)
    found = level_density(path)
    assert sum(found.density) * 24 / BINS == pytest.approx(1)
    assert sum(found.shares) == pytest.approx(1)
    t = torch.rand(40_000, generator=torch.Generator().manual_seed(0))
    alpha, sigma = path(t)
    drawn = ((alpha > sigma).double().mean(), (alpha < sigma).double().mean())
    clean = sum(found.density[: BINS // 2]) * 24 / BINS
    assert (clean, 1 - clean) == pytest.approx([float(d) for d in drawn], abs=0.02)
    noisiest = (torch.atan2(sigma, alpha) > (BANDS - 1) / BANDS * math.pi / 2).double().mean()
    assert found.shares[-1] == pytest.approx(float(noisiest), abs=0.02)
