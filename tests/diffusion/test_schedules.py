import math
from itertools import pairwise

import pytest
import torch
from diffusers import DDPMScheduler
from diffusers.schedulers.scheduling_ddim import betas_for_alpha_bar, rescale_zero_terminal_snr

import playground as pg
from playground.diffusion import schedules
from playground.errors import InputError

T = 1000
STEPS = torch.arange(1, T + 1, dtype=torch.float64) / T
PRESERVING = ("linear", "scaled_linear", "cosine", "sigmoid", "zero_snr", "sqrt")
PRESERVING += ("exponential", "laplace", "cauchy", "drawn")
every = pytest.mark.parametrize("name", pg.schedules.names())


@every
def test_starts_exactly_clean(name):
    alpha, sigma = pg.schedules.get(name)(0.0)
    assert (float(alpha), float(sigma)) == (1.0, 0.0)
    assert alpha.dtype == sigma.dtype == torch.float64


@every
def test_log_snr_falls_strictly(name):
    alpha, sigma = pg.schedules.get(name)(torch.linspace(0, 1, 5001, dtype=torch.float64))
    ratio = sigma.atan2(alpha)
    assert (ratio.diff() > 0).all()
    assert sigma[-1] / alpha[-1].clamp(min=1e-9) > 10


@every
@pytest.mark.parametrize("steps", [1, 2, 7, 1000])
@pytest.mark.parametrize("start", [1.0, 0.37])
def test_grid_has_steps_plus_one_levels_and_ends_clean(name, steps, start):
    schedule = pg.schedules.get(name)
    grid = schedule.grid(steps, start)
    assert len(grid) == steps + 1
    assert grid[-1] == (1.0, 0.0)
    assert grid[0] == pytest.approx(schedule.level(start))
    angles = [level.angle for level in grid]
    assert all(b < a for a, b in pairwise(angles))


@pytest.mark.parametrize("name", PRESERVING)
def test_variance_is_preserved(name):
    alpha, sigma = pg.schedules.get(name)(torch.linspace(0, 1, 777, dtype=torch.float64))
    torch.testing.assert_close(alpha**2 + sigma**2, torch.ones_like(alpha), atol=1e-12, rtol=0)


@pytest.mark.parametrize("timesteps", [1000, 50])
@pytest.mark.parametrize(
    "name, theirs, betas",
    [
        ("linear", "linear", (1e-4, 0.02)),
        ("scaled_linear", "scaled_linear", (0.00085, 0.012)),
        ("cosine", "squaredcos_cap_v2", (1e-4, 0.02)),
    ],
)
def test_equals_diffusers_at_every_step(name, theirs, betas, timesteps):
    peer = DDPMScheduler(timesteps, beta_schedule=theirs, beta_start=betas[0], beta_end=betas[1])
    t = torch.arange(1, timesteps + 1, dtype=torch.float64) / timesteps
    alpha, _ = pg.schedules.get(name, timesteps=timesteps)(t)
    expected = peer.alphas_cumprod.double()
    torch.testing.assert_close(alpha**2, expected, atol=1e-6, rtol=0)


def test_zero_snr_equals_diffusers_and_ends_at_zero():
    betas = rescale_zero_terminal_snr(DDPMScheduler(T, beta_schedule="linear").betas)
    expected = torch.cumprod(1 - betas.double(), 0)
    alpha, sigma = pg.schedules.get("zero_snr")(STEPS)
    torch.testing.assert_close(alpha**2, expected, atol=1e-6, rtol=0)
    assert float(alpha[-1]) == 0.0
    assert float(sigma[-1]) == 1.0


def test_sigmoid_equals_its_formula():
    def s(z):
        return 1 / (1 + torch.exp(-torch.as_tensor(z, dtype=torch.float64)))

    gamma = (s(3) - s(STEPS * 6 - 3)) / (s(3) - s(-3))
    alpha, _ = pg.schedules.get("sigmoid")(STEPS)
    torch.testing.assert_close(alpha**2, gamma.clamp(1e-9, 1), atol=1e-12, rtol=0)


def theirs(kind):
    betas = betas_for_alpha_bar(T, alpha_transform_type=kind).double()
    return torch.cumprod(1 - betas, 0)


def test_exponential_equals_diffusers():
    alpha, _ = pg.schedules.get("exponential")(STEPS)
    torch.testing.assert_close(alpha**2, theirs("exp"), atol=1e-6, rtol=0)


def test_laplace_equals_diffusers_which_takes_alpha_for_alpha_bar():
    # theirs begins at t = 0 with a finite log-SNR, by adding 1e-6, and its last beta is capped
    first = torch.sigmoid(-0.5 * torch.tensor(1e-6, dtype=torch.float64).log()).sqrt()
    alpha, _ = pg.schedules.get("laplace")(STEPS)
    torch.testing.assert_close(alpha[:-1] / first, theirs("laplace")[:-1], atol=5e-5, rtol=0)


