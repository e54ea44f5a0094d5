"""What a batch draws: each level as often as its schedule says, whatever else is drawn."""

from dataclasses import replace

import pytest
import torch

import playground as pg
from playground.training.loop.batches import Batches

CONFIG = pg.TrainConfig(batch=200)


def drawn(tiny, config):
    return Batches(tiny, config, classes=2).draw(torch.Generator().manual_seed(0))


@pytest.mark.parametrize("name", pg.schedules.names())
def test_levels_have_the_quantiles_of_their_schedule(tiny, name):
    knob = {"p3": 0.3} if name == "drawn" else {}
    config = replace(CONFIG, schedule=name, schedule_knobs=knob)
    phi = drawn(tiny, config).phi.sort().values
    path = pg.schedules.get(name, **knob)
    edges = torch.atan2(*reversed(path(torch.linspace(0, 1, config.batch + 1)))).float()
    assert bool((phi >= edges[:-1] - 1e-6).all())  # one in each of equal parts of t
    assert bool((phi <= edges[1:] + 1e-6).all())


def test_without_a_schedule_angles_are_even_and_all_else_is_the_same(tiny):
    even, other = drawn(tiny, CONFIG), drawn(tiny, replace(CONFIG, schedule="laplace"))
    strata = even.phi.sort().values / (torch.pi / 2) * CONFIG.batch - torch.arange(CONFIG.batch)
    assert float(strata.min()) > 0
    assert float(strata.max()) < 1
    assert not torch.equal(even.phi, other.phi)
    assert torch.equal(even.phi.argsort(), other.phi.argsort())
    for a, b in zip(even[:3], other[:3], strict=True):  # pictures, classes and noise
        assert torch.equal(a, b)
