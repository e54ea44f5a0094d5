"""What a look at the runs sends to the page, and what it leaves as it is."""

import pytest

from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.runs import manager
from playground.ui.app import build
from playground.ui.context import Context

CONFIG = TrainConfig(widths=(16,), blocks=(1,), batch=8, steps=4, precision="float32")


@pytest.fixture
def look(tmp_path, tiny):
    """The handler that follows the run in view, with one run, `old`."""
    manager.create(tmp_path, "old", tiny, CONFIG)
    handlers = [one.fn for one in build(Context(Library(tmp_path, ()))).fns.values() if one.fn]
    (show,) = (f for f in handlers if (f.__module__[-8:], f.__name__) == ("progress", "show"))
    return show


def given(update):
    """What an update changes of the dropdown."""
    return getattr(update, "constructor_args", {})


def test_a_new_run_is_listed_without_undoing_a_choice_made_meanwhile(look, tmp_path, tiny):
    *first, seen = look(None, None)
    assert given(first[0])["value"] == "old"
    manager.create(tmp_path, "new", tiny, CONFIG)
    update = given(look("old", seen)[0])
    assert update["choices"] == ["new", "old"]
    assert "value" not in update


def test_a_name_that_is_gone_is_waited_for_once(look, tmp_path):
    *_, seen = look("old", None)
    manager.rename(manager.folder(tmp_path, "old"), "renamed")
    *sent, seen = look("old", seen)  # asked before the page had the new name
    assert not any(given(one) for one in sent)
    assert given(look("old", seen)[0])["value"] == "renamed"
    assert "value" not in given(look("renamed", seen)[0])
