"""What the Edit tab computes without a page."""

import json

import pytest
import torch

from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame
from playground.library import SHIPPED, Library
from playground.ui.context import Context
from playground.ui.i18n.text import t
from playground.ui.page.contracts import to_json
from playground.ui.tabs.edit import service
from playground.ui.tabs.edit.messages import panel
from playground.ui.tabs.edit.stream import KEPT, EditStream


@pytest.fixture
def context(tmp_path, monkeypatch):
    monkeypatch.setattr(service, "first_model", lambda models: "digits")
    return Context(Library(runs=tmp_path, checkpoints=(SHIPPED,)))


def test_the_first_edit_is_finished_and_marked(context):
    news = service.first_edit(context).wait()
    seen = [(one.key, one.index) for one in news.panels]
    assert len(set(seen)) == len(seen)
    last = max(index for key, index in seen if key == "now")
    assert [index for key, index in seen if key == "now"] == list(range(last + 1))
    assert news.words
    assert "sunflower, digits, strength 0.5" in str(news.made)
    assert json.loads(json.dumps(service.answer_first(context))) == json.loads(to_json(news))


def _frames(total):
    x = torch.zeros(1, 1, 2, 2)
    for index in range(total + 1):
        guess = None if index == 0 else x
        yield Frame(index, total, Level(1.0, 0.0), x, guess, index, torch.zeros(1, 1, 2))


def test_of_a_long_edit_some_moments_are_kept_and_always_the_last():
    stream = EditStream()
    kept = [
        one.index
        for news in stream.stream(_frames(250), lambda f: [panel("now", f.x, t("x"), f.index)])
        for one in news.panels
    ]
    assert sorted(set(kept)) == kept
    assert kept[0] == 0
    assert kept[-1] == 250
    assert KEPT <= len(kept) <= KEPT + 2


def test_news_repeat_the_newest_of_every_panel_since_a_busy_page_skips_some():
    stream = EditStream()
    x = torch.zeros(1, 2, 2)
    stream.news([panel("a", x, t("first"), 0)])
    stream.news([panel("a", x, t("first"), 1)])
    news = stream.news([panel("b", x, t("second"), 0)])
    assert [(one.key, one.index) for one in news.panels] == [("a", 1), ("b", 0)]
