"""Metrics read while they grow are the same as read at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.training.runs.metrics import LossCurve, newest


def line(step, loss=1.0):
    return json.dumps({"step": step, "loss": loss}) + "\n"


@given(st.lists(st.floats(1e-3, 10), min_size=1, max_size=60), st.integers(1, 59))
def test_a_curve_read_in_two_parts_is_the_curve_read_at_once(tmp_path_factory, losses, cut):
    path = tmp_path_factory.mktemp("run") / "metrics.jsonl"
    text = "".join(line(i + 1, v) for i, v in enumerate(losses))
    grown = LossCurve(path, points=20)
    path.write_text(text[: 7 * cut])  # in the middle of a line, most often
    grown.points()
    with open(path, "a") as file:
        file.write(text[7 * cut :])
    if len(text) < 7 * cut:
        path.write_text(text)
    assert grown.points() == LossCurve(path, points=20).points()


def test_a_long_curve_is_thinned_but_keeps_both_ends_and_the_mean(tmp_path):
    path = tmp_path / "metrics.jsonl"
    path.write_text("".join(line(i, 0.25) for i in range(1, 5001)))
    points = LossCurve(path, points=100).points()
    assert 50 <= len(points) <= 101
    assert points[0][0] == 1
    assert points[-1][0] == 5000
    assert all(smooth == pytest.approx(0.25) for _, _, smooth in points)


def test_a_curve_follows_a_file_that_was_replaced(tmp_path):
    path, other = tmp_path / "metrics.jsonl", tmp_path / "other"
    path.write_text("".join(line(i) for i in range(1, 9)))
    curve = LossCurve(path)
    curve.points()
    other.write_text("".join(line(i, 2.0) for i in range(1, 20)))
    other.replace(path)  # as resuming does
    assert curve.points() == LossCurve(path).points()
    path.unlink()
    assert curve.points() == []


def test_newest_are_the_last_whole_lines(tmp_path):
    path = tmp_path / "metrics.jsonl"
    assert newest(path, 5) == []
    path.write_text("".join(line(i) for i in range(1, 2001)) + '{"step": 2001, "lo')
    assert [found["step"] for found in newest(path, 3)] == [1998, 1999, 2000]
