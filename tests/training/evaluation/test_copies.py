"""What counts as a copy, and what does not."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.training.evaluation import copies
from playground.training.evaluation.copies import matches, picture_of, share


def pictures(count=40, seed=0):
    return torch.rand(count, 3, 16, 16, generator=torch.Generator().manual_seed(seed)) * 2 - 1


@given(st.integers(1, 30), st.integers(1, 9), st.booleans(), st.integers(0, 99))
def test_the_nearest_is_what_comparing_one_by_one_finds(count, asked, flip, seed):
    known, x = pictures(count, seed), pictures(asked, seed + 100)
    both = torch.cat([known, known.flip(-1)]) if flip else known
    for one, found in zip(x, matches(x, known, flip=flip), strict=True):
        apart = (both - one).square().mean(dim=(1, 2, 3)).sqrt()
        assert found.distance == pytest.approx(float(apart.min()), abs=1e-5)
        assert torch.equal(picture_of(found, known), both[apart.argmin()])


def test_training_pictures_are_copies_and_new_ones_are_not():
    known = pictures()
    slightly_off = known[:6] + 0.05 * torch.randn(
        6, 3, 16, 16, generator=torch.Generator().manual_seed(1)
    )
    found = matches(slightly_off, known)
    assert [m.picture for m in found] == list(range(6))
    assert share(found) == 1.0
    assert share(matches(pictures(6, seed=1), known)) == 0.0


def test_a_mirrored_picture_is_a_copy_only_of_a_run_that_mirrors():
    known = pictures()
    mirrored = known[3:4].flip(-1)
    assert [m.copy for m in matches(mirrored, known)] == [False]
    (found,) = matches(mirrored, known, flip=True)
    assert (found.copy, found.mirrored, found.picture) == (True, True, 3)
    assert found.distance == 0


def test_a_picture_given_twice_still_counts_as_copied():
    known = pictures()
    (found,) = matches(known[:1], torch.cat([known, known[:1]]))
    assert found.copy is True


def test_one_picture_alone_gives_no_verdict():
    (found,) = matches(pictures(1), pictures(1, seed=3))
    assert (found.neighbour, found.copy) == (None, None)
    assert share([found]) is None


def test_the_rule_is_half_of_the_distance_to_the_neighbour():
    known = torch.stack([torch.full((1, 16, 16), v) for v in (-0.5, 0.0, 0.5)])  # 0.5 apart
    x = torch.stack([torch.full((1, 16, 16), 0.5 + d) for d in (0.24, 0.26)])
    assert [m.copy for m in matches(x, known)] == [True, False]
    assert [m.neighbour for m in matches(x, known)] == pytest.approx([0.5, 0.5])


def test_many_pictures_are_searched_in_parts(monkeypatch):
    whole = matches(pictures(5, seed=1), pictures(), flip=True)
    monkeypatch.setattr(copies, "CHUNK", 7)
    parts = matches(pictures(5, seed=1), pictures(), flip=True)
    assert [(m.picture, m.mirrored) for m in parts] == [(m.picture, m.mirrored) for m in whole]
    for value in ("distance", "neighbour"):
        assert [getattr(m, value) for m in parts] == pytest.approx(
            [getattr(m, value) for m in whole], rel=1e-5
        )
