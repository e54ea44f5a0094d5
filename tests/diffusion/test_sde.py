"""SDE samplers beside diffusers' and k-diffusion's updates, in float64, on the same noise."""

import math
from itertools import pairwise

import pytest
import torch
from diffusers import DPMSolverMultistepScheduler, SASolverScheduler
from diffusers.schedulers import scheduling_sasolver as sa_module

import playground as pg
from playground.diffusion.levels import Level

CLOSE = {"rtol": 1e-4, "atol": 1e-5}  # diffusers computes a step in float32


def ratios(path):
    return torch.tensor([level.sigma / level.alpha for level in path], dtype=torch.float64)


def scaled(path):
    """Ratios to the end's alpha of a variance-preserving path, on which diffusers' x live."""
    return (1 + ratios(path) ** 2).sqrt()


def run_multistep(wave, path, kind=DPMSolverMultistepScheduler, **config):
    peer = kind(
        lower_order_final=False,
        final_sigmas_type="zero" if path[-1].sigma == 0 else "sigma_min",
        **config,
    )
    peer.set_timesteps(len(path) - 1)
    peer.sigmas, draw, x = ratios(path), wave.noise(), wave.start / scaled(path)[0]
    for t, sigma, size in zip(peer.timesteps, peer.sigmas[:-1], scaled(path)[:-1], strict=True):
        noise = draw() if config["algorithm_type"].startswith("sde") else None
        x = peer.step(wave.eps(x * size, sigma), t, x, variance_noise=noise).prev_sample
    return x * scaled(path)[-1]


@pytest.mark.parametrize("solver", ["midpoint", "heun"])
def test_dpmpp_2m_sde_is_that_of_diffusers(wave, path_to, solver):
    theirs = run_multistep(
        wave, path_to, algorithm_type="sde-dpmsolver++", solver_order=2, solver_type=solver
    )
    got = wave.run(pg.samplers.get("dpmpp_2m_sde", solver=solver), path_to)
    torch.testing.assert_close(got, theirs, **CLOSE)


def test_dpmpp_3m_without_fresh_noise_is_that_of_diffusers(wave, path_to):
    theirs = run_multistep(
        wave, path_to, algorithm_type="dpmsolver++", solver_order=3, solver_type="heun"
    )
    got = wave.run(pg.samplers.get("dpmpp_3m_sde", eta=0.0), path_to)
    torch.testing.assert_close(got, theirs, **CLOSE)


class Mended(DPMSolverMultistepScheduler):
    """Its order 3 subtracts 1/2 of D2 where its ODE, and k-diffusion's SDE, add it."""

    def multistep_dpm_solver_third_order_update(self, model_outputs, *, sample, noise):
        x = super().multistep_dpm_solver_third_order_update(
            model_outputs, sample=sample, noise=noise
        )
        ends = self.sigmas[self.step_index - 2 : self.step_index + 2].log()
        h_1, h_0, h = -ends.diff()
        slopes = [
            (model_outputs[-1] - model_outputs[-2]) * h / h_0,
            (model_outputs[-2] - model_outputs[-3]) * h / h_1,
        ]
        alpha = 1 / (1 + self.sigmas[self.step_index + 1] ** 2).sqrt()
        return x + alpha * (slopes[0] - slopes[1]) * h / (h_0 + h_1)


def test_dpmpp_3m_sde_is_that_of_diffusers_with_one_sign_mended(wave, path_to):
    theirs = run_multistep(
        wave,
        path_to,
        Mended,
        algorithm_type="sde-dpmsolver++",
        solver_order=3,
        solver_type="heun",
    )
    got = wave.run(pg.samplers.get("dpmpp_3m_sde"), path_to)
    torch.testing.assert_close(got, theirs, **CLOSE)


def k_dpmpp_2m_sde(wave, x, sigmas, eta, solver):
    """k-diffusion, sample_dpmpp_2m_sde."""
    noise, old, h_last = wave.noise(), None, None
    for a, b in pairwise(sigmas):
        denoised = wave.x0(x, a)
        if b == 0:
            x = denoised
            continue
        h = math.log(a) - math.log(b)
        eta_h = eta * h
        x = b / a * math.exp(-eta_h) * x - math.expm1(-h - eta_h) * denoised
        if old is not None:
            r = h_last / h
            if solver == "heun":
                weight = -math.expm1(-h - eta_h) / (-h - eta_h) + 1
            else:
                weight = -0.5 * math.expm1(-h - eta_h)
            x = x + weight * (1 / r) * (denoised - old)
        if eta:
            x = x + noise() * b * math.sqrt(-math.expm1(-2 * eta_h))
        old, h_last = denoised, h
    return x


def k_dpmpp_3m_sde(wave, x, sigmas, eta):
    """k-diffusion, sample_dpmpp_3m_sde."""
    noise = wave.noise()
    denoised_1 = denoised_2 = h_1 = h_2 = None
    for a, b in pairwise(sigmas):
        denoised = wave.x0(x, a)
        if b == 0:
            x = denoised
            continue
        h = math.log(a) - math.log(b)
        h_eta = h * (eta + 1)
        x = math.exp(-h_eta) * x - math.expm1(-h_eta) * denoised
        phi_2 = math.expm1(-h_eta) / h_eta + 1
        if h_2 is not None:
            r0, r1 = h_1 / h, h_2 / h
            d1_0, d1_1 = (denoised - denoised_1) / r0, (denoised_1 - denoised_2) / r1
            d1 = d1_0 + (d1_0 - d1_1) * r0 / (r0 + r1)
            d2 = (d1_0 - d1_1) / (r0 + r1)
            x = x + phi_2 * d1 - (phi_2 / h_eta - 0.5) * d2
        elif h_1 is not None:
            x = x + phi_2 * (denoised - denoised_1) / (h_1 / h)
        if eta:
            x = x + noise() * b * math.sqrt(-math.expm1(-2 * h * eta))
        denoised_1, denoised_2, h_1, h_2 = denoised, denoised_1, h, h_1
    return x


