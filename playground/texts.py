"""Texts for people: a pattern in English and what fills its holes.

The page says them in its own language; a terminal and other programs get the English.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Union

_HOLE = re.compile(r"\{(\w+)\}")

Value = Union[str, int, float, "Text"]


@dataclass(frozen=True)
class Text:
    """One text; `str` gives it in English, `to_json` what the page is sent; one without words is
    false."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return _HOLE.sub(lambda hole: str(self.values.get(hole[1], hole[0])), self.key)

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    def __bool__(self) -> bool:
        return bool(self.key)

    def to_json(self) -> dict[str, Any]:
        """Return {key, values} as JSON holds it."""
        values = {name: _plain(value) for name, value in self.values.items()}
        return {"key": self.key, "values": values} if values else {"key": self.key}

    @classmethod
    def from_json(cls, found: Any) -> "Text":
        """Return the text of what `to_json` gave, or of words that were written as they are."""
        if not isinstance(found, Mapping):
            return verbatim(str(found or ""))
        values = {
            str(name): cls.from_json(value) if isinstance(value, Mapping) else value
            for name, value in dict(found.get("values", {})).items()
        }
        return cls(str(found["key"]), values)


def t(key: str, **values: Value) -> Text:
    """Return the text with these values in its holes, `t("step {k} of {n}", k=3, n=10)`.

    The key is looked up in the tables of words, so it must be a literal here.
    """
    return Text(key, values)


NOTHING = Text("")


def verbatim(words: str) -> Text:
    """Return words that are the same in every language: a name, a number, a line of a log."""
    return Text("{0}", {"0": words}) if words else NOTHING


def joined(texts: Iterable[Value], between: str = " ") -> Text:
    """Return these texts behind each other."""
    every = {str(place): text for place, text in enumerate(texts)}
    return Text(between.join(f"{{{place}}}" for place in every), every)


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.to_json()
    return value if isinstance(value, str | int | float) else str(value)
