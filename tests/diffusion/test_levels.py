import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.diffusion import levels
from playground.diffusion.levels import Level

angles = st.floats(0.01, math.pi / 2 - 0.01)
radii = st.floats(0.5, 50)


def draw(seed=0):
    g = torch.Generator().manual_seed(seed)
    return torch.randn(2, 3, 3, generator=g, dtype=torch.float64).unbind(0)


@given(angles, radii)
def test_every_prediction_gives_back_x0(phi, r):
    x0, eps = draw()
    a, s = r * math.cos(phi), r * math.sin(phi)
    x = levels.mix(x0, eps, a, s)
    close = {"atol": 1e-9, "rtol": 1e-9}
    torch.testing.assert_close(levels.eps_from_x0(x, x0, a, s), eps, **close)
    torch.testing.assert_close(levels.x0_from_eps(x, eps, a, s), x0, **close)
    v = levels.v_from_x0(x, x0, a, s)
    torch.testing.assert_close(v, math.cos(phi) * eps - math.sin(phi) * x0, **close)
    torch.testing.assert_close(levels.x0_from_v(x, v, a, s), x0, **close)
    torch.testing.assert_close(levels.eps_from_v(x, v, a, s), eps, **close)
    score = levels.score_from_x0(x, x0, a, s)
    torch.testing.assert_close(score, -eps / s, **close)
    torch.testing.assert_close(levels.x0_from_score(x, score, a, s), x0, **close)


@given(angles, radii)
def test_a_level_is_its_radius_and_angle(phi, r):
    level = Level(r * math.cos(phi), r * math.sin(phi))
    assert level.radius == pytest.approx(r)
    assert level.angle == pytest.approx(phi)
    assert level.log_snr == pytest.approx(-2 * math.log(math.tan(phi)), abs=1e-9)


def test_the_ends_are_ordinary_levels():
    assert Level(0, 1).log_snr == -math.inf
    assert Level(1, 0).log_snr == math.inf
    assert Level(0, 1).angle == math.pi / 2


@given(angles, angles, radii, radii)
def test_rotating_keeps_x0_and_eps(phi, then, r, r_then):
    x0, eps = draw()
    now = Level(r * math.cos(phi), r * math.sin(phi))
    end = Level(r_then * math.cos(then), r_then * math.sin(then))
    moved = levels.rotate(levels.mix(x0, eps, *now), x0, now, end)
    torch.testing.assert_close(moved, levels.mix(x0, eps, *end), atol=1e-8, rtol=1e-8)


def test_rotating_to_clean_returns_x0_itself():
    x0, eps = draw()
    assert torch.equal(levels.rotate(eps, x0, Level(0, 1), Level(1, 0)), x0)


def test_a_level_a_sample_is_each_sample_at_its_level():
    x0, eps = draw(1)
    alphas, sigmas = torch.tensor([1.0, 0.6, 0.1]).double(), torch.tensor([0.2, 0.8, 9.0]).double()
    x = levels.mix(x0, eps, alphas, sigmas)
    v = levels.v_from_x0(x, x0, alphas, sigmas)
    for i, (a, s) in enumerate(zip(alphas.tolist(), sigmas.tolist(), strict=True)):
        torch.testing.assert_close(x[i], a * x0[i] + s * eps[i])
        torch.testing.assert_close(v[i], levels.v_from_x0(x[i], x0[i], a, s))


def test_v_is_how_u_turns():
    x0, eps = draw(2)
    phi, h = 0.7, 1e-6

    def u(phi):
        return math.cos(phi) * x0 + math.sin(phi) * eps

    slope = (u(phi + h) - u(phi - h)) / (2 * h)
    v = levels.v_from_x0(3 * u(phi), x0, 3 * math.cos(phi), 3 * math.sin(phi))
    torch.testing.assert_close(v, slope, atol=1e-8, rtol=1e-8)


def test_rotating_from_pure_noise_needs_no_division_by_alpha():
    x0, eps = draw(3)
    moved = levels.rotate(eps, x0, Level(0, 1), Level(0.6, 0.8))
    torch.testing.assert_close(moved, 0.6 * x0 + 0.8 * eps)
