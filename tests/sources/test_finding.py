"""Denoisers and classes by name, as the page and the command line take them."""

import os
import shutil

import pytest

from playground.bundled import SETS
from playground.classes import EACH
from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.making import resolve
from playground.recipe import Recipe
from playground.sources import choices, find


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


@pytest.mark.parametrize("name", ["emoji", "digits", "ideal: digits"])
def test_classes_are_known_without_the_weights(tmp_path, name, monkeypatch):
    monkeypatch.setattr("playground.sources.trained.load_file", None)
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
