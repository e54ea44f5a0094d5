from itertools import pairwise

from playground.diffusion import schedules
from playground.ui.tabs.reference.tab import MOST, POINTS, curves


def test_the_plot_is_sent_every_schedule_as_a_falling_curve():
    sent = curves()
    assert [curve["name"] for curve in sent] == schedules.names()
    for curve in sent:
        assert len(curve["log_snr"]) == POINTS
        shown = [v for v in curve["log_snr"] if v is not None]
        assert len(shown) > POINTS / 2
        assert all(b <= a for a, b in pairwise(shown))
        assert max(map(abs, shown)) <= MOST
