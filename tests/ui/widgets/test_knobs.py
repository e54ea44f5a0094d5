"""The knobs of registered schedules and samplers, as panels and programs give them."""

import pytest

from playground.errors import InputError
from playground.ui.widgets.knobs import knob_settings


def test_knobs_are_read_from_a_program_and_from_the_panel():
    assert knob_settings("flow", None) == knob_settings("flow", "") == {}
    assert knob_settings("flow", {"shift": 2}) == knob_settings("flow", '{"shift": 2}')
    moved = '{"flow": {"shift": 2}, "cosine": {"s": 0.1}}'
    assert knob_settings("flow", moved) == {"shift": 2}
    assert knob_settings("linear", moved) == {}
    for odd in ("[1]", "shift", 3, "NaN"):
        with pytest.raises(InputError, match="by name"):
            knob_settings("flow", odd)
