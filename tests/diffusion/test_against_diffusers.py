"""Equality with diffusers' schedulers: the same eps function, the same levels, float64."""

import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    HeunDiscreteScheduler,
)

import playground as pg
from playground.diffusion.levels import Level

torch.manual_seed(0)
W = torch.randn(6, 6, dtype=torch.float64) / 3
START = torch.randn(2, 6, dtype=torch.float64)
CLOSE = {"rtol": 1e-4, "atol": 1e-6}


def eps_of(x, alpha_bar):
    """Some smooth noise prediction that depends on x and on the level."""
    return torch.tanh(x @ W) * (0.5 + alpha_bar) + 0.3 * x


class Predicts:
    """`eps_of` as a Denoiser."""

    shape = (6,)

    def __call__(self, x, alpha, sigma, cond=None):
        a, s = alpha[:, None], sigma[:, None]
        r = torch.hypot(a, s)
        return (x - s * eps_of(x / r, (a / r) ** 2)) / a


def level(alpha_bar):
    return Level(float(alpha_bar) ** 0.5, (1 - float(alpha_bar)) ** 0.5)


def grid_of(peer):
    return [level(peer.alphas_cumprod[t]) for t in peer.timesteps] + [Level(1.0, 0.0)]


def run_peer(peer, x, **kwargs):
    for t in peer.timesteps:
        eps = eps_of(x, float(peer.alphas_cumprod[t]))
        x = peer.step(eps, t, x, **kwargs).prev_sample
    return x


def ours(sampler, grid, x):
    *_, end = pg.sample(Predicts(), "linear", sampler, x=x, seeds=(0, 1), grid=grid)
    return end.x


def doubled(peer):
    peer.alphas_cumprod = peer.alphas_cumprod.double()
    return peer


@pytest.mark.parametrize("steps", [1, 5, 50])
@pytest.mark.parametrize("betas", ["linear", "scaled_linear", "squaredcos_cap_v2"])
@pytest.mark.parametrize("spacing", ["leading", "trailing"])
def test_ddim(steps, betas, spacing):
    peer = doubled(
        DDIMScheduler(1000, beta_schedule=betas, timestep_spacing=spacing, clip_sample=False)
    )
    peer.final_alpha_cumprod = torch.tensor(1.0, dtype=torch.float64)
    peer.set_timesteps(steps)
    torch.testing.assert_close(ours("ddim", grid_of(peer), START), run_peer(peer, START), **CLOSE)


@pytest.mark.parametrize("steps", [1, 4, 10])
def test_ddim_from_pure_noise(steps):
    peer = doubled(
        DDIMScheduler(
            1000,
            beta_schedule="linear",
            rescale_betas_zero_snr=True,
            timestep_spacing="trailing",
            prediction_type="sample",
            clip_sample=False,
        )
    )
    peer.final_alpha_cumprod = torch.tensor(1.0, dtype=torch.float64)
    peer.set_timesteps(steps)
    x = START
    for t in peer.timesteps:  # eps cannot be the prediction where alpha is 0
        x = peer.step(torch.tanh(x @ W), t, x).prev_sample

    class Guess:
        shape = (6,)

        def __call__(self, x, alpha, sigma, cond=None):
            return torch.tanh(x @ W)

    grid = pg.schedules.get("zero_snr").grid(steps)
    assert grid[0] == (0.0, 1.0)
    *_, end = pg.sample(Guess(), "zero_snr", "ddim", steps=steps, seeds=(0, 1), x=START)
    torch.testing.assert_close(end.x, x, **CLOSE)


@pytest.mark.parametrize("steps", [1, 5, 50])
def test_dpmpp_2m(steps):
    peer = doubled(
        DPMSolverMultistepScheduler(
            1000, algorithm_type="dpmsolver++", solver_order=2, final_sigmas_type="zero"
        )
    )
    peer.set_timesteps(steps)
    ratio = ((1 - peer.alphas_cumprod) / peer.alphas_cumprod).sqrt()
    peer.sigmas = torch.cat([ratio[peer.timesteps], torch.zeros(1)]).double()
    got = ours("dpmpp_2m", grid_of(peer), START)
    torch.testing.assert_close(got, run_peer(peer, START), **CLOSE)


