"""What stochastic samplers draw, beside closed forms: a Gaussian mixture, and a single picture."""

import runpy
from pathlib import Path

import pytest
import torch

import playground as pg

COUNT = 3000
BENCHMARK = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "stochastic.py"))
RUNS = [
    (name, knobs)
    for name, knobs in BENCHMARK["RUNS"]
    if name != "consistency" and knobs != {"size": "measured"}
]
STOCHASTIC = {name for name, _ in RUNS} | {"consistency"}


def drawn(name, knobs, schedule, steps, guess=BENCHMARK["posterior_mean"]):
    torch.manual_seed(0)
    grid = pg.schedules.get(schedule).grid(steps)
    return BENCHMARK["run"](name, knobs, grid, COUNT, guess)[1]


@pytest.fixture(scope="module")
def expected():
    """Standard errors of mean and covariance of that many exact samples."""
    torch.manual_seed(0)
    return BENCHMARK["expected"](COUNT)


def test_the_closed_forms_are_right(expected):
    torch.manual_seed(0)
    mean, covariance = BENCHMARK["errors"](BENCHMARK["draw_from_mixture"](COUNT))
    assert mean < 3 * expected[0]
    assert covariance < 3 * expected[1]
    # the posterior mean, by weighing many exact samples
    x0 = BENCHMARK["draw_from_mixture"](300_000)
    x, level = torch.tensor([[0.2, -0.1]], dtype=torch.float64), (0.8, 0.6)
    weights = (-(x - 0.8 * x0).square().sum(1) / (2 * 0.36)).exp()
    by_hand = (weights @ x0 / weights.sum())[None]
    torch.testing.assert_close(BENCHMARK["posterior_mean"](x, level), by_hand, atol=3e-3, rtol=0)


@pytest.mark.parametrize("schedule", ["edm", "flow"])
@pytest.mark.parametrize("name, knobs", RUNS)
def test_mean_and_covariance_of_a_mixture(expected, schedule, name, knobs):
    # at about 120 calls, where the steps of first order err by two standard errors
    calls = 1 if knobs == {"solver": "euler"} else pg.samplers.entry(name).calls or 2
    steps = 120 // calls
    mean, covariance = BENCHMARK["errors"](drawn(name, knobs, schedule, steps))
    assert mean < 4 * expected[0]
    assert covariance < 4 * expected[1]


@pytest.mark.parametrize("schedule", ["edm", "flow"])
@pytest.mark.parametrize("steps", [1, 3])
def test_consistency_is_right_when_asked_with_the_end_of_the_flow(expected, schedule, steps):
    end = drawn("consistency", {}, schedule, steps, BENCHMARK["end_of_flow"])
    mean, covariance = BENCHMARK["errors"](end)
    assert mean < 4 * expected[0]
    assert covariance < 4 * expected[1]


def test_consistency_has_too_little_spread_when_asked_with_the_mean(expected):
    end = drawn("consistency", {}, "edm", 40)
    assert float(end.T.cov().trace()) < float(BENCHMARK["COVARIANCE"].trace()) - 4 * expected[1]


EXACT = [
    ("euler_ancestral", {}),
    ("euler_ancestral", {"eta": 0.4}),
    ("dpmpp_2s_ancestral", {}),
    ("dpmpp_2s_ancestral", {"eta": 0.4}),
    ("dpmpp_sde", {}),
    ("dpmpp_sde", {"eta": 0.4, "r": 0.3}),
    ("dpmpp_2m_sde", {}),
    ("dpmpp_2m_sde", {"eta": 0.4, "solver": "heun"}),
    ("dpmpp_3m_sde", {}),
    ("dpmpp_3m_sde", {"eta": 0.4, "curvature": "exact"}),
    ("sa_solver", {}),
    ("sa_solver", {"tau": 1.7, "predictor": 4, "corrector": 4}),
    ("edm_stochastic", {"variable": "sigma"}),
    ("restart", {"variable": "sigma", "s_max": 9.0, "s_min": 1.0}),
    ("consistency", {}),
    ("predictor_corrector", {"snr": 0.01}),
]


def test_every_stochastic_sampler_is_looked_at():
    assert {name for name, _ in EXACT} | {"ddim", "ddpm"} == STOCHASTIC


@pytest.mark.parametrize("schedule", ["cosine", "zero_snr", "edm", "flow"])
@pytest.mark.parametrize("name, knobs", EXACT)
def test_the_marginal_of_a_single_picture_is_kept_at_every_level(schedule, name, knobs):
    # with x0 known, x must be N(alpha x0, sigma^2) exactly, however few the steps
    only = torch.linspace(-1, 1, 40, dtype=torch.float64)
    g = torch.Generator().manual_seed(0)

    def noise():
        return torch.randn(500, 40, generator=g, dtype=torch.float64)

    grid = pg.schedules.get(schedule).grid(6)
    x = grid[0].alpha * only + grid[0].sigma * noise()
    ends = pg.samplers.get(name, **knobs)(lambda x, level: only.expand_as(x), x, grid, noise)
    for level, (end, _) in zip(grid[1:-1], ends, strict=False):
        eps = (end - level.alpha * only) / level.sigma
        assert float(eps.std()) == pytest.approx(1, abs=0.03)  # 6 standard errors of 20,000 draws
        assert float(eps.mean()) == pytest.approx(0, abs=0.045)
