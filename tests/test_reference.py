from pathlib import Path

import pytest

from playground.reference import PARTS, REMAKE, markdown, told_of

FILE = Path(__file__).parent.parent / "docs" / "reference.md"
EVERY = [(part, name) for part in PARTS for name in part.registry.names()]
every = pytest.mark.parametrize("part, name", EVERY, ids=[name for _, name in EVERY])


def test_the_file_is_what_the_registries_say():
    same = FILE.read_text(encoding="utf-8") == markdown()
    assert same, f"docs/reference.md is out of date; make it anew by `{REMAKE}`"


@every
def test_every_entry_tells_its_formula_and_its_use(part, name):
    told, formula, use = told_of(part.registry.entry(name))
    assert told[0].endswith(".")
    assert formula, "its docstring needs a paragraph `Formula: ... .` and a line `For: ... .` in it"
    assert use.endswith(".")


@every
def test_every_entry_stands_in_the_reference_with_source_and_knobs(part, name):
    entry = part.registry.entry(name)
    section = markdown().partition(f"## {part.title}\n")[2].partition(f"### `{name}`")[2]
    section = section.partition("\n### ")[0]
    assert entry.source in section
    for knob in set(entry.knobs) - {"spacing"}:
        assert f"| `{knob}` |" in section
