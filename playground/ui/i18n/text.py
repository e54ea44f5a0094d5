"""Texts that Python makes for people: a pattern in English and what fills its holes.

The page says them in its own language, `t(key, values)` in page/kit/words.js; a terminal and other
programs get the English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union

_HOLE = re.compile(r"\{(\w+)\}")

Value = Union[str, int, float, "Text"]


@dataclass(frozen=True)
class Text:
    """One text; `str` gives it in English, `to_json` what the page is sent."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return _HOLE.sub(lambda hole: str(self.values.get(hole[1], hole[0])), self.key)

    def to_json(self) -> dict[str, Any]:
        """Return {key, values} as JSON holds it."""
        values = {k: v.to_json() if isinstance(v, Text) else v for k, v in self.values.items()}
        return {"key": self.key, "values": values} if values else {"key": self.key}


def t(key: str, **values: Value) -> Text:
    """Return the text with these values in its holes, `t("step {k} of {n}", k=3, n=10)`.

    The key is looked up in the tables of words, so it must be a literal here.
    """
    return Text(key, values)
