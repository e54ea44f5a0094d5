"""A word for the class of all samples, to a number for each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.classes import ANY, EACH, class_choices, cond_for
from playground.errors import InputError

NAMES = ("cats", "dogs", "owls")


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=9))
def test_a_samples_class_follows_from_its_own_seed(seeds):
    together = cond_for(EACH, NAMES, seeds)
    assert together == [cond_for(EACH, NAMES, [seed])[0] for seed in seeds]


def test_one_of_each_is_one_of_each():
    assert sorted(cond_for(EACH, NAMES, range(7, 10))) == [0, 1, 2]


def test_a_class_by_name_and_no_class():
    assert cond_for("owls", NAMES, [5, 6]) == [2, 2]
    assert cond_for(ANY, NAMES, [5]) is cond_for(None, NAMES, [5]) is None


@pytest.mark.parametrize("names", [NAMES, ()])
def test_every_choice_is_taken(names):
    for word in class_choices(names):
        cond_for(word, names, [0])


@pytest.mark.parametrize("word, names, said", [("cat", NAMES, "cats"), (EACH, (), "no classes")])
def test_an_unknown_class_gets_the_near_ones(word, names, said):
    with pytest.raises(InputError, match=said):
        cond_for(word, names, [0])
