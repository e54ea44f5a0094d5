"""The linear guess: the best there is of Gaussian pictures, and never worse than none."""

import math

import pytest
import torch

from playground.checkpoint import Checkpoint
from playground.diffusion.levels import mix
from playground.models.network import NetworkDenoiser, prediction_loss
from playground.models.networks import network_config
from playground.models.unet import UNet, UNetConfig
from playground.models.wiener import Wiener, cosines, hats
from playground.resources import SHIPPED

ANGLES = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 1.5]


def field(count, size=16, channels=3, seed=0):
    """Gaussian pictures whose power falls with the frequency, differently for grey and colours."""
    g = torch.Generator().manual_seed(seed)
    k = torch.arange(size) / (2 * size)
    power = 1 / (0.1 + 40 * torch.hypot(k, k[:, None])) ** 2
    power = power * torch.tensor([4.0, 1.0, 0.5])[:channels, None, None]
    there = torch.randn(count, channels, size, size, generator=g) * power.sqrt()
    x = cosines(size).T @ there @ cosines(size)
    return torch.einsum("dc,bdhw->bchw", cosines(channels), x) * 0.3 + 0.2


def untrained(x, wiener=True):
    torch.manual_seed(0)
    size, channels = x.shape[-1], x.shape[1]
    network = UNet(UNetConfig(channels, size, 0, (16, 16), (1, 1), wiener=wiener))
    if wiener:
        network.wiener.fit(x)
    return network


def error(denoiser, x0, phi):
    eps = torch.randn(x0.shape, generator=torch.Generator().manual_seed(1))
    alpha, sigma = torch.full((len(x0),), math.cos(phi)), torch.full((len(x0),), math.sin(phi))
    return float((denoiser(mix(x0, eps, alpha, sigma), alpha, sigma) - x0).square().mean())


@pytest.mark.parametrize("n", [1, 3, 16, 20])
def test_the_waves_are_orthonormal(n):
    torch.testing.assert_close(cosines(n) @ cosines(n).T, torch.eye(n))


@pytest.mark.parametrize("n", [16, 20, 32, 64])
def test_between_two_knots_nothing_is_lost(n):
    torch.testing.assert_close(hats(n).sum(0), torch.ones(n * n))


@pytest.mark.parametrize("phi", ANGLES)
def test_untrained_it_is_no_worse_than_the_best_that_knows_one_power_for_all(phi):
    """Against the identity x / alpha, the mean, and the best mix of both for white pictures."""
    x, new = field(400), field(100, seed=2)
    found = error(NetworkDenoiser(untrained(x)), new, phi)
    variance, tan2 = float(x.var()), math.tan(phi) ** 2
    assert found < 1.01 * min(variance, tan2)
    assert found < 1.01 * variance * tan2 / (variance + tan2)


@pytest.mark.parametrize("phi", ANGLES)
def test_untrained_it_is_the_posterior_mean_of_gaussian_pictures(phi):
    """Its error is what theory gives: the mean over waves of P s^2 / (a^2 P + s^2)."""
    x, new = field(2000), field(400, seed=2)
    k = torch.arange(16) / 32
    power = 0.09 / (0.1 + 40 * torch.hypot(k, k[:, None])) ** 2
    power = power * torch.tensor([4.0, 1.0, 0.5])[:, None, None]
    a2, s2 = math.cos(phi) ** 2, math.sin(phi) ** 2
    least = float((power * s2 / (a2 * power + s2)).mean())
    assert error(NetworkDenoiser(untrained(x)), new, phi) == pytest.approx(least, rel=0.05)


@pytest.mark.parametrize("phi", ANGLES)
def test_few_flat_pictures_are_guessed_better_than_without(phi):
    g = torch.Generator().manual_seed(0)
    colours = torch.rand(60, 3, 1, 1, generator=g) * 2 - 1
    x = torch.ones(60, 3, 16, 16)
    x[:, :, 4:12, 4:12] = colours  # squares on white
    network = untrained(x[:50])
    plain = NetworkDenoiser(untrained(x[:50], wiener=False))
    assert error(NetworkDenoiser(network), x[50:], phi) < error(plain, x[50:], phi)


def test_of_unit_power_and_no_mean_it_says_nothing():
    u = torch.randn(2, 3, 16, 16)
    assert Wiener(3, 16, 12.0)(u, torch.tensor([-5.0, 5.0])).abs().max() < 1e-5


@pytest.mark.parametrize("size", [16, 20, 64])
def test_a_power_found_at_one_size_serves_another(size):
    """White pictures have the same power at every frequency, whatever their size."""
    wiener = Wiener(1, 32, 12.0)
    wiener.fit(0.5 * torch.randn(400, 1, size, size, generator=torch.Generator().manual_seed(0)))
    assert wiener.log_power.exp().sub(0.25).abs().max() < 0.03
    u = torch.randn(2, 1, 32, 32)
    expected = 0.5 * (1 - 0.25) / (0.5 * 0.25 + 0.5) * u
    torch.testing.assert_close(wiener(u, torch.zeros(2)), expected, atol=0.1, rtol=0)


def test_a_picture_that_never_changes_makes_no_infinity():
    wiener = Wiener(3, 16, 12.0)
    wiener.fit(torch.ones(3, 3, 16, 16))
    v = wiener(torch.randn(3, 3, 16, 16), torch.tensor([-math.inf, 0.0, math.inf]))
    assert torch.isfinite(v).all()


def test_half_precision_leaves_it_whole():
    wiener, u = Wiener(3, 16, 12.0), torch.randn(2, 3, 16, 16)
    wiener.fit(field(50))
    whole = wiener(u, torch.zeros(2))
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(wiener(u, torch.zeros(2)), whole)


def test_training_moves_the_weights_and_not_the_guess():
    x = field(8)
    network = untrained(x)
    before = {name: value.clone() for name, value in network.wiener.state_dict().items()}
    assert not list(network.wiener.parameters())
    losses, _ = prediction_loss(network, x, None, torch.randn_like(x), torch.linspace(0.1, 1.5, 8))
    losses.mean().backward()
    assert network.exit[-1].weight.grad.abs().max() > 0
    assert all(torch.equal(before[n], v) for n, v in network.wiener.state_dict().items())


def test_a_checkpoint_holds_it(tmp_path):
    x = field(20)
    network = untrained(x)
    Checkpoint(network.config, network.state_dict()).save(tmp_path / "m.safetensors")
    again = Checkpoint.load(tmp_path / "m.safetensors").build()
    for phi in ANGLES:
        assert error(again, x, phi) == pytest.approx(error(NetworkDenoiser(network), x, phi))


def test_a_description_from_before_it_has_none():
    old = {"channels": 3, "size": 16, "widths": [16, 16], "blocks": [1, 1]}
    assert network_config(old).wiener is False


@pytest.mark.parametrize("name", ["digits", "emoji", "emoji-fast"])
def test_the_shipped_checkpoints_are_what_they_were(name):
    shipped = Checkpoint.load(SHIPPED / f"{name}.safetensors")
    assert shipped.config.wiener is False
    assert shipped.build().network.wiener is None
