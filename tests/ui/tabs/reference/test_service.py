"""What the plots of the Reference tab show."""

from itertools import pairwise

import pytest

from playground.diffusion import samplers, schedules, spacings
from playground.errors import InputError
from playground.ui.tabs.reference.messages import OrderQuestion, SpacingQuestion
from playground.ui.tabs.reference.service import MOST, POINTS, catalogue, order, spacing


def test_the_plot_is_sent_every_schedule_as_a_falling_curve():
    sent = catalogue().curves
    assert [curve.name for curve in sent] == schedules.names()
    for curve in sent:
        assert len(curve.log_snr) == len(curve.alpha) == len(curve.sigma) == POINTS
        shown = [v for v in curve.log_snr if v is not None]
        assert len(shown) > POINTS / 2
        assert all(b <= a for a, b in pairwise(shown))
        assert max(map(abs, shown)) <= MOST


def test_every_spacing_walks_from_noise_to_clean():
    found = spacing(SpacingQuestion("cosine", 12))
    assert [one.name for one in found] == spacings.names()
    for one in found:
        assert len(one.log_snr) == 13
        shown = [v for v in one.log_snr if v is not None]
        assert all(b > a for a, b in pairwise(shown))
        assert one.log_snr[-1] is None  # clean: infinite


def test_the_order_measured_is_the_order_claimed_on_a_grid_even_in_the_angle():
    claims = {name: samplers.entry(name).order for name in ("ddim", "heun")}
    for name, claimed in claims.items():
        measured = order(OrderQuestion(name, "cosine", "angle")).slope
        assert measured == pytest.approx(claimed, abs=0.25)


def test_names_and_steps_that_are_none_are_told():
    with pytest.raises(InputError, match="schedule"):
        spacing(SpacingQuestion("nosuch", 12))
    with pytest.raises(InputError, match="steps"):
        spacing(SpacingQuestion("cosine", 1000))
    with pytest.raises(InputError, match="sampler"):
        order(OrderQuestion("nosuch", "cosine", "uniform"))
