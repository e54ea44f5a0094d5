"""The predictor-corrector beside diffusers' corrector, on the same noise."""

import pytest
import torch
from diffusers import ScoreSdeVeScheduler
from diffusers.schedulers import scheduling_sde_ve as module

import playground as pg
from playground.diffusion.levels import Level


def test_without_correctors_it_is_ddpm(wave, path_to):
    none = pg.samplers.get("predictor_corrector", correctors=0)
    assert torch.equal(wave.run(none, path_to), wave.run(pg.samplers.get("ddpm"), path_to))


@pytest.mark.parametrize("size", ["expected", "measured"])
def test_the_corrector_is_that_of_diffusers(wave, path, monkeypatch, size):
    now, then = (Level(1.0, level.sigma / level.alpha) for level in path[1:3])
    asked = []

    def denoise(x, level):
        asked.append(x)
        return wave.x0(x, level.sigma)

    sampler = pg.samplers.get("predictor_corrector", snr=0.2, correctors=1, size=size)
    ((got, _),) = sampler(denoise, wave.start, [now, then], wave.noise())
    predicted, z = asked[1], wave.noises[1]
    peer = ScoreSdeVeScheduler(snr=0.2)
    peer.set_timesteps(10)
    for i in range(2):  # one picture at a time, since diffusers takes the norms' mean over a batch
        x, its = predicted[i : i + 1], z[i : i + 1]
        score = -wave.eps(x, then.sigma) / then.sigma
        if size == "expected":  # of noise and of an exact score: norms sqrt(d) and sqrt(d) / sigma
            step = 2 * (0.2 * then.sigma) ** 2
            corrected = x + step * score + (2 * step) ** 0.5 * its
        else:
            monkeypatch.setattr(module, "randn_tensor", lambda *_, its=its, **__: its)
            corrected = peer.step_correct(score, x).prev_sample
        torch.testing.assert_close(got[i : i + 1], corrected)


@pytest.mark.parametrize("size", ["expected", "measured"])
def test_langevin_steps_settle_at_the_level(size):
    # of one known picture, x at a level is N(alpha x0, sigma^2), whatever it was before
    only, level = torch.full((1, 400), 0.3), Level(0.8, 0.6)
    sampler = pg.samplers.get("predictor_corrector", correctors=10, snr=0.16, size=size)
    frames = pg.sample(
        pg.ideal_denoiser(only),
        "flow",
        sampler,
        seeds=range(20),
        x=torch.zeros(20, 400),
        grid=[level] * 11,
    )
    *_, end = frames
    eps = (end.x - 0.8 * only) / 0.6
    assert float(eps.mean()) == pytest.approx(0, abs=0.06)  # 5 standard errors of 8,000 draws
    # Langevin steps of finite length make it wider by 1 / sqrt(1 - snr^2)
    assert float(eps.std()) == pytest.approx((1 - 0.16**2) ** -0.5, abs=0.04)
