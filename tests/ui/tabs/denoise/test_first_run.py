"""What the tab opens with."""

import json

from playground.library import Library
from playground.ui.context import Context
from playground.ui.tabs.denoise.first_run import FirstRun


def test_the_tab_opens_with_a_finished_film_and_says_how_it_was_made(tmp_path):
    first = FirstRun(Context(Library(runs=tmp_path)))
    first.begin().join(90)
    news = json.loads(first.news())
    last = news["frames"][-1]
    assert last["index"] == last["total"] == first.film.recipe.steps
    assert "made on this machine" in news["made"]["key"]
