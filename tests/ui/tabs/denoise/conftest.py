"""The film that the tab opens with, made once."""

import pytest

from playground.library import Library
from playground.ui.context import Context
from playground.ui.tabs.denoise.opening import FirstFilm


@pytest.fixture(scope="session")
def opened(tmp_path_factory):
    first = FirstFilm(Context(Library(runs=tmp_path_factory.mktemp("runs"))))
    assert first.wait()
    return first
