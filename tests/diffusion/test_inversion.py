import math

import pytest
import torch

import playground as pg
from playground.diffusion.inversion import invert
from playground.diffusion.levels import Level
from playground.errors import InputError

MEAN, STD = 0.4, 0.5


class Gaussian:
    """The exact denoiser of data from N(MEAN, STD^2), and its exact noise of a picture."""

    shape = (8,)

    def __call__(self, x, alpha, sigma, cond=None):
        a, s = alpha[:, None], sigma[:, None]
        return MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (x - a * MEAN)


def back(denoiser, picture, levels, **how):
    *_, top = invert(denoiser, picture, levels, **how)
    *_, end = pg.sample(denoiser, "flow", "ddim", x=top.x, grid=levels, seeds=range(len(picture)))
    return top, float((end.x - picture).abs().max())


@pytest.mark.parametrize("schedule", ["cosine", "flow", "zero_snr", "edm"])
def test_a_smooth_denoiser_returns_the_nearer_the_more_steps(schedule):
    picture = torch.linspace(-1, 1, 8)[None]
    path = pg.schedules.get(schedule)
    errors = [back(Gaussian(), picture, path.grid(n))[1] for n in (15, 60, 240)]
    assert errors[0] > 2 * errors[1] > 4 * errors[2]
    assert errors[2] < 0.07


@pytest.mark.parametrize("schedule", ["cosine", "flow", "edm"])
def test_the_noise_is_the_one_the_flow_maps_to_the_picture(schedule):
    picture = torch.linspace(-1, 1, 8)[None]
    levels = pg.schedules.get(schedule).grid(400)
    top, _ = back(Gaussian(), picture, levels)
    quantile = (picture - MEAN) / STD
    spread = math.sqrt(levels[0].alpha ** 2 * STD**2 + levels[0].sigma ** 2)
    exact = levels[0].alpha * MEAN + spread * quantile
    assert float((top.x - exact).abs().max()) / levels[0].radius < 0.06


@pytest.mark.parametrize("schedule", ["cosine", "edm"])
def test_rounds_solve_each_step(network, schedule):
    picture = torch.rand(2, 1, 16, 16) * 2 - 1
    levels = pg.schedules.get(schedule).grid(20)
    cond = torch.tensor([0, 2])
    plain, solved = (_back_with_class(network, picture, levels, cond, rounds) for rounds in (0, 6))
    assert solved < plain / 3


def _back_with_class(network, picture, levels, cond, rounds):
    *_, top = invert(network, picture, levels, cond=cond, guidance=1.5, rounds=rounds)
    *_, end = pg.sample(
        network, "flow", x=top.x, grid=levels, seeds=(0, 1), cond=cond, guidance=1.5
    )
    return float((end.x - picture).square().mean().sqrt())


def test_the_ideal_denoiser_of_one_picture_returns_it_exactly():
    only = torch.rand(1, 1, 4, 4) * 2 - 1
    for name in pg.schedules.names():
        _, error = back(pg.ideal_denoiser(only), only, pg.schedules.get(name).grid(10))
        assert error < 1e-5


def test_frames_climb_from_the_picture_and_count_their_calls(network):
    picture = torch.zeros(1, 1, 16, 16)
    levels = pg.schedules.get("cosine").grid(5)
    frames = list(invert(network, picture, levels))
    assert torch.equal(frames[0].x, picture)
    assert [f.level for f in frames] == list(levels[::-1])
    assert [f.nfe for f in frames] == [0, 1, 2, 3, 4, 5]
    *_, last = invert(network, picture, levels, cond=torch.tensor([1]), guidance=3.0, rounds=2)
    assert last.nfe == 2 * 5 * 3
    with pytest.raises(InputError, match="end with a clean one"):
        invert(network, picture, [Level(0, 1), Level(0.6, 0.8)])
