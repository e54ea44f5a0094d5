"""What the tab opens with."""


def test_the_tab_opens_with_a_finished_film_and_says_how_it_was_made(opened):
    news = opened.message()
    assert "more" not in news
    last = news["frames"][-1]
    assert last["index"] == last["total"] == opened.film.recipe.steps
    assert len(opened.film.snapshots) == last["total"] + 1
    assert "made on this machine" in news["made"]["key"]
