"""The page in another language: tables of words, and the script that speaks it."""

import json
import os
from functools import cache
from pathlib import Path

from playground.ui.page.part import started
from playground.ui.page.route import UI

SCRIPT = "i18n/page/language.js"
TABLES = "*.zh-Hans.json"
KEY = "language"  # of the cookie by which the page tells it
# by language: its name, what the button that leads to it does, and what is said once it is there
LANGUAGES = {
    "en": {
        "name": "English",
        "offer": "Show the page in English (用英文显示本页)",
        "said": "The page is in English.",
    },
    "zh-Hans": {
        "name": "简体中文",
        "offer": "用简体中文显示本页 (Show the page in Chinese)",
        "said": "本页已显示为简体中文。",
    },
}


def tables() -> list[Path]:
    """Return the tables of words, JSON files from keys in English to Chinese, one a folder."""
    return sorted(UI.rglob(TABLES))


@cache
def words() -> dict[str, str]:
    """Return all tables in one."""
    found: dict[str, str] = {}
    for table in tables():
        found |= json.loads(table.read_text(encoding="utf-8"))
    return found


def script() -> str:
    """Return what the page runs when it is loaded."""
    near = (UI / SCRIPT).parent

    paths = [Path(os.path.relpath(table, near)).as_posix() for table in tables()]
    return started(SCRIPT, {"languages": LANGUAGES, "words": paths})
