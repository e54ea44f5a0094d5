"""Samplers raced from the same noise."""

from playground.ui.tabs.plane import race
from playground.ui.tabs.plane.request import PlaneRequest


def raced(small, session, sampler):
    ask = {**small, "who": "exact", "samplers": [sampler], "cloud": "moons"}
    *_, curves = race.race(PlaneRequest.read(ask), session)
    return curves[sampler]


def test_a_race_is_nearer_with_more_calls(small, new_session):
    points = raced(small, new_session(), "heun")
    calls = [point["calls"] for point in points]
    assert calls == sorted(set(calls))
    assert points[-1]["distance"] < 0.2 * points[0]["distance"]


def test_a_sampler_that_chooses_its_steps_is_raced_at_ever_smaller_errors(small, new_session):
    points = raced(small, new_session(), "adaptive")
    calls = [point["calls"] for point in points]
    assert len(calls) >= 2
    assert calls == sorted(set(calls))
    assert all(point["distance"] < 2 * point["floor"] for point in points)
