import torch

from playground.diffusion import fields
from playground.diffusion.denoisers import ideal_denoiser
from playground.diffusion.levels import Level, score_from_x0

LEVEL = Level(0.6, 0.5)
DATA = torch.randn(300, 2, generator=torch.Generator().manual_seed(0))


def at(count):
    return tuple(torch.full((count,), value, dtype=torch.float64) for value in LEVEL)


def test_the_exact_score_is_the_gradient_of_the_exact_log_density():
    labels = torch.arange(300) % 2
    who = ideal_denoiser(DATA, labels, chunk=64)
    for cond in (None, torch.tensor([0, 1, -1, 0])):
        x = torch.randn(4, 2, dtype=torch.float64).requires_grad_(True)
        (slope,) = torch.autograd.grad(who.log_density(x, *at(4), cond).sum(), x)
        x = x.detach()
        assert torch.allclose(slope, score_from_x0(x, who(x, *at(4), cond), *at(4)), atol=1e-5)


def test_the_density_on_a_grid_is_the_exact_one_and_sums_to_one():
    found = fields.density(DATA, LEVEL, 48, 4.0)
    where = fields.grid(48, 4.0).double()
    exact = ideal_denoiser(DATA).log_density(where, *at(48 * 48)).exp().reshape(48, 48)
    assert torch.allclose(found, exact, atol=1e-6)
    assert abs(float(found.sum()) * (8 / 48) ** 2 - 1) < 1e-3


def test_guesses_on_a_grid_are_those_of_the_denoiser_there():
    who = ideal_denoiser(DATA)
    found = fields.guesses(who, LEVEL, 6, 2.0)
    x = torch.tensor([[fields.axis(6, 2.0)[4], fields.axis(6, 2.0)[1]]]).float() * LEVEL.radius
    alpha, sigma = (torch.tensor([value]) for value in LEVEL)
    assert torch.allclose(found[1, 4], who(x, alpha, sigma)[0], atol=1e-6)  # row 1: the second y
    assert fields.error(found, found, torch.ones(6, 6)) == 0
    assert fields.error(found + torch.tensor([0.3, 0.4]), found, torch.ones(6, 6)) > 0.499


def test_levels_turn_evenly_from_clean_to_noise():
    turn = fields.turn(5)
    assert turn[0] == Level(1.0, 0.0)
    assert abs(turn[-1].alpha) < 1e-9
    assert all(abs(level.radius - 1) < 1e-12 for level in turn)
