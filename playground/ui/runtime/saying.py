"""What the server says to a visitor: in the language of the page from which it is asked.

The page tells it by a cookie; other programs have none and are told in English.
"""

import re
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.types import Scope

from playground.errors import InputError
from playground.ui.i18n.language import KEY, LANGUAGES, words
from playground.ui.i18n.text import Text
from playground.ui.runtime.gradio_internals import current_scope

ENGLISH = "en"
_HOLE = re.compile(r"\{(\w+)\}")


def visitor_language(scope: Scope | None = None) -> str:
    """Return the language of the page that asks, by default for which the work at hand is done."""
    for name, value in (scope or current_scope() or {}).get("headers", ()):
        if name != b"cookie":
            continue
        try:
            told = SimpleCookie(value.decode("latin-1")).get(KEY)
        except CookieError:
            return ENGLISH
        if told is not None and told.value in LANGUAGES:
            return told.value
    return ENGLISH


def said(told: Any, language: str | None = None) -> str:
    """Return a text or an error in this language, by default the visitor's.

    What has no words in it stays English.
    """
    language = language or visitor_language()
    if not isinstance(told, Text | InputError):
        return str(told)  # names and numbers stay as they are written
    key = told.key if language == ENGLISH else words().get(told.key, told.key)
    values = told.values
    return _HOLE.sub(
        lambda hole: said(values[hole[1]], language) if hole[1] in values else hole[0], key
    )
