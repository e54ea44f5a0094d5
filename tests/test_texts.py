"""Texts with values: in English, as JSON, and back."""

from playground.errors import InputError, unknown
from playground.texts import NOTHING, Text, joined, t, verbatim


def test_a_text_survives_being_written_and_read():
    text = joined([t("{n} steps", n=3), verbatim("a {b}"), "c"], " · ")
    assert str(text) == "3 steps · a {b} · c"
    assert Text.from_json(text.to_json()) == text


def test_words_of_before_are_read_as_they_are():
    assert str(Text.from_json("Stopped at {k}.")) == "Stopped at {k}."
    assert Text.from_json("") == Text.from_json(None) == NOTHING
    assert not NOTHING


def test_what_is_no_number_goes_as_its_words():
    assert t("{path}", path=InputError("no")).to_json()["values"] == {"path": "no"}


def test_an_error_is_made_of_its_text_again():
    error = unknown("model", "emojy", ["emoji", t("none: train one first")])
    again = InputError.of(Text.from_json(error.text.to_json()))
    assert str(again) == str(error) == "There is no model called 'emojy'; did you mean emoji?"
