"""What the page leaves out for the audience is there for the presenter."""

import re
from pathlib import Path

import playground
from playground.library import Library
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.theme.roles import AUDIENCE, REFUSING

UI = Path(playground.__file__).parent / "ui"


def test_each_button_that_is_left_out_exists(tmp_path):
    page = build(Context(Library(runs=tmp_path)))
    names = {str(block.elem_id) for block in page.blocks.values() if block.elem_id}
    for file in UI.rglob("page/*.*"):
        if file.suffix in (".html", ".js"):
            text = file.read_text(encoding="utf-8")
            names |= set(re.findall(r'\bid\s*[=:]\s*"([\w-]+)"', text))
    missing = [one for one in REFUSING if one.split(" ")[0].removeprefix("#") not in names]
    assert missing == []
    assert 'data-role="audience"' in AUDIENCE
