"""The page in another language: tables of words, and the script that puts them into the page.

The words are translated in the page, so that nothing in Python knows of languages: what a new
schedule or sampler says of itself is shown in English until somebody adds its words to a table.
"""

import json
from pathlib import Path

from playground.ui.page.route import UI, address

HERE = Path(__file__).parent
WORDS = HERE / "zh-Hans"
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
    """The tables of words, JSON files from English to Chinese."""
    return sorted(WORDS.glob("*.json"))


def script() -> str:
    """What the page runs when it is loaded. Call it while the page is built."""
    source = {
        name: (HERE / "page" / f"{name}.js").read_text(encoding="utf-8")
        for name in ("word_table", "language")
    }
    # read by the page when somebody asks for this language
    given = [address(path.relative_to(UI).as_posix()) for path in tables()], LANGUAGES
    told = ", ".join(json.dumps(one, ensure_ascii=False) for one in given)
    return f"() => {{ {source['word_table']}\n({source['language']})({told}); }}"
