import pytest
import torch

from playground.diffusion.levels import mix
from playground.errors import InputError
from playground.models import targets
from playground.models.mlp import MLP, MLPConfig
from playground.models.network import NetworkDenoiser, draw_noise, prediction_loss


def made(**changes):
    torch.manual_seed(0)
    network = MLP(MLPConfig(**{"widths": (16,), "blocks": (1,), **changes}))
    for weights in network.parameters():
        torch.nn.init.normal_(weights, std=0.2)  # a zero exit would hide everything
    return network


def truth(target, x0, eps, phi):
    """What a network would have to say of x = cos(phi) x0 + sin(phi) eps."""
    cos, sin = phi.cos()[:, None], phi.sin()[:, None]
    return {"v": cos * eps - sin * x0, "x0": x0, "eps": eps, "score": -eps / sin}[target]


@pytest.mark.parametrize("target", targets.TARGETS)
def test_the_right_answer_is_the_right_guess_and_no_loss(target):
    g = torch.Generator().manual_seed(0)
    x0, eps = torch.randn(64, 2, generator=g), torch.randn(64, 2, generator=g)
    phi = torch.linspace(0.05, 1.4, 64)
    right = truth(target, x0, eps, phi)
    x = mix(x0, eps, phi.cos(), phi.sin())
    guess = targets.x0_from(target, x, right, phi.cos(), phi.sin())
    assert (guess - x0).abs().max() < (0.02 if target in ("eps", "score") else 1e-5)  # they fade
    losses, _ = prediction_loss(lambda *_: right, x0, None, eps, phi, target=target)
    assert losses.max() < 1e-6


@pytest.mark.parametrize("target", targets.TARGETS)
def test_guesses_are_finite_at_both_ends_and_know_the_scale_from_the_level(target):
    who, x = NetworkDenoiser(made(target=target)), torch.randn(8, 2)
    for alpha, sigma in ((0.0, 1.0), (1.0, 1e-3), (1.0, 80.0)):
        a, s = torch.full((8,), alpha), torch.full((8,), sigma)
        guess = who(x * max(alpha, sigma), a, s)
        assert guess.shape == (8, 2)
        assert guess.isfinite().all()
        assert torch.allclose(who(3 * x * max(alpha, sigma), 3 * a, 3 * s), guess, atol=1e-4)


def test_classes_change_the_guess_and_unknown_ones_are_refused():
    who, x = NetworkDenoiser(made(classes=3)), torch.randn(4, 2)
    at = torch.full((4,), 0.7), torch.full((4,), 0.7)
    first, second = (who(x, *at, torch.full((4,), kind)) for kind in (0, 1))
    assert not torch.allclose(first, second)
    assert torch.allclose(who(x, *at), who(x, *at, torch.full((4,), -1)))
    with pytest.raises(InputError, match="classes 0 to 2"):
        who(x, *at, torch.full((4,), 3))


def test_a_loss_needs_noise_of_the_shape_of_points():
    eps, phi = draw_noise((16, 2), torch.Generator().manual_seed(0))
    losses, angles = prediction_loss(made(), torch.randn(16, 2), None, eps, phi)
    assert losses.shape == angles.shape == (16,)


def test_an_unknown_target_is_refused():
    with pytest.raises(InputError, match="target"):
        targets.check("sigma")
