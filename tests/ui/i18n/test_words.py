"""Every text of the page has words in each language, and no words are left over."""

import importlib.util
import json
import re
from collections import defaultdict
from pathlib import Path

import gradio as gr
import pytest

from playground.library import Library
from playground.reference import PARTS
from playground.studio.presets import presets
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.i18n import language
from playground.ui.media.pictures import EXAMPLES
from playground.ui.presenter.presenter import LESSON
from playground.ui.tabs import TABS

_SPEC = importlib.util.spec_from_file_location("keys", Path(__file__).with_name("keys.py"))
keys = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(keys)

HOLE = re.compile(r"\{(\w+)\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORDY = re.compile(r"[A-Za-z]{3}")
GRADIO = Path(language.__file__).with_name("gradio.zh-Hans.json")
STAYS = {  # names, formats, formulas
    *("CSV", "GIF", "HTML", "JSON", "NPZ", "PNG", "ask", "digits", "emoji", "emoji-fast"),
    *("ideal: digits", "ideal: emoji", "sigma {sigma}", "{band} (sigma {sigma})"),
    *("(x_t - sigma eps) / alpha", "alpha x_t + sigma eps", "x_t - eps"),
    "{title}: alpha {alpha}, sigma {sigma}",
}
WORDS = language.words()


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """All that the page may say."""
    page = build(Context(Library(runs=tmp_path_factory.mktemp("runs"))))
    hints = {hint for tab in TABS for hint in tab.hints.values()}
    races = {words for one in presets() for words in (one["name"], one.get("about", ""))}
    made = keys.in_scripts() | keys.in_python() | keys.in_registries() | keys.in_lesson(LESSON)
    return (
        made
        | keys.on_page(page)
        | {page.title, *EXAMPLES}
        | hints
        | races
        | {words for tab in TABS for words in (tab.title, tab.group)}
    )


def test_every_text_has_words(shown):
    missing = {key for key in shown if key not in WORDS and keys.HAS_WORDS.search(key)}
    assert sorted(missing) == []


def test_no_words_are_left_over(shown):
    used = shown | keys.in_python(also_terminal=True) | keys.written()
    composed = {f"{kind} {{value}}" for kind in ("class", "guidance", "seed")}  # of a grid's cells
    alternatives = {"One sampler, two schedules", "One sampler, three schedules"}
    of_gradio = json.loads(GRADIO.read_text(encoding="utf-8")).keys()
    assert sorted(WORDS.keys() - used - composed - alternatives - of_gradio) == []


def test_words_for_gradio_are_for_what_gradio_says():
    scripts = Path(gr.__file__).parent / "templates" / "frontend" / "assets"
    said = "".join(one.read_text("utf-8", errors="ignore") for one in scripts.glob("*.js"))
    parts = {
        key: [part.strip("- ") for part in HOLE.split(key)[::2]]
        for key in json.loads(GRADIO.read_text(encoding="utf-8"))
    }
    assert [key for key, all_of_it in parts.items() if not all(p in said for p in all_of_it)] == []


def test_every_key_in_python_is_a_literal():
    assert keys.without_a_key() == []


def test_only_names_stay_english():
    same = {key for key, words in WORDS.items() if not CHINESE.search(words)}
    titles = {part.registry.entry(n).title for part in PARTS for n in part.registry.names()}
    assert sorted({key for key in same - titles if WORDY.search(HOLE.sub("", key))} - STAYS) == []


@pytest.mark.parametrize("name", language.LANGUAGES)
def test_the_switch_says_in_both_languages_what_it_does(name):
    offer = language.LANGUAGES[name]["offer"]
    assert CHINESE.search(offer)
    assert "Show the page in" in offer


def test_the_holes_of_words_are_those_of_their_key():
    wrong = [k for k, v in WORDS.items() if {*HOLE.findall(k)} != {*HOLE.findall(v)}]
    assert wrong == []


def test_one_key_has_one_meaning():
    told = defaultdict(set)
    for table in language.tables():
        for key, words in json.loads(table.read_text(encoding="utf-8")).items():
            told[key].add(words)
    assert {key: words for key, words in told.items() if len(words) > 1} == {}


def test_a_missing_key_is_found():
    """The test above can fail: a key that no table holds is collected from its call."""
    call = 't(\n  "one text " +\n    "in two",\n  { n },\n)'
    found = keys.CALL.findall(call)
    assert len(found) == 1
