import math

import pytest
import torch

import playground as pg
from playground.diffusion import samplers, schedules, spacings
from playground.diffusion.levels import Level
from playground.errors import InputError

NAN = float("nan")
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


@every_sampler
@pytest.mark.parametrize(
    "schedule, steps",
    # a thousand where it counts: from little signal, from none at all, and from wide noise
    [(s, n) for s in pg.schedules.names() for n in (1, 2)]
    + [(s, 1000) for s in ("cosine", "flow", "edm")],
)
def test_every_pair_runs_without_nan(schedule, sampler, steps):
    data = torch.tensor([[0.5, -0.3], [-0.8, 0.1]])
    denoiser = pg.ideal_denoiser(data) if steps < 1000 else Gaussian()  # which is quicker
    frames = list(pg.sample(denoiser, schedule, sampler, steps=steps, seeds=(0, 1)))
    assert len(frames) == steps + 1
    assert [f.index for f in frames] == list(range(steps + 1))
    assert frames[0].x0 is None
    assert frames[0].nfe == 0
    assert torch.isfinite(torch.stack([f.x for f in frames])).all()
    assert torch.allclose(frames[-1].x, frames[-1].x0, atol=1e-5)
    entry = samplers.entry(sampler)
    assert entry.calls is None or frames[-1].nfe == entry.nfe(steps)


@every_schedule
@every_sampler
def test_a_single_picture_is_recovered_exactly(schedule, sampler):
    only = torch.tensor([[0.7, -0.2, 0.05]])
    path = pg.schedules.get(schedule)
    for steps in (1, 2, 3, 7, 20):
        end = last(pg.ideal_denoiser(only), path, sampler, steps=steps, seeds=(4,))
        torch.testing.assert_close(end.x, only, atol=1e-5, rtol=0)


@every_sampler
def test_levels_that_repeat_do_no_harm(sampler):
    only = torch.tensor([[0.7, -0.2, 0.05]])
    grid = [Level(0, 1)] * 3 + [Level(0.6, 0.8)] * 3 + [Level(0.8, 0.6)] + [Level(1, 0)] * 3
    end = last(pg.ideal_denoiser(only), "flow", sampler, grid=grid)
    torch.testing.assert_close(end.x, only, atol=1e-5, rtol=0)


@every_sampler
def test_levels_that_nearly_repeat_do_no_harm(sampler):
    data = torch.tensor([[0.5, -0.3], [-0.8, 0.1]])
    phis = [1.5, 1.5 - 1e-14, 1.2, 1.2 - 1e-9, 1.2 - 2e-9, 0.7, 0.7 - 1e-6, 0.7 - 2e-6, 0.1, 1e-5]
    grid = [*(Level(math.cos(p), math.sin(p)) for p in phis), Level(1, 0)]
    x = torch.tensor([[0.9, -0.2], [-1.5, 0.3], [0.1, 2.0]])
    end = last(pg.ideal_denoiser(data), "flow", sampler, x=x, seeds=(0, 1, 2), grid=grid)
    # whatever chance adds, every sample ends at a picture
    assert float((end.x[:, None] - data).abs().amax(2).amin(1).max()) < 1e-3


@every_sampler
@pytest.mark.parametrize("schedule, steps", [("cosine", 1), ("flow", 12), ("edm", 12)])
def test_every_corner_of_a_sampler_s_knobs(sampler, schedule, steps, corners):
    only = torch.tensor([[0.7, -0.2, 0.05]])
    for knobs in corners(samplers.entry(sampler), 8):
        set_so = pg.samplers.get(sampler, **knobs)
        end = last(pg.ideal_denoiser(only), schedule, set_so, steps=steps)
        torch.testing.assert_close(end.x, only, atol=1e-5, rtol=0)


@every_schedule
@every_sampler
def test_every_corner_of_the_knobs_can_be_sampled(schedule, sampler, corners):
    ideal = pg.ideal_denoiser(torch.tensor([[0.5, -0.3], [-0.8, 0.1]]))
    for knobs in corners(schedules.entry(schedule), 4):
        end = last(ideal, pg.schedules.get(schedule, **knobs), sampler, steps=12)
        assert torch.isfinite(end.x).all(), knobs


@every_sampler
@pytest.mark.parametrize("spacing", spacings.names())
def test_every_spacing_can_be_sampled(spacing, sampler):
    only = torch.tensor([[0.7, -0.2, 0.05]])
    for name in ("cosine", "zero_snr", "edm", "flow"):
        path = pg.schedules.get(name, spacing=spacing)
        end = last(pg.ideal_denoiser(only), path, sampler, steps=5, seeds=(4,))
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


def graded_in_log_snr(steps):
    # the first steps are short, so that those taken while memory fills do not hold the order down
    halves = [-3 + 6 * (i / steps) ** 2 for i in range(steps + 1)]
    phis = [math.atan(math.exp(-h)) for h in halves]
    return [Level(math.cos(p), math.sin(p)) for p in phis]


def uniform_in_ratio(steps):
    ratios = [8 - 7.8 * i / steps for i in range(steps + 1)]
    return [Level(math.cos(math.atan(r)), math.sin(math.atan(r))) for r in ratios]