@pytest.mark.parametrize("mu, b", [(0.0, 0.5), (1.0, 1.0), (-2.0, 3.0)])
def test_log_snrs_of_laplace_have_its_distribution(mu, b):
    t = torch.rand(1000, dtype=torch.float64)
    alpha, sigma = pg.schedules.get("laplace", mu=mu, b=b)(t)
    wanted = torch.distributions.Laplace(mu, b).icdf(1 - t)
    torch.testing.assert_close(2 * (alpha / sigma).log(), wanted, atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("mu, gamma", [(0.0, 1.0), (2.0, 0.3)])
def test_log_snrs_of_cauchy_have_its_distribution_between_the_cuts(mu, gamma):
    t = torch.linspace(0, 1, 102, dtype=torch.float64)[1:]
    alpha, sigma = pg.schedules.get("cauchy", mu=mu, gamma=gamma)(t)
    cut = 2 * math.log(500)
    below = torch.distributions.Cauchy(mu, gamma).cdf
    low, high = (below(torch.tensor(end, dtype=torch.float64)) for end in (-cut, cut))
    share = (below(2 * (alpha / sigma).log()) - low) / (high - low)
    torch.testing.assert_close(share, 1 - t, atol=1e-6, rtol=0)


@pytest.mark.parametrize("s", [1e-4, 1e-3])
def test_sqrt_equals_its_formula(s):
    alpha, _ = pg.schedules.get("sqrt", s=s)(STEPS[:-1])
    wanted = (1 - (STEPS[:-1] + s).sqrt()) / (1 - s**0.5)
    if s == 1e-4:  # else the formula is below 0 before the last step
        torch.testing.assert_close(alpha**2, wanted, atol=1e-12, rtol=0)
    torch.testing.assert_close(alpha[:900] ** 2, wanted[:900], atol=1e-12, rtol=0)


@pytest.mark.parametrize("n", [2, 18, 100])
@pytest.mark.parametrize("low, high, rho", [(0.002, 80.0, 7.0), (0.01, 50.0, 3.0)])
def test_edm_grid_is_karras_equation_5(n, low, high, rho):
    i = torch.arange(n, dtype=torch.float64)
    expected = (high ** (1 / rho) + i / (n - 1) * (low ** (1 / rho) - high ** (1 / rho))) ** rho
    edm = pg.schedules.get("edm", sigma_min=low, sigma_max=high, rho=rho)
    got = torch.tensor([level.sigma for level in edm.grid(n)[:-1]], dtype=torch.float64)
    torch.testing.assert_close(got, expected, rtol=1e-12, atol=0)


def test_ve_is_geometric():
    sigmas = [level.sigma for level in pg.schedules.get("ve").grid(9)[:-1]]
    assert (sigmas[0], sigmas[-1]) == (pytest.approx(50), pytest.approx(0.01))
    ratios = [b / a for a, b in pairwise(sigmas)]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))


def test_flow_is_a_straight_line_and_shift_moves_it_towards_noise():
    t = torch.linspace(0, 1, 11, dtype=torch.float64)
    alpha, sigma = pg.schedules.get("flow")(t)
    assert torch.equal(alpha, 1 - t)
    assert torch.equal(sigma, t)
    assert pg.schedules.get("flow", shift=3.0).level(0.5).sigma == pytest.approx(0.75)


@pytest.mark.parametrize("steps", [0, -1, float("nan"), 1e9, 2.5, "many", None, float("inf")])
def test_impossible_steps_are_refused_in_words(steps):
    with pytest.raises(InputError, match="steps must be a whole number"):
        pg.schedules.get("cosine").grid(steps)


@every
def test_any_shape_of_t_gives_levels_of_that_shape(name):
    schedule, t = pg.schedules.get(name), torch.rand(2, 3)
    for value in schedule(t):
        assert value.shape == t.shape
        assert value.dtype == torch.float64
    assert float(schedule(t)[1][1, 2]) == schedule.level(float(t[1, 2])).sigma


@every
def test_every_corner_of_the_knobs_is_a_path_of_finite_levels(name, corners):
    t = torch.linspace(0, 1, 501, dtype=torch.float64)
    for values in corners(schedules.entry(name), 200, middles=True):
        alpha, sigma = pg.schedules.get(name, **values)(t)
        assert ((alpha >= 0) & (alpha <= 1)).all(), values
        assert ((sigma >= 0) & sigma.isfinite()).all(), values
        # a knob may saturate the path, but never turn it round
        assert (sigma.atan2(alpha).diff() >= 0).all(), values


@pytest.mark.parametrize("start", [0, -0.1, 1.1, float("nan")])
def test_a_start_outside_its_range_is_refused(start):
    with pytest.raises(InputError, match="start must be above 0 and at most 1"):
        pg.schedules.get("cosine").grid(5, start)


@pytest.mark.parametrize("t", [-0.1, 1.1, float("nan"), None, "half", [0.5, 1.5]])
def test_t_outside_its_range_is_refused(t):
    with pytest.raises(InputError, match="t must be from 0"):
        pg.schedules.get("cosine")(t)


def test_unknown_names_and_values_say_what_to_do():
    with pytest.raises(InputError, match="did you mean cosine"):
        pg.schedules.get("cosin")
    with pytest.raises(InputError, match="did you mean shift"):
        pg.schedules.get("flow", shif=2)
    with pytest.raises(InputError, match=r"shift must be a number from 0.2 to 10; you gave 99"):
        pg.schedules.get("flow", shift=99)
    with pytest.raises(InputError, match="whole number"):
        pg.schedules.get("linear", timesteps=10.5)


@every
def test_every_entry_tells_its_source_and_knobs(name):
    entry = schedules.entry(name)
    assert entry.source
    assert entry.summary.endswith(".")
    for knob in entry.knobs.values():
        assert knob.help
        assert (
            knob.default in knob.choices if knob.choices else knob.low <= knob.default <= knob.high
        )
