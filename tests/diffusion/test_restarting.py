"""Churn, restarts and consistency beside diffusers' and the papers' updates, on the same noise."""

import math
from itertools import pairwise

import pytest
import torch
from diffusers import CMStochasticIterativeScheduler, EDMEulerScheduler
from diffusers.schedulers import scheduling_consistency_models as cm_module
from diffusers.schedulers import scheduling_edm_euler as edm_module

import playground as pg

CLOSE = {"rtol": 1e-4, "atol": 1e-5}  # diffusers computes a step in float32
CHURN = {"churn": 3.0, "s_min": 0.1, "s_max": 5.0, "s_noise": 1.05}


def ratios(path):
    return torch.tensor([level.sigma / level.alpha for level in path], dtype=torch.float64)


def test_euler_with_churn_is_that_of_diffusers(wave, path_to, monkeypatch):
    draw = wave.noise()
    monkeypatch.setattr(edm_module, "randn_tensor", lambda *_, **__: draw())
    peer = EDMEulerScheduler()
    # diffusers asks the network before it adds the noise, the paper after
    peer.precondition_outputs = lambda x, _, sigma: wave.x0(x.double(), sigma)
    peer.set_timesteps(len(path_to) - 1)
    peer.sigmas, x = ratios(path_to), wave.start
    for t in peer.timesteps:
        peer.scale_model_input(x, t)
        x = peer.step(x, t, x, s_churn=3.0, s_tmin=0.1, s_tmax=5.0, s_noise=1.05).prev_sample
    got = wave.run(pg.samplers.get("edm_stochastic", **CHURN, solver="euler"), path_to)
    torch.testing.assert_close(got, x, **CLOSE)


def karras_algorithm_2(wave, x, sigmas, s_churn, s_tmin, s_tmax, s_noise):
    noise, count = wave.noise(), len(sigmas) - 1
    for t, t_next in pairwise(sigmas):
        gamma = min(s_churn / count, math.sqrt(2) - 1) if s_tmin <= t <= s_tmax else 0.0
        t_hat = t + gamma * t
        if gamma:
            x = x + math.sqrt(t_hat**2 - t**2) * s_noise * noise()
        d = (x - wave.x0(x, t_hat)) / t_hat
        there = x + (t_next - t_hat) * d
        if t_next != 0:
            d_there = (there - wave.x0(there, t_next)) / t_next
            there = x + (t_next - t_hat) * (d + d_there) / 2
        x = there
    return x


@pytest.mark.parametrize("churn", [0.0, 1.0, 3.0, 50.0])
def test_churn_is_algorithm_2_of_the_paper(wave, path_to, churn):
    sampler = pg.samplers.get("edm_stochastic", **{**CHURN, "churn": churn, "variable": "sigma"})
    expected = karras_algorithm_2(
        wave, wave.start, ratios(path_to).tolist(), churn, *list(CHURN.values())[1:]
    )
    torch.testing.assert_close(wave.run(sampler, path_to), expected)


@pytest.mark.parametrize("schedule", pg.schedules.names())
@pytest.mark.parametrize("variable", ["angle", "sigma"])
def test_without_churn_or_restarts_they_are_heun(wave, schedule, variable):
    grid = pg.schedules.get(schedule).grid(7)
    plain = wave.run(pg.samplers.get("heun", variable=variable), grid)
    for name, knobs in (
        ("edm_stochastic", {"churn": 0.0}),
        ("edm_stochastic", {"s_min": 2.0, "s_max": 1.0}),
        ("restart", {"restarts": 0}),
    ):
        got = wave.run(pg.samplers.get(name, variable=variable, **knobs), grid)
        assert torch.equal(got, plain)
    euler = wave.run(pg.samplers.get("edm_stochastic", churn=0.0, solver="euler"), grid)
    assert torch.equal(euler, wave.run(pg.samplers.get("ddim"), grid))


