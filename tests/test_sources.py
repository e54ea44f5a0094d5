"""Denoisers and classes by name, as the page and the command line take them."""

import os
import shutil
from dataclasses import replace

import pytest
import torch

from playground.bundled import SETS
from playground.classes import EACH
from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.making import resolve
from playground.recipe import Recipe
from playground.sources import choices, find
from playground.training.config import TrainConfig
from playground.training.runs import manager


@pytest.mark.parametrize("name", [*SETS, *(f"ideal: {name}" for name in SETS)])
def test_what_ships_is_offered_and_loads(name, tmp_path):
    library = Library(tmp_path)
    assert name in choices(library)
    source = find(name, library)
    size, channels = SETS[name.removeprefix("ideal: ")]
    assert source.denoiser.shape == (channels, size, size)
    assert len(source.class_names) in (9, 10)


def test_a_kept_moment_of_a_run_is_offered_while_it_is_chosen(tmp_path):
    kept = tmp_path / "cats" / "snapshots" / "0000007.safetensors"
    kept.parent.mkdir(parents=True)
    shutil.copy(SHIPPED / "digits.safetensors", kept)
    library = Library(tmp_path)
    assert "cats @ 7" not in choices(library)
    assert "cats @ 7" in choices(library, "cats @ 7")
    assert choices(library, "digits") == choices(library) == choices(library, str(kept))
    assert find("cats @ 7", library).denoiser.shape == (1, 16, 16)


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
    assert find("cats", run_of_eight).earlier.stem == "0000002"
    assert find("cats @ 4", run_of_eight).earlier.stem == "0000001"
    assert find("cats @ 1", run_of_eight).earlier is None
    source = find("cats", run_of_eight)
    guide = source.guidance("autoguidance", 2.0, {})
    assert guide.weak is run_of_eight.load("cats @ 2")[1]
    assert "after 2 steps" in guide.weak_is
    composed = source.guidance("dynamic_thresholding", 2.0, {"of": "autoguidance"})
    assert composed.weak is guide.weak
    assert source.guidance("classifier_free", 2.0, {}).weak is None


def test_without_a_past_it_is_told_what_takes_its_place(run_of_eight):
    for name in ("digits", "cats @ 1"):
        guide = find(name, run_of_eight).guidance("autoguidance", 2.0, {})
        assert guide.weak is run_of_eight.load(name)[1].weaker()
        assert "same network" in guide.weak_is
        assert "same network" in repr(guide)


def test_the_pictures_of_a_model_are_those_it_has_seen(run_of_eight, tiny):
    seen, _ = tiny.split(0.25, 0)
    for name in ("cats", "cats @ 2"):
        assert torch.equal(find(name, run_of_eight).data().x, seen.x)
    source = find("digits", run_of_eight)
    digits = source.data()
    assert digits.class_names == source.class_names
    assert len(digits) == 1797 - 180 < len(find("ideal: digits", run_of_eight).data())


def test_what_its_folders_held_out_is_none_of_a_models_pictures(tmp_path, tiny):
    unseen = torch.arange(len(tiny)) % 2 == 0
    config = replace(CONFIG, steps=1, held_out=0.0)
    folder = manager.create(tmp_path, "cats", replace(tiny, unseen=unseen), config)
    run = folder.open_run()
    next(run.steps())
    folder.save(run)
    assert torch.equal(find("cats", Library(tmp_path)).data().x, tiny.x[~unseen])


def test_a_model_that_came_without_its_pictures_says_so(tmp_path):
    shutil.copy(SHIPPED / "digits.safetensors", tmp_path / "mine.safetensors")
    with pytest.raises(InputError, match="pictures that mine was trained on are not here"):
        find("mine", Library(tmp_path / "runs", (tmp_path,))).data()


@pytest.mark.parametrize("name", ["emoji", "digits", "ideal: digits"])
def test_classes_are_known_without_the_weights(tmp_path, name, monkeypatch):
    monkeypatch.setattr("playground.sources.load_file", None)
    assert find(name, Library(tmp_path)).class_names


class Counting(Library):
    """A library that counts how often a name is looked up in it."""

    looks = 0

    def path(self, name):
        Counting.looks += 1
        return super().path(name)


def test_a_name_is_looked_up_once_however_much_is_asked_of_its_source(run_of_eight):
    library, Counting.looks = Counting(run_of_eight.runs), 0
    recipe = Recipe("cats", guidance_kind="autoguidance", guidance=2.0, steps=1, class_name=EACH)
    made = resolve(recipe, library)
    assert len(list(made.frames())) == 2
    assert made.source.data().class_names == made.class_names != ()
    assert made.recipe.fingerprint != made.recipe.weaker != ""
    assert Counting.looks == 1


def test_a_source_holds_the_file_that_it_was_found_with(run_of_eight):
    source = find("cats", run_of_eight)
    before, path = source.denoiser, source.path
    os.utime(path, ns=(0, 0))
    assert source.denoiser is before
    assert find("cats", run_of_eight).version != source.version


def test_only_what_is_offered_is_found(tmp_path):
    with pytest.raises(InputError, match="no model called 'digits'"):
        find("digits", Library(tmp_path), ["emoji"])
    with pytest.raises(InputError, match="There is no file"):
        find("gone.safetensors", Library(tmp_path))


def test_the_ideal_denoiser_of_a_set_is_made_once(tmp_path):
    library = Library(tmp_path)
    one, other = (find("ideal: digits", library) for _ in range(2))
    assert one.denoiser is other.denoiser