@pytest.mark.parametrize("eta", [0.0, 0.4, 1.0])
def test_updates_of_k_diffusion(wave, path_to, eta):
    sigmas = ratios(path_to).tolist()
    for solver in ("midpoint", "heun"):
        got = wave.run(pg.samplers.get("dpmpp_2m_sde", eta=eta, solver=solver), path_to)
        torch.testing.assert_close(got, k_dpmpp_2m_sde(wave, wave.start, sigmas, eta, solver))
    got = wave.run(pg.samplers.get("dpmpp_3m_sde", eta=eta), path_to)
    torch.testing.assert_close(got, k_dpmpp_3m_sde(wave, wave.start, sigmas, eta))


def run_sa(wave, path, monkeypatch, tau, predictor, corrector):
    draw = wave.noise()
    monkeypatch.setattr(sa_module, "randn_tensor", lambda *_, **__: draw())
    peer = SASolverScheduler(
        predictor_order=predictor,
        corrector_order=corrector,
        tau_func=lambda t: torch.tensor(tau, dtype=torch.float64),
        lower_order_final=False,
    )
    peer.set_timesteps(len(path) - 1)
    peer.sigmas, x = ratios(path), wave.start / scaled(path)[0]
    x0s = peer.convert_model_output

    def convert(output, *, sample):  # the network is asked at x, which the corrector changes later
        size = scaled(path)[peer.step_index]
        return x0s(wave.eps(sample * size, peer.sigmas[peer.step_index]), sample=sample)

    peer.convert_model_output = convert
    for t in peer.timesteps:
        x = peer.step(x, t, x).prev_sample
    return x * scaled(path)[-1]


@pytest.mark.parametrize("tau", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("predictor, corrector", [(1, 1), (2, 2), (3, 3), (3, 1), (4, 4), (2, 4)])
def test_sa_solver_is_that_of_diffusers(wave, path, monkeypatch, tau, predictor, corrector):
    theirs = run_sa(wave, path, monkeypatch, tau, predictor, corrector)
    sampler = pg.samplers.get(
        "sa_solver", predictor=predictor, corrector=corrector, tau=tau, weights="few steps"
    )
    torch.testing.assert_close(wave.run(sampler, path), theirs, **CLOSE)


@pytest.mark.parametrize("tau", [0.0, 0.6, 1.0])
def test_sa_solver_integrates_its_lines_and_parabolas_exactly(wave, path_to, tau):
    for predictor, name, knobs in [
        (2, "dpmpp_2m_sde", {"solver": "heun"}),
        (3, "dpmpp_3m_sde", {"curvature": "exact"}),
    ]:
        sampler = pg.samplers.get("sa_solver", predictor=predictor, corrector=0, tau=tau)
        same = pg.samplers.get(name, eta=tau**2, **knobs)
        torch.testing.assert_close(wave.run(sampler, path_to), wave.run(same, path_to))


def test_without_fresh_noise_they_are_the_deterministic_samplers(wave, path_to):
    for name, knobs, same in [
        ("dpmpp_2m_sde", {"eta": 0.0}, "dpmpp_2m"),
        ("sa_solver", {"tau": 0.0, "predictor": 1, "corrector": 0}, "ddim"),
    ]:
        got = wave.run(pg.samplers.get(name, **knobs), path_to)
        torch.testing.assert_close(got, wave.run(pg.samplers.get(same), path_to))


def test_full_noise_and_one_guess_is_ddpm(wave, path_to):
    one = pg.samplers.get("sa_solver", tau=1.0, predictor=1, corrector=0)
    torch.testing.assert_close(wave.run(one, path_to), wave.run(pg.samplers.get("ddpm"), path_to))


@pytest.mark.parametrize(
    "name, knobs, order",
    [
        ("dpmpp_2m_sde", {}, 2),
        ("dpmpp_2m_sde", {"solver": "heun"}, 2),
        ("dpmpp_3m_sde", {}, 2),
        ("dpmpp_3m_sde", {"curvature": "exact"}, 3),
        ("sa_solver", {"predictor": 2, "corrector": 0}, 2),
        ("sa_solver", {"predictor": 2, "corrector": 3}, 3),
        ("sa_solver", {"predictor": 3, "corrector": 4}, 4),
    ],
)
def test_order_of_convergence_without_fresh_noise(wave, name, knobs, order):
    quiet = pg.samplers.get(
        name, **knobs, **({"tau": 0.0} if name == "sa_solver" else {"eta": 0.0})
    )

    def end(sampler, steps):
        # the first steps are short, so that those taken while memory fills do not count
        ratios = [math.exp(2 - 4 * (i / steps) ** 2) for i in range(steps + 1)]
        return wave.run(sampler, [Level(1.0, s) for s in ratios])

    truth = end(pg.samplers.get("sa_solver", predictor=4, corrector=4, tau=0.0), 1000)
    coarse, fine = (float((end(quiet, n) - truth).abs().max()) for n in (80, 160))
    assert math.log2(coarse / fine) == pytest.approx(order, abs=0.35)
