"""Ancestral samplers beside diffusers' and k-diffusion's updates, in float64, on the same noise."""

import importlib
import math
import sys
import types
from itertools import pairwise

import pytest
import torch
from diffusers import EulerAncestralDiscreteScheduler
from diffusers.schedulers import scheduling_euler_ancestral_discrete as euler_module

import playground as pg
from playground.diffusion.levels import Level
from playground.diffusion.samplers.base import between, split

CLOSE = {"rtol": 1e-4, "atol": 1e-5}  # diffusers computes a step in float32


def ratios(path):
    return torch.tensor([level.sigma / level.alpha for level in path], dtype=torch.float64)


def test_euler_ancestral_is_that_of_diffusers(wave, path_to, monkeypatch):
    draw = wave.noise()
    monkeypatch.setattr(euler_module, "randn_tensor", lambda *_, **__: draw())
    peer = EulerAncestralDiscreteScheduler()
    peer.set_timesteps(len(path_to) - 1)
    peer.sigmas, x = ratios(path_to), wave.start
    for t, sigma in zip(peer.timesteps, peer.sigmas[:-1], strict=True):
        peer.scale_model_input(x, t)
        x = peer.step(wave.eps(x, sigma), t, x).prev_sample
    got = wave.run(pg.samplers.get("euler_ancestral"), path_to)
    torch.testing.assert_close(got, x, **CLOSE)


def ancestral_step(sigma_from, sigma_to, eta):
    """k-diffusion, get_ancestral_step."""
    up = eta * math.sqrt(sigma_to**2 * (sigma_from**2 - sigma_to**2) / sigma_from**2)
    up = min(sigma_to, up)
    return math.sqrt(sigma_to**2 - up**2), up


def k_euler_ancestral(wave, x, sigmas, eta):
    noise = wave.noise()
    for a, b in pairwise(sigmas):
        down, up = ancestral_step(a, b, eta)
        x = x + (x - wave.x0(x, a)) / a * (down - a)
        x = x + (noise() * up if up else 0)
    return x


def k_dpmpp_2s_ancestral(wave, x, sigmas, eta):
    noise = wave.noise()
    for a, b in pairwise(sigmas):
        down, up = ancestral_step(a, b, eta)
        denoised = wave.x0(x, a)
        if down == 0:
            x = x + (x - denoised) / a * (down - a)
        else:
            t, t_next = -math.log(a), -math.log(down)
            h = t_next - t
            s = t + h / 2
            x_2 = math.exp(-s) / math.exp(-t) * x - math.expm1(-h / 2) * denoised
            denoised_2 = wave.x0(x_2, math.exp(-s))
            x = math.exp(-t_next) / math.exp(-t) * x - math.expm1(-h) * denoised_2
        if up:
            x = x + noise() * up
    return x


class Brownian:
    """A path through sigma that draws what it needs when asked, between points in order."""

    def __init__(self, draw):
        self.draw, self.known = draw, {}

    def at(self, sigma):
        if not self.known:
            self.known[sigma] = 0.0
        if sigma not in self.known:
            near = min(self.known)
            self.known[sigma] = self.known[near] + math.sqrt(near - sigma) * self.draw()
        return self.known[sigma]

    def __call__(self, a, b):
        a, b = round(float(a), 10), round(float(b), 10)
        increment = self.at(a), self.at(b)
        return (increment[1] - increment[0]) / math.sqrt(a - b)


def k_dpmpp_sde(wave, x, sigmas, eta, r):
    noise = Brownian(wave.noise())
    for a, b in pairwise(sigmas):
        denoised = wave.x0(x, a)
        if b == 0:
            x = x + (x - denoised) / a * (b - a)
            continue
        t, t_next = -math.log(a), -math.log(b)
        s = t + (t_next - t) * r
        fac = 1 / (2 * r)
        down, up = ancestral_step(a, math.exp(-s), eta)
        x_2 = down / a * x - math.expm1(t + math.log(down)) * denoised
        x_2 = x_2 + noise(a, math.exp(-s)) * up
        mixed = (1 - fac) * denoised + fac * wave.x0(x_2, math.exp(-s))
        down, up = ancestral_step(a, b, eta)
        x = down / a * x - math.expm1(t + math.log(down)) * mixed
        x = x + noise(a, b) * up
    return x


