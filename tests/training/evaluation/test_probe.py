"""The loss by noise band moves only because the network does."""

import math

import pytest
import torch

import playground as pg
from playground.training.data.dataset import Dataset
from playground.training.evaluation.probe import BANDS, LEVELS, Probe, held_out_share


class Zero:
    """Guesses nothing but grey."""

    shape = (1, 16, 16)

    def __call__(self, x, alpha, sigma, cond=None):
        return torch.zeros_like(x)


def test_the_same_network_has_the_same_loss_again_and_again(tiny):
    who = pg.TrainingRun(pg.TrainConfig(widths=(16,), blocks=(1,)), tiny).denoiser()
    first = Probe(tiny, classes=2).losses(who)
    torch.manual_seed(5)  # the global generator plays no part
    assert Probe(tiny, classes=2).losses(who) == first
    assert len(first) == BANDS


def test_a_pictures_noise_does_not_depend_on_how_many_there_are(tiny):
    assert torch.equal(Probe(tiny).eps[:5], Probe(tiny.take(torch.arange(5))).eps)


def test_the_ideal_denoiser_beats_grey_in_every_band(tiny):
    grey = Probe(tiny).losses(Zero())
    ideal = Probe(tiny).losses(pg.ideal_denoiser(tiny.x))
    assert all(a < b for a, b in zip(ideal, grey, strict=True))
    # the error of v is that of x0 over sigma^2, and grey's error of x0 is the pictures' power
    power = float(tiny.x.square().mean())
    assert grey == pytest.approx([power / level.sigma**2 for level in LEVELS], rel=1e-4)


def test_bands_are_of_equal_width_from_clean_to_noise():
    angles = [level.angle for level in LEVELS]
    width = math.pi / 2 / BANDS
    assert angles == pytest.approx([width * (i + 0.5) for i in range(BANDS)])


def test_few_pictures_are_all_trained_on():
    assert held_out_share(49) == 0
    made = Dataset(torch.zeros(50, 1, 16, 16)).split(held_out_share(50), 0)
    assert [len(part) for part in made] == [45, 5]
