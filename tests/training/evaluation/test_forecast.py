"""What is told before a start."""

import pytest

from playground.training import presets
from playground.training.evaluation import forecast
from playground.training.evaluation.throughput import Speed


def speed(rate, size=32):
    return Speed(size, 3, dict.fromkeys(presets.PRESETS, rate), measured=True)


def test_updates_looks_and_time_follow_from_the_speed():
    short, long, endless = forecast.forecasts(speed(320.0), 100)
    assert (short.updates, short.looks) == (1200, 384.0)  # 120 s x 320 / batch 32
    assert long.updates == pytest.approx(15 * long.updates_per_minute)
    assert (endless.updates, endless.looks) == (None, 192.0)
    assert short.recognised == pytest.approx(forecast.ENOUGH / 320 / 60)
    assert forecast.forecasts(speed(320.0), 0)[0].looks is None


def test_more_pictures_need_more_time():
    assert forecast.needed(50) == forecast.needed(700) < forecast.needed(10_000)


@pytest.mark.parametrize(
    "rate, pictures, preset, size",
    [
        (320.0, 50, "2 minutes", 32),
        (320.0, 10_000, "15 minutes", 32),
        (30.0, 50, "15 minutes", 32),
    ],
)
def test_the_shortest_preset_that_suffices_is_suggested(rate, pictures, preset, size):
    best = forecast.suggestion(speed(rate), pictures)
    assert (best.preset, best.size) == (preset, size)
    assert preset in best.says


def test_where_no_time_suffices_a_smaller_size_is_suggested():
    best = forecast.suggestion(speed(5.0, size=64), 50)
    assert best.size < 64
    assert "until shapes can be recognised" in best.says


def test_where_nothing_suffices_it_has_no_end():
    best = forecast.suggestion(speed(0.5, size=16), 50)
    assert (best.size, best.preset) == (16, "until I stop")


@pytest.mark.parametrize(
    "value, words", [(1234, "1,200"), (3.46, "3.5"), (97.6, "98"), (0.5, "0.5")]
)
def test_two_digits_are_told(value, words):
    assert forecast.rounded(value) == words


@pytest.mark.parametrize(
    "minutes, words", [(0.5, "30 s"), (0.01, "5 s"), (5.2, "5.2 min"), (180, "3 h")]
)
def test_times_are_told_in_the_unit_that_suits(minutes, words):
    assert str(forecast.told(minutes)) == words
