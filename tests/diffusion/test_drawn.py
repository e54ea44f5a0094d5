from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

import playground as pg
from playground.diffusion.monotone import interpolate
from playground.diffusion.schedules.drawn import LEAST_FALL, POINTS, falling

T = torch.linspace(0, 1, POINTS, dtype=torch.float64)
FINE = torch.linspace(0, 1, 801, dtype=torch.float64)
a_point = st.floats(-15, 15, allow_nan=False)
points = st.lists(a_point, min_size=POINTS, max_size=POINTS)


def drawn(values):
    return pg.schedules.get("drawn", **{f"p{k}": v for k, v in enumerate(values)})


def log_snr(schedule, t):
    alpha, sigma = schedule(t)
    return 2 * (alpha / sigma).log()


def test_a_falling_curve_goes_through_its_points():
    values = [12, 9, 5, 1, 0.5, -2, -2.5, -6, -9]
    got = log_snr(drawn(values), T[1:])
    torch.testing.assert_close(got, torch.tensor(values[1:], dtype=torch.float64))


@given(points)
@settings(max_examples=40, deadline=None)
def test_whatever_is_drawn_falls_strictly(values):
    schedule = drawn(values)
    alpha, sigma = schedule(FINE)
    assert (sigma.atan2(alpha).diff() > 0).all()
    assert (alpha[0], sigma[0]) == (1, 0)
    assert all(b.angle < a.angle for a, b in pairwise(schedule.grid(30)))


@given(points)
@settings(max_examples=40, deadline=None)
def test_points_are_lowered_only_where_they_must_be(values):
    given = torch.tensor(values, dtype=torch.float64)
    made = falling(given)
    assert (made <= given + 1e-12).all()
    assert (-made.diff() >= LEAST_FALL - 1e-12).all()
    if (-given.diff() >= LEAST_FALL).all():
        torch.testing.assert_close(made, given)


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=12))
@settings(max_examples=40, deadline=None)
def test_the_interpolation_is_pchip(values):
    x = torch.arange(len(values), dtype=torch.float64) ** 1.3
    y = torch.tensor([round(v, 6) for v in values], dtype=torch.float64)
    at = torch.linspace(0, float(x[-1]), 97, dtype=torch.float64)
    theirs = torch.from_numpy(PchipInterpolator(x.numpy(), y.numpy())(at.numpy()))
    torch.testing.assert_close(interpolate(x, y, at), theirs, atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("end", [-15.0, 15.0])
def test_a_curve_that_lies_at_one_end_of_its_range_can_be_sampled(end):
    frames = pg.sample(pg.ideal_denoiser(torch.tensor([[0.5, -0.3]])), drawn([end] * 9), steps=5)
    assert all(torch.isfinite(frame.x).all() for frame in frames)
