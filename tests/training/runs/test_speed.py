"""The measurement before a start: kept, shared, and never beside a run."""

import json

import pytest

from playground.errors import InputError
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.runs import manager, queue, speed

FIGURES = dict.fromkeys(presets.PRESETS, 100.0)


@pytest.fixture
def asked(monkeypatch):
    """The shapes that were measured."""
    calls = []

    def measured(size, channels):
        calls.append((channels, size))
        return FIGURES

    monkeypatch.setattr(speed, "_measure_apart", measured)
    return calls


def test_a_shape_is_measured_once_and_another_machine_measures_again(tmp_path, asked, monkeypatch):
    assert speed.find(tmp_path, 32, 3, measure=False) is None
    first = speed.find(tmp_path, 32, 3)
    assert first == speed.find(tmp_path, 32, 3) == speed.find(tmp_path, 32, 3, measure=False)
    assert first.measured
    assert asked == [(3, 32)]
    monkeypatch.setattr(speed, "_machine", lambda: "another")
    speed.find(tmp_path, 32, 3)
    assert asked == [(3, 32)] * 2


def test_after_a_day_the_old_figures_are_shown_and_it_is_measured_anew(
    tmp_path, asked, monkeypatch
):
    speed._keep(tmp_path, "3x32", dict.fromkeys(presets.PRESETS, 1.0))
    monkeypatch.setattr(speed, "KEPT", 0.0)
    assert speed.find(tmp_path, 32, 3, measure=False).images_per_second["2 minutes"] == 1
    assert asked == []
    assert speed.find(tmp_path, 32, 3).images_per_second == FIGURES
    assert asked == [(3, 32)]


def test_a_smaller_shape_is_reckoned_faster_from_a_known_one(tmp_path, asked):
    speed.find(tmp_path, 32, 3)
    small = speed.find(tmp_path, 16, 3, measure=False)
    assert not small.measured
    assert all(2 < rate / 100 < 8 for rate in small.images_per_second.values())


def test_nothing_is_measured_or_kept_while_a_run_trains(tmp_path, asked, monkeypatch):
    monkeypatch.setattr(queue, "training", lambda runs: ["busy"] if asked else [])
    assert not speed.find(tmp_path, 32, 3).measured  # the run began while it was measured
    assert asked == [(3, 32)]
    assert speed.find(tmp_path, 32, 3) is None
    assert asked == [(3, 32)]


def test_the_run_that_trains_tells_the_speed_where_nothing_is_known(tmp_path, tiny, monkeypatch):
    config = TrainConfig(widths=(16, 16), blocks=(1, 1), batch=8, steps=3, precision="float32")
    run = manager.create(tmp_path, "busy", tiny, config)
    line = {"step": 1, "loss": 1.0, "images_per_second": 500.0, "seconds": 1.0, "progress": None}
    run.metrics.write_text(json.dumps(line) + "\n")
    monkeypatch.setattr(queue, "training", lambda runs: ["busy"])
    found = speed.find(tmp_path, 16, 1)
    assert not found.measured
    assert all(0 < rate < 500 for rate in found.images_per_second.values())


def test_a_failed_measurement_and_an_odd_size(tmp_path, monkeypatch):
    monkeypatch.setattr(speed, "_measure_apart", lambda size, channels: None)
    assert speed.find(tmp_path, 32, 3) is None
    with pytest.raises(InputError):
        speed.find(tmp_path, 33, 3)


def test_every_preset_is_measured():
    found = speed.measure(16, 1, seconds=0.1)
    assert set(found) == set(presets.PRESETS)
    assert all(rate > 0 for rate in found.values())


def test_it_is_measured_in_a_process_of_its_own(monkeypatch):
    found = speed._measure_apart(16, 1)
    assert set(found) == set(presets.PRESETS)
    monkeypatch.setattr(speed, "LIMIT", 0.01)
    assert speed._measure_apart(16, 1) is None  # given up, and the page goes on without
