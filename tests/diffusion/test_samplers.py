import math
import threading

import pytest
import torch

import playground as pg
from playground.diffusion.denoisers import calls
from playground.diffusion.levels import Level
from playground.errors import InputError
from playground.models.network import NetworkDenoiser
from playground.models.unet import UNet, UNetConfig

every_sampler = pytest.mark.parametrize("sampler", pg.samplers.names())
every_schedule = pytest.mark.parametrize("schedule", pg.schedules.names())
MEAN, STD = 0.4, 0.5


class Gaussian:
    """The exact denoiser of data from N(MEAN, STD^2)."""

    shape = (1,)

    def __call__(self, x, alpha, sigma, cond=None):
        a, s = alpha[:, None], sigma[:, None]
        return MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (x - a * MEAN)


def flow_of_gaussian(x, start, end=Level(1.0, 0.0)):
    """Where the probability flow takes x: the same quantile of the Gaussian at the other level."""

    def spread(level):
        return math.sqrt(level.alpha**2 * STD**2 + level.sigma**2)

    return end.alpha * MEAN + (x - start.alpha * MEAN) * spread(end) / spread(start)


def last(*args, **kwargs):
    *_, frame = pg.sample(*args, **kwargs)
    return frame


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    made = UNet(UNetConfig(1, 16, 3, (16, 16, 16), (1, 1, 1)))
    for p in made.parameters():
        torch.nn.init.normal_(p, std=0.1)  # zero-initialised exits would hide everything
    return NetworkDenoiser(made)


@every_schedule
@every_sampler
@pytest.mark.parametrize("steps", [1, 2, 1000])
def test_every_pair_runs_without_nan(schedule, sampler, steps):
    data = torch.tensor([[0.5, -0.3], [-0.8, 0.1]])
    frames = list(pg.sample(pg.ideal_denoiser(data), schedule, sampler, steps=steps, seeds=(0, 1)))
    assert len(frames) == steps + 1
    assert [f.index for f in frames] == list(range(steps + 1))
    assert frames[0].x0 is None
    assert frames[0].nfe == 0
    assert all(torch.isfinite(f.x).all() for f in frames)
    assert torch.allclose(frames[-1].x, frames[-1].x0, atol=1e-5)
    per_step = {"heun": 2 * steps - 1}
    assert frames[-1].nfe == per_step.get(sampler, steps)


@every_schedule
@every_sampler
@pytest.mark.parametrize("steps", [1, 2, 5, 50])
def test_a_single_picture_is_recovered_exactly(schedule, sampler, steps):
    only = torch.tensor([[0.7, -0.2, 0.05]])
    end = last(pg.ideal_denoiser(only), schedule, sampler, steps=steps, seeds=(4,))
    torch.testing.assert_close(end.x, only, atol=1e-5, rtol=0)


def error_at(sampler, levels):
    x = levels[0].alpha * MEAN + torch.linspace(-2, 2, 9, dtype=torch.float64)[:, None]
    end = last(Gaussian(), "cosine", sampler, x=x, seeds=range(9), grid=levels)
    return float((end.x - flow_of_gaussian(x, levels[0], levels[-1])).abs().max())


def uniform_in_angle(steps):
    phis = [math.pi / 2 * (1 - i / steps) for i in range(steps)]
    return [Level(abs(round(math.cos(p), 15)), math.sin(p)) for p in phis] + [Level(1.0, 0.0)]


def uniform_in_log_snr(steps):
    halves = [-3 + 6 * i / steps for i in range(steps + 1)]
    phis = [math.atan(math.exp(-h)) for h in halves]
    return [Level(math.cos(p), math.sin(p)) for p in phis]


@pytest.mark.parametrize(
    "sampler, grid, order",
    [
        ("ddim", uniform_in_angle, 1),
        ("heun", uniform_in_angle, 2),
        ("ddim", uniform_in_log_snr, 1),
        ("heun", uniform_in_log_snr, 2),
        ("dpmpp_2m", uniform_in_log_snr, 2),
    ],
)
def test_order_of_convergence(sampler, grid, order):
    coarse, fine = error_at(sampler, grid(80)), error_at(sampler, grid(160))
    assert math.log2(coarse / fine) == pytest.approx(order, abs=0.2)


@pytest.mark.parametrize("name, knobs", [("ddpm", {}), ("ddim", {"eta": 1.0})])
@pytest.mark.parametrize("schedule", ["cosine", "flow", "edm", "zero_snr"])
def test_stochastic_samplers_have_the_right_mean_and_variance(name, knobs, schedule):
    sampler = pg.samplers.get(name, **knobs)
    count = 4000
    # to a level short of clean: there the fresh noise still counts
    grid = [*pg.schedules.get(schedule).grid(150)[:100]]
    end = last(Gaussian(), schedule, sampler, seeds=range(count), grid=grid)
    level = grid[-1]
    variance = level.alpha**2 * STD**2 + level.sigma**2
    assert float(end.x.var()) == pytest.approx(variance, rel=0.1)
    off = 5 * math.sqrt(variance / count) + 0.02 * abs(MEAN)
    assert float(end.x.mean()) == pytest.approx(level.alpha * MEAN, abs=off)


