"""Denoisers and classes by name, as the page and the command line take them."""

import shutil
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.sources import (
    ANY,
    EACH,
    SETS,
    choices,
    class_choices,
    class_names,
    cond_for,
    denoiser,
    earlier_model,
    guidance_for,
    pictures_of,
)
from playground.training.config import TrainConfig
from playground.training.runs import manager

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


@pytest.mark.parametrize("name", [*SETS, *(f"ideal: {name}" for name in SETS)])
def test_what_ships_is_offered_and_loads(name, tmp_path):
    library = Library(tmp_path)
    assert name in choices(library)
    who, classes = denoiser(name, library)
    size, channels = SETS[name.removeprefix("ideal: ")]
    assert who.shape == (channels, size, size)
    assert len(classes) in (9, 10)


def test_a_kept_moment_of_a_run_is_offered_while_it_is_chosen(tmp_path):
    kept = tmp_path / "cats" / "snapshots" / "0000007.safetensors"
    kept.parent.mkdir(parents=True)
    shutil.copy(SHIPPED / "digits.safetensors", kept)
    library = Library(tmp_path)
    assert "cats @ 7" not in choices(library)
    assert "cats @ 7" in choices(library, "cats @ 7")
    assert choices(library, "digits") == choices(library) == choices(library, str(kept))
    assert denoiser("cats @ 7", library)[0].shape == (1, 16, 16)


CONFIG = TrainConfig(widths=(16,), blocks=(1,), batch=8, precision="float32", held_out=0.25)


@pytest.fixture
def run_of_eight(tmp_path, tiny):
    """A library with a run of eight steps that kept its model at 1, 2, 4 and 8."""
    folder = manager.create(tmp_path, "cats", tiny, replace(CONFIG, steps=8))
    run = folder.open_run()
    folder.snapshots.mkdir(exist_ok=True)
    for step in run.steps():
        if step.step in (1, 2, 4, 8):
            folder.keep_snapshot(run)
    folder.save(run)
    return Library(tmp_path)


def test_a_run_is_guided_away_from_what_it_was_at_a_quarter_of_its_steps(run_of_eight):
    assert earlier_model("cats", run_of_eight).stem == "0000002"
    assert earlier_model("cats @ 4", run_of_eight).stem == "0000001"
    assert earlier_model("cats @ 1", run_of_eight) is None
    guide = guidance_for("cats", run_of_eight, "autoguidance", 2.0, {})
    assert guide.weak is run_of_eight.load("cats @ 2")[1]
    assert "after 2 steps" in guide.weak_is
    composed = guidance_for(
        "cats", run_of_eight, "dynamic_thresholding", 2.0, {"of": "autoguidance"}
    )
    assert composed.weak is guide.weak
    assert guidance_for("cats", run_of_eight, "classifier_free", 2.0, {}).weak is None


def test_without_a_past_it_is_told_what_takes_its_place(run_of_eight):
    for name in ("digits", "cats @ 1"):
        guide = guidance_for(name, run_of_eight, "autoguidance", 2.0, {})
        assert guide.weak is run_of_eight.load(name)[1].weaker()
        assert "same network" in guide.weak_is
        assert "same network" in repr(guide)


def test_the_pictures_of_a_model_are_those_it_has_seen(run_of_eight, tiny):
    seen, _ = tiny.split(0.25, 0)
    for name in ("cats", "cats @ 2"):
        assert torch.equal(pictures_of(name, run_of_eight).x, seen.x)
    digits = pictures_of("digits", run_of_eight)
    assert digits.class_names == denoiser("digits", run_of_eight)[1]
    assert len(digits) == 1797 - 180 < len(pictures_of("ideal: digits", run_of_eight))


def test_a_model_that_came_without_its_pictures_says_so(tmp_path):
    shutil.copy(SHIPPED / "digits.safetensors", tmp_path / "mine.safetensors")
    with pytest.raises(InputError, match="pictures that mine was trained on are not here"):
        pictures_of("mine", Library(tmp_path / "runs", (tmp_path,)))


@pytest.mark.parametrize("name", ["emoji", "digits", "ideal: digits"])
def test_class_names_are_those_of_the_denoiser(tmp_path, name):
    library = Library(tmp_path)
    assert class_names(name, library) == denoiser(name, library)[1] != ()