@pytest.mark.parametrize("eta", [0.0, 0.3, 1.0])
def test_updates_of_k_diffusion(wave, path_to, eta):
    sigmas = ratios(path_to).tolist()
    published = {
        "euler_ancestral": k_euler_ancestral,
        "dpmpp_2s_ancestral": k_dpmpp_2s_ancestral,
    }
    for name, update in published.items():
        got = wave.run(pg.samplers.get(name, eta=eta), path_to)
        torch.testing.assert_close(got, update(wave, wave.start, sigmas, eta))


@pytest.mark.parametrize("r", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("eta", [0.0, 0.3, 1.0])
def test_dpmpp_sde_of_k_diffusion(wave, path_to, eta, r):
    got = wave.run(pg.samplers.get("dpmpp_sde", eta=eta, r=r), path_to)
    expected = k_dpmpp_sde(wave, wave.start, ratios(path_to).tolist(), eta, r)
    torch.testing.assert_close(got, expected)


def test_dpmpp_sde_is_that_of_diffusers(wave, path, monkeypatch):
    # torchsde makes its noise, and the noise is given here
    monkeypatch.setitem(sys.modules, "torchsde", types.ModuleType("torchsde"))
    module = importlib.import_module("diffusers.schedulers.scheduling_dpmsolver_sde")
    path = [*path, Level(1.0, 0.0)]
    peer = module.DPMSolverSDEScheduler()
    peer.set_timesteps(len(path) - 1)
    sigmas = ratios(path)
    peer.sigmas = torch.cat([sigmas[:1], sigmas[1:-1].repeat_interleave(2), sigmas[-1:]])
    peer.noise_sampler = Brownian(wave.noise())
    x = wave.start
    for i, t in enumerate(peer.timesteps):
        halfway = i % 2 == 1
        sigma = peer.mid_point_sigma if halfway else peer.sigmas[i]
        x = peer.step(wave.eps(x, sigma), t, x).prev_sample
    got = wave.run(pg.samplers.get("dpmpp_sde"), path)
    torch.testing.assert_close(got, x, **CLOSE)


def test_the_two_noises_of_dpmpp_sde_belong_to_one_path():
    # alone, each is standard; together they covary as far as the one covers the other
    now, then, seen = Level(0.5, 1.0), Level(0.8, 0.4), []

    def denoise(x, level):
        seen.append(x)
        return torch.zeros_like(x)  # so that x is nothing but noise after each step

    x = torch.zeros(100_000, dtype=torch.float64)
    g = torch.Generator().manual_seed(0)

    def draw():
        return torch.randn(x.shape, generator=g, dtype=torch.float64)

    ((end, _),) = pg.samplers.get("dpmpp_sde", r=0.5)(denoise, x, [now, then], draw)
    middle = between(now, then, 0.5)
    first = seen[1] / split(now, middle, 1.0)[1]
    second = end / split(now, then, 1.0)[1]
    assert float(first.std()) == pytest.approx(1, abs=0.012)  # 5 standard errors
    assert float(second.std()) == pytest.approx(1, abs=0.012)
    covered = (2 - middle.sigma / middle.alpha) / (2 - 0.5)
    assert float((first * second).mean()) == pytest.approx(math.sqrt(covered), abs=0.02)


@pytest.mark.parametrize("schedule", pg.schedules.names())
def test_full_eta_is_ddpm_and_none_is_euler(wave, schedule):
    grid = pg.schedules.get(schedule).grid(7)
    for eta, same in ((1.0, "ddpm"), (0.0, "ddim")):
        got = wave.run(pg.samplers.get("euler_ancestral", eta=eta), grid)
        assert torch.equal(got, wave.run(pg.samplers.get(same), grid))


@pytest.mark.parametrize("name", ["dpmpp_2s_ancestral", "dpmpp_sde"])
def test_without_fresh_noise_they_are_deterministic_and_agree(wave, path_to, name):
    still = wave.run(pg.samplers.get(name, eta=0.0), path_to)
    plain = wave.run(pg.samplers.get("dpmpp_2s_ancestral", eta=0.0), path_to)
    torch.testing.assert_close(still, plain)  # with r = 1/2 both are DPM-Solver++ (2S)
