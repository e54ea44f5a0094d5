"""The films that the tab opens with, and how a page goes on from them."""

import json

import pytest

from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.ui.context import Context
from playground.ui.page.contracts import plain
from playground.ui.tabs.fork.opening import first_fork
from playground.ui.tabs.fork.service import Forks
from playground.ui.tabs.fork.stream import facts
from playground.ui.tabs.fork.tree import Tree
from playground.ui.widgets.request import SamplingForm


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    return Context(Library(checkpoints=(SHIPPED,), runs=tmp_path_factory.mktemp("runs")))


@pytest.fixture(scope="module")
def opening(context):
    return first_fork(context).wait()


def test_the_tab_opens_with_a_whole_film_and_a_branch_of_it(context, opening):
    root, branch = opening.message.films
    for news in (root, branch):
        assert [frame.index for frame in news.frames] == list(range(news.film.total + 1))
    assert (branch.film.parent, branch.film.step) == (opening.message.film, opening.message.step)
    assert opening.tree.films[1].off > 0.05  # something is seen of the fork
    assert str(branch.film.title) in str(opening.message.made)
    assert first_fork(context).message() == json.loads(json.dumps(plain(opening.message)))


def test_a_branch_goes_on_from_the_opening_and_leaves_it_as_it_was(context, opening):
    form = SamplingForm("emoji", pictures=1)
    go = Forks(context).go
    mine, other = Tree(), Tree()
    *_, (tree, _, told, _) = go(form, mine, 0, 18, "", 0, True)
    assert tree is mine
    assert (told["number"], told["parent"], told["step"]) == (2, 0, 18)
    assert len(opening.tree.films) == 2
    *_, (_, _, told, _) = go(form, mine, 2, 1, "", 0, True)  # it has films: they are gone on from
    assert (told["number"], told["parent"]) == (3, 2)
    with pytest.raises(InputError, match="start one first"):
        next(go(form, other, 0, 18, "", 0))


def test_facts_for_other_programs_are_plain(opening):
    told = facts(opening.tree.films[1])
    assert json.loads(json.dumps(told)) == told
    assert isinstance(told["title"], str)
    assert told["note"].startswith("Ends ")
