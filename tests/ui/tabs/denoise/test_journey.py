"""The journey of a film: what the page is sent, and the file that needs nothing else."""

import re
from pathlib import Path

import pytest

from playground.sources import find
from playground.ui.tabs.denoise.journey import shown, standalone


@pytest.fixture(scope="module")
def made(opened):
    film = opened.film
    source = find(film.recipe.model, opened.context.library)
    return film, shown("run", film, source)


def test_every_sample_has_one_way_as_long_as_the_kept_steps(made):
    film, about = made
    assert len(about.paths) == len(about.labels) == len(film.labels)
    assert {len(path) for path in about.paths} == {len(about.steps)}
    assert about.steps[0] == 0
    assert about.steps[-1] == film.recipe.steps
    assert 0 < about.share < 1


def test_ways_begin_apart_and_end_nearer_to_the_pictures_than_they_began(made):
    _, about = made
    points = [point for place in about.places for point in place.points]

    def nearest(point):
        return min(sum((a - b) ** 2 for a, b in zip(point, one, strict=True)) for one in points)

    begins, ends = (sum(nearest(path[i]) for path in about.paths) for i in (0, -1))
    assert ends < begins


def test_the_file_holds_plotly_and_asks_the_network_for_nothing(made):
    _, about = made
    page = Path(standalone(about, "Sixteen emoji")).read_text(encoding="utf-8")
    assert "Sixteen emoji" in page
    assert about.sheet in page.replace("\\u002f", "/")
    assert "Plotly.newPlot" in page
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", page)
