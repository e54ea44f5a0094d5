"""What the tab opens with."""

from playground.library import Library
from playground.ui.context import Context
from playground.ui.tabs.denoise.opening import FirstFilm


def test_the_tab_opens_with_a_finished_film_and_says_how_it_was_made(tmp_path):
    first = FirstFilm(Context(Library(runs=tmp_path)))
    assert first.wait()
    news = first.message()
    assert "more" not in news
    last = news["frames"][-1]
    assert last["index"] == last["total"] == first.film.recipe.steps
    assert len(first.film.snapshots) == last["total"] + 1
    assert "made on this machine" in news["made"]["key"]
