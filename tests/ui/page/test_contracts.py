"""Contracts between Python and the page: the types that scripts are checked by are those here."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from playground.errors import InputError
from playground.ui.i18n.text import Text, t
from playground.ui.page import contracts


@dataclass(frozen=True)
class Point:
    """A place."""

    x: float
    y: float = 0.0


@dataclass(frozen=True)
class Message:
    """What a part is sent."""

    text: Text
    index: int
    kind: Literal["a", "b"] = "a"
    points: tuple[Point, ...] = ()
    more: dict[str, list[float]] = field(default_factory=dict)
    note: str | None = None


def test_the_types_of_the_page_are_those_of_python():
    differ = [
        path.name
        for path, text in contracts.files().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert differ == [], "run python -m playground.ui.page.contracts"


def test_a_message_goes_as_json_with_its_texts_as_keys():
    message = Message(t("step {k} of {n}", k=3, n=10), 3, points=(Point(1.0),))
    sent = json.loads(contracts.to_json(message))
    assert sent["text"] == {"key": "step {k} of {n}", "values": {"k": 3, "n": 10}}
    assert sent["points"] == [{"x": 1.0, "y": 0.0}]
    assert str(message.text) == "step 3 of 10"


def test_a_type_is_written_for_every_kind_of_field():
    told = contracts._interface(Message, {"Message", "Point"}, "../")
    for line in (
        'text: import("../page/kit/words.js").Text;',
        "index: number;",
        'kind: "a" | "b";',
        "points: Point[];",
        "more: Record<string, number[]>;",
        "note: string | null;",
    ):
        assert line in told


def test_what_the_page_sends_is_read_with_its_defaults():
    assert contracts.from_json(Point, '{"x": 2}') == Point(2, 0.0)


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ('{"x": "left"}', "x must be a number"),
        ('{"x": true}', "x must be a number"),
        ('{"x": 1, "z": 2}', "no z"),
        ("{}", "all of x"),
        ("[1]", "object of x, y"),
        ("{", "JSON"),
    ],
)
def test_what_is_no_such_message_is_told_in_a_sentence(sent: Any, word: str):
    with pytest.raises(InputError, match=word):
        contracts.from_json(Point, sent)