@pytest.mark.parametrize("steps", [5, 30])
def test_heun_in_sigma(steps):
    peer = doubled(HeunDiscreteScheduler(1000, beta_schedule="linear"))
    peer.set_timesteps(steps)
    ratio = ((1 - peer.alphas_cumprod) / peer.alphas_cumprod).sqrt()
    times = [int(peer.timesteps[0]), *(int(t) for t in peer.timesteps[1::2])]
    sigmas = torch.cat([ratio[times], torch.zeros(1)]).double()
    peer.sigmas = torch.cat([sigmas[:1], sigmas[1:-1].repeat_interleave(2), sigmas[-1:]])
    x = START / level(peer.alphas_cumprod[times[0]]).alpha  # theirs is x / alpha
    for i, t in enumerate(peer.timesteps):
        sigma = float(peer.sigmas[i])
        alpha_bar = 1 / (1 + sigma**2)
        x = peer.step(eps_of(x * alpha_bar**0.5, alpha_bar), t, x).prev_sample
    grid = [level(1 / (1 + float(s) ** 2)) for s in sigmas]
    sampler = pg.samplers.get("heun", variable="sigma")
    torch.testing.assert_close(ours(sampler, grid, START), x, **CLOSE)


def test_heun_in_the_angle_converges_to_the_same():
    grid = pg.schedules.get("linear").grid(1000)
    a = ours("heun", grid, START)
    b = ours(pg.samplers.get("heun", variable="sigma"), grid, START)
    torch.testing.assert_close(a, b, rtol=1e-3, atol=1e-3)


def fresh_noise(count):
    """What the sampler draws in its first step: the seed's first draw belongs to the start."""
    made = [torch.Generator().manual_seed(seed) for seed in range(count)]
    return torch.stack(
        [(torch.randn(6, generator=g), torch.randn(6, generator=g))[1] for g in made]
    ).double()


def one_step(sampler, now, then, count):
    x = START[:1].expand(count, -1)
    *_, end = pg.sample(Predicts(), "linear", sampler, x=x, seeds=range(count), grid=[now, then])
    return end.x


@pytest.mark.parametrize("t", [980, 500, 20])
def test_mean_and_variance_of_a_ddpm_step(t):
    peer = doubled(DDPMScheduler(1000, variance_type="fixed_small", clip_sample=False))
    peer.set_timesteps(50)
    before = t - 20
    bars = peer.alphas_cumprod
    eps = eps_of(START[:1], float(bars[t]))
    variance = float(peer._get_variance(t))
    noise_free = torch.stack(
        [
            peer.step(eps, t, START[:1], generator=torch.Generator().manual_seed(s)).prev_sample
            - variance**0.5
            * torch.randn(
                eps.shape, generator=torch.Generator().manual_seed(s), dtype=torch.float64
            )
            for s in range(2)
        ]
    )
    torch.testing.assert_close(noise_free[0], noise_free[1])
    now = level(bars[t])
    then = level(bars[before]) if before >= 0 else Level(1.0, 0.0)
    got = one_step("ddpm", now, then, 2)
    z = fresh_noise(2)
    torch.testing.assert_close(got - variance**0.5 * z, noise_free[:, 0], **CLOSE)


def test_the_noise_of_ddim_with_eta():
    peer = doubled(DDIMScheduler(1000, clip_sample=False))
    peer.set_timesteps(50)
    now, then = level(peer.alphas_cumprod[500]), level(peer.alphas_cumprod[480])
    plain = one_step("ddim", now, then, 1)
    z = fresh_noise(1)
    for eta in (0.5, 1.0):
        noisy = one_step(pg.samplers.get("ddim", eta=eta), now, then, 1)
        theirs = peer.step(
            eps_of(START[:1], float(peer.alphas_cumprod[500])),
            500,
            START[:1],
            eta=eta,
            variance_noise=z,
        ).prev_sample
        torch.testing.assert_close(noisy, theirs, **CLOSE)
        assert not torch.allclose(noisy, plain)