@every_sampler
@pytest.mark.parametrize("schedule", ["cosine", "edm"])
def test_a_sample_depends_on_its_own_seed_only(network, sampler, schedule):
    cond = torch.tensor([0, 1, 2, 0, 1])
    batch = last(network, schedule, sampler, steps=6, seeds=range(5), cond=cond)
    for i in (0, 3):
        alone = last(network, schedule, sampler, steps=6, seeds=(i,), cond=[int(cond[i])])
        torch.testing.assert_close(batch.x[i : i + 1], alone.x, atol=1e-5, rtol=1e-5)


@every_sampler
def test_the_same_seed_gives_the_same_picture_in_any_thread(network, sampler):
    here = last(network, "cosine", sampler, steps=4, seeds=(7,)).x
    there = []
    thread = threading.Thread(
        target=lambda: there.append(last(network, "cosine", sampler, steps=4, seeds=(7,)).x)
    )
    torch.manual_seed(123)  # the global generator plays no part
    thread.start()
    thread.join()
    torch.testing.assert_close(here, there[0], atol=1e-5, rtol=1e-5)
    assert not torch.allclose(here, last(network, "cosine", sampler, steps=4, seeds=(8,)).x)


def test_ddpm_is_ddim_with_full_eta(network):
    eta = pg.samplers.get("ddim", eta=1.0)
    a = last(network, "linear", "ddpm", steps=5, seeds=(1, 2))
    b = last(network, "linear", eta, steps=5, seeds=(1, 2))
    torch.testing.assert_close(a.x, b.x)


def test_gradients_stay_on_in_the_consumer(network):
    for _ in pg.sample(network, "cosine", steps=2):
        assert torch.is_grad_enabled()
    *_, end = pg.sample(network, "cosine", steps=2)
    assert not end.x.requires_grad
    assert not end.x.is_inference()


def test_closing_stops_the_work(network):
    frames = pg.sample(network, "cosine", steps=1000)
    next(frames), next(frames)
    frames.close()
    assert list(frames) == []


def test_guidance_counts_its_network_calls(network):
    end = last(network, "cosine", "ddim", steps=3, guidance=2.0, cond=1)
    assert end.nfe == 6
    assert calls(network) == 1


def test_from_a_noised_picture_at_its_level():
    data = torch.tensor([[0.5, -0.3, 0.1], [-0.8, 0.1, 0.9]])
    schedule = pg.schedules.get("flow")
    x = pg.noise(data[:1], schedule, 0.3, seed=[5])
    ideal = pg.ideal_denoiser(data)
    end = last(ideal, schedule, "heun", x=x, seeds=(5,), grid=schedule.grid(20, start=0.3))
    torch.testing.assert_close(end.x, data[:1], atol=1e-4, rtol=0)


def test_noise_is_the_closed_form_with_the_seed_s_noise():
    x0 = torch.rand(3, 8, 8)
    eps = pg.noise(x0, "flow", 1.0, seed=3)
    for name in pg.schedules.names():
        alpha, sigma = map(float, pg.schedules.get(name)(0.4))
        torch.testing.assert_close(pg.noise(x0, name, 0.4, 3), alpha * x0 + sigma * eps)
    batch = torch.stack([x0, x0])
    assert torch.equal(pg.noise(batch, "flow", 1.0, [9, 3])[1], eps)
    assert torch.equal(pg.noise(batch, "flow", 1.0, 3)[1], eps)


@pytest.mark.parametrize("seed", [-1, 0.5, 2**63])
def test_impossible_seeds_are_refused(network, seed):
    with pytest.raises(InputError, match="seed must be a whole number"):
        list(pg.sample(network, "cosine", seeds=(seed,)))


def test_bad_input_is_refused_before_any_work(network):
    with pytest.raises(InputError, match="did you mean heun"):
        pg.sample(network, "cosine", "huen")
    with pytest.raises(InputError, match="steps must be"):
        pg.sample(network, "cosine", steps=0)
    with pytest.raises(InputError, match="noisiest first"):
        pg.sample(network, "cosine", grid=[Level(1, 0), Level(0, 1)])
    with pytest.raises(InputError, match="one seed for every sample"):
        pg.sample(network, "cosine", seeds=(1, 2), x=torch.zeros(3, 1, 16, 16))