def xu_restart(wave, x, sigmas, restarts, inner, t_min, t_max):
    """The authors' sampler: Heun's steps, and an interval repeated at the level next to t_min."""
    noise = wave.noise()

    def heun(x, a, b):
        d = (x - wave.x0(x, a)) / a
        there = x + (b - a) * d
        return there if b == 0 else x + (b - a) * (d + (there - wave.x0(there, b)) / b) / 2

    turn = min((s for s in sigmas if s > 0), key=lambda s: abs(s - t_min))
    for a, b in pairwise(sigmas):
        x = heun(x, a, b)
        if b == turn:
            part = torch.arange(inner + 1, dtype=torch.float64) / inner
            ends = t_max ** (1 / 7), b ** (1 / 7)
            ladder = ((ends[0] + part * (ends[1] - ends[0])) ** 7).tolist()
            for _ in range(restarts):
                x = x + math.sqrt(t_max**2 - b**2) * noise()
                for c, d in pairwise(ladder):
                    x = heun(x, c, d)
    return x


@pytest.mark.parametrize(
    "restarts, inner, s_min, s_max", [(1, 1, 0.1, 0.3), (3, 2, 0.55, 2.0), (2, 5, 0.06, 9.0)]
)
def test_restart_is_that_of_the_authors(wave, path_to, restarts, inner, s_min, s_max):
    sampler = pg.samplers.get(
        "restart", restarts=restarts, inner=inner, s_min=s_min, s_max=s_max, variable="sigma"
    )
    sigmas = ratios(path_to).tolist()
    expected = xu_restart(wave, wave.start, sigmas, restarts, inner, s_min, s_max)
    torch.testing.assert_close(wave.run(sampler, path_to), expected)


def test_a_grid_without_a_level_below_the_interval_has_no_restart(wave, path_to):
    got = wave.run(pg.samplers.get("restart", s_min=0.01, s_max=0.07), path_to)
    assert torch.equal(got, wave.run(pg.samplers.get("heun"), path_to))


def test_a_restart_lies_inside_one_step_and_its_calls_are_told():
    ideal = pg.ideal_denoiser(torch.tensor([[0.5, -0.3], [-0.8, 0.1]]))
    sampler = pg.samplers.get("restart", restarts=3, inner=2)
    frames = list(pg.sample(ideal, "edm", sampler, steps=18))
    assert len(frames) == 19
    calls = [len(frame.asked) for frame in frames[1:]]
    assert sorted(calls) == [1] + [2] * 16 + [2 + 3 * 2 * 2]
    turned = frames[1 + calls.index(14)]
    assert turned.level.sigma == pytest.approx(0.06, rel=0.5)
    back = turned.asked[2:, 0, 1] / turned.asked[2:, 0, 0]
    assert float(back.max()) == pytest.approx(0.3)
    assert float(back.min()) == pytest.approx(turned.level.sigma)


def test_a_run_taken_up_after_its_restart_has_no_other(wave, path_to):
    sampler = pg.samplers.get("restart", s_min=0.9, s_max=4.0)
    asked = []

    def denoise(x, level):
        asked.append(level)
        return torch.zeros_like(x)

    for start, calls in ((0, 2 + 8), (3, 2 + 8), (4, 2), (5, 2)):
        grid, asked[:] = path_to[start:], []
        steps = sampler(denoise, wave.start, grid, wave.noise())
        most = 0
        for _ in steps:
            most, asked[:] = max(most, len(asked)), []
        assert most == calls, start


def test_a_level_that_repeats_is_a_turn_once(wave, path_to):
    sampler = pg.samplers.get("restart", s_min=0.9, s_max=4.0, variable="sigma")
    twice = [*path_to[:5], *path_to[4:]]
    torch.testing.assert_close(wave.run(sampler, twice), wave.run(sampler, path_to))


def test_consistency_is_that_of_diffusers(wave, path, monkeypatch):
    draw = wave.noise()
    monkeypatch.setattr(cm_module, "randn_tensor", lambda *_, **__: draw())
    path = [*path, pg.schedules.get("edm").level(0.0)]
    peer = CMStochasticIterativeScheduler(sigma_min=1e-4, clip_denoised=False)
    peer.set_timesteps(len(path) - 1)
    peer.sigmas, x = ratios(path), wave.start
    for t, sigma in zip(peer.timesteps, peer.sigmas[:-1], strict=True):
        peer.scale_model_input(x, t)
        c_skip, c_out = peer.get_scalings_for_boundary_condition(sigma)
        x = peer.step((wave.x0(x, sigma) - c_skip * x) / c_out, t, x).prev_sample
    got = wave.run(pg.samplers.get("consistency"), path)
    torch.testing.assert_close(got, x, **CLOSE)
