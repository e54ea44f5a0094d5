import torch

from playground.spaces.spectrum import band_power, band_powers


def waves(cycles, size=32, down=False):
    line = torch.cos(2 * torch.pi * cycles * torch.arange(size) / size)
    x = line[:, None].expand(size, size) if down else line[None].expand(size, size)
    return x[None, None]


def test_standard_noise_has_power_one_in_every_band():
    x = torch.randn(256, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    power = band_power(x)
    assert power.shape == (16,)
    assert torch.allclose(power, torch.ones(16).double(), atol=0.03)


def test_a_wave_is_in_its_own_band_only_and_the_mean_in_none():
    for down in (False, True):
        for cycles in (1, 5, 15, 16):
            power = band_power(waves(cycles, down=down) + 7)
            assert int(power.argmax()) == cycles - 1
            assert power.sum() - power.max() < 1e-6 * power.max()


def test_it_is_the_mean_over_rings_of_the_whole_plane():
    x = torch.randn(3, 1, 18, 22, generator=torch.Generator().manual_seed(1))
    power = torch.fft.fft2(x.double(), norm="ortho").abs().square().mean((0, 1))
    down, across = torch.fft.fftfreq(18, 1 / 18), torch.fft.fftfreq(22, 1 / 22)
    ring = torch.hypot(down[:, None], across[None]).round()
    expected = torch.stack([power[ring == band].mean() for band in range(1, 10)])
    assert torch.allclose(band_power(x), expected, rtol=1e-5)


def test_several_batches_at_once_are_the_same_as_one_by_one():
    x = torch.randn(4, 2, 3, 16, 16, generator=torch.Generator().manual_seed(2))
    assert torch.allclose(band_powers(x), torch.stack([band_power(part) for part in x]))


def test_what_is_added_without_relation_adds_its_power():
    g = torch.Generator().manual_seed(1)
    coarse = torch.randn(64, 1, 4, 4, generator=g).repeat_interleave(4, 2).repeat_interleave(4, 3)
    noise = torch.randn(64, 1, 16, 16, generator=g)
    power = band_power(0.8 * coarse + 0.6 * noise)
    torch.testing.assert_close(power, 0.64 * band_power(coarse) + 0.36, atol=0.1, rtol=0.1)
