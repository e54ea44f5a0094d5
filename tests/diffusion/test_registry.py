import math

import pytest

from playground.diffusion.registry import Registry, knob
from playground.errors import InputError


@pytest.fixture
def kettles():
    registry = Registry("kettle")

    @registry.register("whistling", title="Whistling", source="Page 1")
    def whistling(
        water: float = knob(1.0, 0.5, 2.0, help="Litres."),
        cups: int = knob(4, 1, 8),
        tea: str = knob("green", choices=("green", "black")),
        handle=None,
    ):
        """Boils water.

        And tells.
        """

    return registry


def test_an_entry_tells_what_was_registered(kettles):
    entry = kettles.entry("whistling")
    assert kettles.names() == ["whistling"]
    assert (entry.title, entry.source, entry.summary) == ("Whistling", "Page 1", "Boils water.")
    assert list(entry.knobs) == ["water", "cups", "tea"]  # a parameter without knob() is none


def test_settings_are_the_defaults_with_what_is_given_in_its_own_type(kettles):
    settings = kettles.entry("whistling").settings
    assert settings({}) == {"water": 1.0, "cups": 4, "tea": "green"}
    given = settings({"cups": 8.0, "water": "0.5", "tea": "black"})
    assert given == {"water": 0.5, "cups": 8, "tea": "black"}
    assert isinstance(given["cups"], int)
    assert isinstance(given["water"], float)


@pytest.mark.parametrize(
    "given, words",
    [
        ({"water": 2.01}, "water must be a number from 0.5 to 2; you gave 2.01"),
        ({"water": 0.49}, "water must be a number"),
        ({"water": math.nan}, "water must be a number"),
        ({"water": None}, "water must be a number"),
        ({"cups": 2.5}, "cups must be a whole number from 1 to 8; you gave 2.5"),
        ({"cups": math.inf}, "cups must be a whole number"),
        ({"tea": "blak"}, "did you mean black"),
        ({"watr": 1}, "no knob of whistling called 'watr'; did you mean water"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(kettles, given, words):
    with pytest.raises(InputError, match=words):
        kettles.entry("whistling").settings(given)


@pytest.mark.parametrize(
    "name, words", [("wistling", "did you mean whistling"), ("zzz", "choose one of whistling")]
)
def test_an_unknown_name_is_answered_with_near_ones_or_all(kettles, name, words):
    with pytest.raises(InputError, match=f"no kettle called '{name}'; {words}"):
        kettles.entry(name)
