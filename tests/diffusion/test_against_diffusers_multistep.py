"""Higher-order samplers against diffusers' schedulers: the same eps function and levels, float64.

Compared at the last level of noise: the last step to sigma = 0 is the guess itself with us, while
some of them extrapolate to it.
"""

import math

import pytest
import torch
from diffusers import (
    DEISMultistepScheduler,
    IPNDMScheduler,
    KDPM2DiscreteScheduler,
    LMSDiscreteScheduler,
    UniPCMultistepScheduler,
)

import playground as pg
from playground.diffusion.levels import Level

torch.manual_seed(1)
W = torch.randn(6, 6, dtype=torch.float64) / 3
START = torch.randn(2, 6, dtype=torch.float64)
every_count = pytest.mark.parametrize("steps", [2, 5, 30])


def eps_of(x, alpha_bar):
    """Some smooth noise prediction that depends on x / r and on the level."""
    return torch.tanh(x @ W) * (0.5 + alpha_bar) + 0.3 * x


class Predicts:
    """`eps_of` as a Denoiser."""

    shape = (6,)

    def __call__(self, x, alpha, sigma, cond=None):
        a, s = alpha[:, None], sigma[:, None]
        r = torch.hypot(a, s)
        return (x - s * eps_of(x / r, (a / r) ** 2)) / a


def level(ratio):
    return Level(1 / math.hypot(1, ratio), ratio / math.hypot(1, ratio))


def noisy_end(sampler, ratios, x=START):
    """Where ours is at the last of these noise ratios; a last step to clean follows it."""
    grid = [*map(level, ratios), Level(1.0, 0.0)]
    *_, before, _ = pg.sample(Predicts(), "linear", sampler, x=x, seeds=(0, 1), grid=grid)
    return before.x


def close(ours, theirs):
    error = float((ours - theirs).abs().max() / theirs.abs().max())
    assert error < 1e-4, error


def ratios_of(peer, timesteps):
    """The peer's own sigma / alpha at its timesteps, in float64."""
    bars = peer.alphas_cumprod.double()[[int(t) for t in timesteps]]
    return ((1 - bars) / bars).sqrt()


def preserving(peer, x, steps):
    """The peer's steps but the last, where its samples are alpha x0 + sigma eps."""
    peer.set_timesteps(steps)
    ratios = ratios_of(peer, peer.timesteps)
    peer.sigmas = torch.cat([ratios, torch.zeros(1)]).double()
    for t, r in zip(peer.timesteps[:-1], ratios, strict=False):
        x = peer.step(eps_of(x, float(1 / (1 + r**2))), t, x).prev_sample
    return x, ratios.tolist()


@every_count
@pytest.mark.parametrize("order", [1, 2, 3])
def test_unipc(steps, order):
    peer = UniPCMultistepScheduler(
        1000,
        solver_order=order,
        solver_type="bh2",
        predict_x0=True,
        lower_order_final=False,
        final_sigmas_type="zero",
    )
    theirs, ratios = preserving(peer, START, steps)
    close(noisy_end(pg.samplers.get("unipc", order=order), ratios), theirs)


@every_count
@pytest.mark.parametrize("order", [1, 2, 3])
def test_deis(steps, order):
    peer = DEISMultistepScheduler(1000, solver_order=order, lower_order_final=False)
    theirs, ratios = preserving(peer, START, steps)
    close(noisy_end(pg.samplers.get("deis", order=order), ratios), theirs)


@every_count
@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_lms(steps, order):
    peer = LMSDiscreteScheduler(1000)
    peer.set_timesteps(steps)
    ratios = ratios_of(peer, peer.timesteps)
    peer.sigmas = torch.cat([ratios, torch.zeros(1)]).double()
    x = START / level(float(ratios[0])).alpha  # theirs is x / alpha
    for t, r in zip(peer.timesteps[:-1], ratios, strict=False):
        eps = eps_of(peer.scale_model_input(x, t), float(1 / (1 + r**2)))
        x = peer.step(eps, t, x, order=order).prev_sample
    sampler = pg.samplers.get("lms", order=order)
    close(noisy_end(sampler, ratios.tolist()), x * level(float(ratios[-1])).alpha)


@every_count
def test_dpm_2(steps):
    peer = KDPM2DiscreteScheduler(1000, beta_schedule="linear")
    peer.set_timesteps(steps)
    own = [peer.timesteps[0], *peer.timesteps[2::2]][:steps]  # between them are the midpoints
    ratios = ratios_of(peer, own)
    # theirs hold each level twice, but the first, and the midpoint that leads to it
    twice = torch.cat([ratios, torch.zeros(1)]).double()
    peer.sigmas = torch.cat([twice[:1], twice[1:].repeat_interleave(2), twice[-1:]])
    middle = twice.log().lerp(twice.roll(1).log(), 0.5).exp()
    peer.sigmas_interpol = torch.cat([middle[:1], middle[1:].repeat_interleave(2), middle[-1:]])
    x = START / level(float(ratios[0])).alpha
    for i, t in enumerate(peer.timesteps[: 2 * (steps - 1)]):
        first = peer.state_in_first_order
        ratio = peer.sigmas[i] if first else peer.sigmas_interpol[i]
        eps = eps_of(peer.scale_model_input(x, t), float(1 / (1 + ratio**2)))
        x = peer.step(eps, t, x).prev_sample
    close(noisy_end("dpm_2", ratios.tolist()), x * level(float(ratios[-1])).alpha)


@every_count
@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_ipndm(steps, order):
    peer = IPNDMScheduler(1000)
    peer.set_timesteps(steps + 1)
    # theirs begins at alpha = 0 and divides by it there: begin at the level after it
    peer.alphas, peer.betas = peer.alphas[1:].double(), peer.betas[1:].double()
    peer.timesteps = peer.timesteps[1:]
    x = START
    for i, t in enumerate(peer.timesteps[:-1]):
        alpha, sigma = peer.alphas[i], peer.betas[i]
        eps = eps_of(x / (alpha**2 + sigma**2) ** 0.5, float(alpha**2 / (alpha**2 + sigma**2)))
        x = peer.step((eps - sigma * x) / alpha, t, x).prev_sample  # what it makes eps of again
        del peer.ets[: -(order - 1) or None]  # it knows the order 4 only, less while it warms up
    ratios = (peer.betas[:-1] / peer.alphas[:-1]).tolist()
    close(noisy_end(pg.samplers.get("ipndm", order=order), ratios), x)