def of_order(name, *orders):
    return [(name, {"order": order}) for order in orders]


@pytest.mark.parametrize(
    "grid, order, sampler, knobs",
    [
        (grid, order, *sampler)
        for grid, order, some in [
            (uniform_in_angle, 1, [("ddim", {})]),
            (uniform_in_angle, 2, [("heun", {}), ("heun", {"variable": "sigma"})]),
            (uniform_in_angle, 2, [*of_order("lms", 2, 3, 4), *of_order("ipndm", 2, 3, 4)]),
            (uniform_in_log_snr, 1, [("ddim", {})]),
            (uniform_in_log_snr, 1, [of_order(n, 1)[0] for n in ("deis", "lms", "ipndm")]),
            (uniform_in_log_snr, 2, [("heun", {}), ("dpm_2", {}), ("dpmpp_2m", {})]),
            (uniform_in_log_snr, 2, [*of_order("unipc", 1), *of_order("deis", 2)]),
            (uniform_in_log_snr, 2, of_order("ipndm", 2, 3, 4)),
            (graded_in_log_snr, 2, [*of_order("lms", 2), *of_order("deis", 2)]),
            (graded_in_log_snr, 3, [o for n in ("unipc",) for o in of_order(n, 2)]),
            (graded_in_log_snr, 3, [*of_order("lms", 3), *of_order("deis", 3)]),
            (graded_in_log_snr, 4, [*of_order("unipc", 3), *of_order("lms", 4)]),
            (uniform_in_ratio, 2, of_order("ipndm", 2)),
            (uniform_in_ratio, 3, of_order("ipndm", 3)),
        ]
        for sampler in some
    ],
)
def test_order_of_convergence(grid, order, sampler, knobs):
    sampler = pg.samplers.get(sampler, **knobs)
    coarse, fine = error_at(sampler, grid(100)), error_at(sampler, grid(200))
    assert math.log2(coarse / fine) == pytest.approx(order, abs=0.25)


@pytest.mark.parametrize("name, knobs", [("ddpm", {}), ("ddim", {"eta": 1.0})])
@pytest.mark.parametrize("schedule", ["cosine", "flow", "edm", "zero_snr"])
def test_stochastic_samplers_have_the_right_mean_and_variance(name, knobs, schedule):
    sampler = pg.samplers.get(name, **knobs)
    count = 2000
    # to a level short of clean: there the fresh noise still counts
    grid = [*pg.schedules.get(schedule).grid(150)[:100]]
    end = last(Gaussian(), schedule, sampler, seeds=range(count), grid=grid)
    level = grid[-1]
    variance = level.alpha**2 * STD**2 + level.sigma**2
    assert float(end.x.var()) == pytest.approx(variance, rel=0.1)
    off = 5 * math.sqrt(variance / count) + 0.02 * abs(MEAN)
    assert float(end.x.mean()) == pytest.approx(level.alpha * MEAN, abs=off)


@every_schedule
@pytest.mark.parametrize(
    "name, knobs", [("ddpm", {}), ("ddim", {"eta": 0.4}), ("ddim", {"eta": 1})]
)
def test_fresh_noise_keeps_the_marginal_of_a_single_picture_at_every_level(schedule, name, knobs):
    # with x0 known, x must be N(alpha x0, sigma^2) exactly, however few the steps
    only = torch.linspace(-1, 1, 64)[None]
    frames = pg.sample(
        pg.ideal_denoiser(only),
        schedule,
        pg.samplers.get(name, **knobs),
        steps=6,
        seeds=range(300),
    )
    for frame in list(frames)[:-1]:
        eps = (frame.x - frame.level.alpha * only) / frame.level.sigma
        assert float(eps.std()) == pytest.approx(1, abs=0.03)  # 6 standard errors of 19,200 draws
        assert float(eps.mean()) == pytest.approx(0, abs=0.045)


@every_schedule
def test_ddpm_is_ddim_with_full_eta(network, schedule):
    eta = pg.samplers.get("ddim", eta=1.0)
    a = last(network, schedule, "ddpm", steps=5, seeds=(1, 2))
    b = last(network, schedule, eta, steps=5, seeds=(1, 2))
    torch.testing.assert_close(a.x, b.x)
    assert not torch.allclose(a.x, last(network, schedule, "ddim", steps=5, seeds=(1, 2)).x)


@pytest.mark.parametrize("name", samplers.names())
def test_every_sampler_tells_its_source(name):
    assert samplers.entry(name).source
    assert samplers.entry(name).summary.endswith(".")


def test_impossible_knobs_of_samplers_are_refused():
    for eta in (-0.1, 1.1, NAN, "much"):
        with pytest.raises(InputError, match="eta must be a number from 0 to 1"):
            pg.samplers.get("ddim", eta=eta)
    with pytest.raises(InputError, match="did you mean sigma"):
        pg.samplers.get("heun", variable="sigm")
    with pytest.raises(InputError, match="ddpm has no knobs"):
        pg.samplers.get("ddpm", eta=1)
