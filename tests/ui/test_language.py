"""The tables of words: what the page can look up in them."""

import json
import re
import warnings
from itertools import chain

import pytest

from playground.reference import PARTS, told_of
from playground.ui.i18n import language
from playground.ui.tabs import TABS

HOLE = re.compile(r"\{[#_]?\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def pairs():
    """(file, key, value) of every table, keys that stand twice in one file included."""
    for path in language.patterns():
        found = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
        yield from ((path.stem, key, value) for key, value in found)


PAIRS = list(pairs())
WORDS = {key: value for _, key, value in PAIRS}


def has_words(text):
    """Whether the page finds words for it, as a whole or for each of its sentences."""
    patterns = [
        "".join(".+?" if HOLE.fullmatch(part) else re.escape(part) for part in parts)
        for parts in (re.split(r"(\{[#_]?\})", key) for key in WORDS if HOLE.search(key))
    ]
    known = re.compile("|".join(patterns))
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    return text in WORDS or all(
        one in WORDS or one.rstrip(".") in WORDS or known.fullmatch(one) for one in sentences
    )


def test_every_key_has_words_and_stands_once():
    keys = [key for _, key, _ in PAIRS]
    assert [key for key in keys if keys.count(key) > 1] == []
    assert [key for key in keys if key != " ".join(key.split())] == []
    assert [key for key, value in WORDS.items() if not value.strip()] == []


def test_what_the_page_takes_apart_is_not_a_key():
    assert [key for key in WORDS if " · " in key] == []


def test_the_holes_of_a_value_are_those_of_its_key():
    for key, value in WORDS.items():
        there = len(HOLE.findall(key))
        by_place = [int(place) for place in re.findall(r"\{(\d)\}", value)]
        assert max([*by_place, value.count("{}")], default=0) <= there, (key, value)
        assert there == 0 or by_place or value.count("{}") == there, (key, value)


def test_only_names_stay_english():
    same = {key for key, value in WORDS.items() if not CHINESE.search(value)}
    stays = {key for file, key, _ in PAIRS if file == "stays"}
    titles = {part.registry.entry(n).title for part in PARTS for n in part.registry.names()}
    punctuation = {key for key in same if not re.search("[A-Za-z]", key)}
    assert sorted(same - stays - titles - punctuation) == []


def test_every_hint_has_words():
    assert [
        hint for hint in chain(*(tab.hints.values() for tab in TABS)) if not has_words(hint)
    ] == []


def test_every_registered_function_has_words():
    """Only told of, so that a new schedule or sampler stays one function in one file."""
    entries = [part.registry.entry(n) for part in PARTS for n in part.registry.names()]
    told = chain.from_iterable(
        (entry.title, entry.summary, told_of(entry)[2], *(k.help for k in entry.knobs.values()))
        for entry in entries
    )
    if untold := [text for text in dict.fromkeys(told) if text and not has_words(text)]:
        warnings.warn(f"no Chinese words yet for: {untold}", stacklevel=1)
    assert len(untold) < len(entries)  # some are new; all of them means that the tables are lost


@pytest.mark.parametrize("name", language.LANGUAGES)
def test_the_switch_says_in_both_languages_what_it_does(name):
    offer = language.LANGUAGES[name]["offer"]
    assert CHINESE.search(offer)
    assert "Show the page in" in offer
