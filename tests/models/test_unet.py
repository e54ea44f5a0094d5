import pytest
import torch

from playground.errors import InputError
from playground.models.network import NetworkDenoiser, draw_noise, prediction_loss
from playground.models.unet import UNet, UNetConfig


def made(channels=3, size=16, classes=0, seed=0):
    torch.manual_seed(seed)
    network = UNet(UNetConfig(channels, size, classes, (16, 16, 24), (1, 1, 1)))
    for p in network.parameters():
        torch.nn.init.normal_(p, std=0.1)
    return network


def at(value, count=2):
    return torch.full((count,), value)


@pytest.mark.parametrize("channels", [1, 2, 3])
@pytest.mark.parametrize("size", [16, 20, 32, 64])
def test_any_channels_and_any_size_divisible_by_four(channels, size):
    x = torch.randn(2, channels, size, size)
    out = NetworkDenoiser(made(channels, size))(x, at(0.6), at(0.8))
    assert out.shape == x.shape
    assert torch.isfinite(out).all()


def test_x0_is_exact_where_there_is_no_noise():
    x = torch.randn(2, 3, 16, 16)
    denoiser = NetworkDenoiser(made())
    torch.testing.assert_close(denoiser(x, at(1.0), at(0.0)), x)
    assert (denoiser(x, at(1.0), at(1e-4)) - x).abs().max() < 1e-2
    assert (denoiser(x, at(0.5), at(0.9)) - x).abs().max() > 1e-2


def test_the_network_sees_the_level_and_not_its_radius():
    x, denoiser = torch.randn(2, 3, 16, 16), NetworkDenoiser(made())
    a = denoiser(x, at(0.6), at(0.8))
    torch.testing.assert_close(denoiser(5 * x, at(3.0), at(4.0)), a, atol=1e-5, rtol=1e-4)


def test_the_network_sees_the_level_up_to_its_limit():
    network, u = made(), torch.randn(2, 3, 16, 16)
    assert not torch.allclose(network(u, at(-2.0)), network(u, at(2.0)), atol=1e-3)
    assert torch.equal(network(u, at(12.0)), network(u, at(float("inf"))))
    assert torch.equal(network(u, at(-12.0)), network(u, at(-float("inf"))))


def test_as_sigma_falls_x0_comes_as_near_as_the_noise_is_small():
    x, denoiser = torch.randn(2, 3, 16, 16), NetworkDenoiser(made())
    off = [float((denoiser(x, at(1.0), at(s)) - x).abs().max()) for s in (1e-2, 1e-3, 1e-4)]
    assert off[0] > 5 * off[1] > 25 * off[2] > 0


def test_pure_noise_and_clean_are_finite():
    denoiser, x = NetworkDenoiser(made()), torch.randn(2, 3, 16, 16)
    assert torch.isfinite(denoiser(x, at(0.0), at(1.0))).all()
    assert torch.isfinite(denoiser(x, at(1.0), at(80.0))).all()


def test_class_minus_one_is_no_class():
    x, denoiser = torch.randn(2, 3, 16, 16), NetworkDenoiser(made(classes=4))
    none = denoiser(x, at(0.6), at(0.8))
    torch.testing.assert_close(denoiser(x, at(0.6), at(0.8), torch.tensor([-1, -1])), none)
    mixed = denoiser(x, at(0.6), at(0.8), torch.tensor([-1, 1]))
    torch.testing.assert_close(mixed[:1], none[:1])
    assert not torch.allclose(mixed[1:], none[1:])


def test_a_class_that_is_not_there_is_refused():
    x = torch.randn(2, 3, 16, 16)
    with pytest.raises(InputError, match="classes 0 to 3"):
        NetworkDenoiser(made(classes=4))(x, at(0.6), at(0.8), torch.tensor([0, 4]))
    with pytest.raises(InputError, match="no classes"):
        NetworkDenoiser(made())(x, at(0.6), at(0.8), torch.tensor([0, 0]))


def test_the_noisiest_angle_is_no_trap(monkeypatch):
    # 63 + (1 - 2^-24) rounds to 64, and so phi to pi/2, whose float32 cosine is below 0
    monkeypatch.setattr(torch, "rand", lambda *_, **__: torch.tensor([1 - 2**-24]))
    x0 = torch.randn(64, 1, 16, 16)
    losses, angles = prediction_loss(made(1), x0, None, *draw_noise(x0.shape, torch.Generator()))
    assert float(angles.max()) >= torch.pi / 2 - 1e-6
    assert torch.isfinite(losses).all()


def test_the_loss_is_the_error_of_v_and_covers_the_angles_evenly():
    class Zero(torch.nn.Module):
        def forward(self, u, log_snr, cond=None, augment=None):
            return torch.zeros_like(u)

    x0 = torch.randn(400, 1, 16, 16)
    noise = draw_noise(x0.shape, torch.Generator().manual_seed(0))
    losses, angles = prediction_loss(Zero(), x0, None, *noise)
    assert float(losses.mean()) == pytest.approx(1.0, abs=0.02)  # v of unit data has unit variance
    counts = torch.histc(angles, 4, 0, torch.pi / 2)
    assert (counts - 100).abs().max() <= 1
