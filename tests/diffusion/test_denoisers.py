import subprocess
import sys

import pytest
import torch

import playground as pg
from playground.diffusion.levels import mix, score_from_x0
from playground.errors import InputError

G = torch.Generator().manual_seed(3)
DATA = torch.rand(40, 2, 3, 3, generator=G, dtype=torch.float64) * 2 - 1
LABELS = torch.arange(40) % 3


def at(value, count):
    return torch.full((count,), value, dtype=torch.float64)


def brute_force(x, alpha, sigma, data):
    distance = (x[:, None] - alpha * data[None]).flatten(2).square().sum(2)
    weights = torch.softmax(-distance / (2 * sigma**2), 1)
    return torch.einsum("bn,nchw->bchw", weights, data)


@pytest.mark.parametrize("alpha, sigma", [(0.9, 0.4), (0.3, 0.95), (1.0, 5.0), (1.0, 0.05)])
@pytest.mark.parametrize("chunk", [7, 1000])
def test_ideal_is_the_posterior_mean(alpha, sigma, chunk):
    from playground.diffusion.denoisers import ideal_denoiser

    x = mix(DATA[:5], torch.randn(5, 2, 3, 3, generator=G, dtype=torch.float64), alpha, sigma)
    got = ideal_denoiser(DATA, chunk=chunk)(x, at(alpha, 5), at(sigma, 5))
    torch.testing.assert_close(got, brute_force(x, alpha, sigma, DATA), atol=1e-10, rtol=0)


def test_ideal_at_the_ends_is_the_mean_and_the_nearest():
    ideal, x = pg.ideal_denoiser(DATA), DATA[:4] + 1e-3
    torch.testing.assert_close(ideal(x, at(0.0, 4), at(1.0, 4)), DATA.mean(0).expand(4, -1, -1, -1))
    torch.testing.assert_close(ideal(x, at(1.0, 4), at(1e-4, 4)), DATA[:4])
    assert torch.isfinite(ideal(x, at(1.0, 4), at(0.0, 4))).all()


def test_ideal_score_is_the_gradient_of_the_log_density():
    alpha, sigma = 0.8, 0.6
    x = DATA[:3].clone().requires_grad_(True)
    distance = (x[:, None] - alpha * DATA[None]).flatten(2).square().sum(2)
    torch.logsumexp(-distance / (2 * sigma**2), 1).sum().backward()
    x0 = pg.ideal_denoiser(DATA)(x.detach(), at(alpha, 3), at(sigma, 3))
    torch.testing.assert_close(score_from_x0(x.detach(), x0, alpha, sigma), x.grad)


def test_ideal_with_a_class_sees_that_class_only():
    x, cond = torch.zeros(4, 2, 3, 3, dtype=torch.float64), torch.tensor([0, 1, 2, -1])
    got = pg.ideal_denoiser(DATA, LABELS)(x, at(0.7, 4), at(0.7, 4), cond)
    for i in range(3):
        alone = brute_force(x[:1], 0.7, 0.7, DATA[i == LABELS])
        torch.testing.assert_close(got[i : i + 1], alone)
    torch.testing.assert_close(got[3:], brute_force(x[:1], 0.7, 0.7, DATA))
    with pytest.raises(InputError, match="no pictures"):
        pg.ideal_denoiser(DATA, LABELS)(x, at(0.7, 4), at(0.7, 4), torch.full((4,), 9))


def test_labels_that_do_not_match_the_pictures_are_refused():
    with pytest.raises(InputError, match="40 pictures need as many labels; you gave 1"):
        pg.ideal_denoiser(DATA, LABELS[:1])
    with pytest.raises(InputError, match="at least one picture"):
        pg.ideal_denoiser(DATA[:0])


def test_guidance_is_linear_from_no_class_through_the_class():
    ideal = pg.ideal_denoiser(DATA, LABELS)
    x, a, s, cond = DATA[:2], at(0.5, 2), at(0.8, 2), torch.tensor([1, 2])
    free, with_class = ideal(x, a, s), ideal(x, a, s, cond)
    for scale in (0.0, 1.0, 3.5):
        expected = free + scale * (with_class - free)
        torch.testing.assert_close(pg.Guided(ideal, scale)(x, a, s, cond), expected)
    assert pg.Guided(ideal, 2).nfe == 2
    assert torch.equal(pg.Guided(ideal, 2)(x, a, s), free)
    assert pg.Clamped(pg.Guided(ideal, 2)).nfe == 2


def test_clamped_keeps_x0_in_range():
    ideal = pg.ideal_denoiser(DATA * 3)
    got = pg.Clamped(ideal)(DATA[:2], at(0.9, 2), at(0.1, 2))
    assert got.abs().max() <= 1
    assert ideal(DATA[:2], at(0.9, 2), at(0.1, 2)).abs().max() > 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its peak memory")
def test_ten_thousand_pictures_fit_in_a_gigabyte(peak_memory):
    code = f"""
{peak_memory}
import torch
from playground.diffusion.denoisers import ideal_denoiser
ideal = ideal_denoiser(torch.rand(10_000, 3, 32, 32))
ideal(torch.rand(16, 3, 32, 32), torch.full((16,), 0.7), torch.full((16,), 0.7))
print(peak())
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(out.stdout) < 1_000_000


@pytest.mark.parametrize("chunk", [7, 1000])
def test_the_posterior_s_weights_make_the_guess(chunk):
    from playground.diffusion.denoisers import ideal_denoiser

    ideal = ideal_denoiser(DATA, LABELS, chunk=chunk)
    cond = torch.tensor([0, 1, 2, -1, 0])
    for alpha, sigma in ((0.0, 1.0), (0.5, 0.8), (0.9, 0.4), (1.0, 5.0), (1.0, 0.0)):
        x = mix(DATA[:5], torch.randn(5, 2, 3, 3, generator=G, dtype=torch.float64), alpha, sigma)
        for of in (None, cond):
            weights = ideal.posterior(x, at(alpha, 5), at(sigma, 5), of)
            torch.testing.assert_close(weights.sum(1), torch.ones(5, dtype=torch.float64))
            mean = (weights @ DATA.flatten(1)).reshape(x.shape)
            torch.testing.assert_close(mean, ideal(x, at(alpha, 5), at(sigma, 5), of))
        assert torch.equal(
            (weights > 0)[:3] & (cond[:3, None] != LABELS), torch.zeros(3, 40).bool()
        )
    with pytest.raises(InputError, match="no pictures"):
        ideal.posterior(x, at(1.0, 5), at(1.0, 5), torch.full((5,), 9))
