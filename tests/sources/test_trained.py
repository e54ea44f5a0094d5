"""What a trained source is guided away from, and which pictures are its own."""

import shutil
from dataclasses import replace

import pytest
import torch

from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.sources import find
from playground.training.runs import manager


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


def test_what_its_folders_held_out_is_none_of_a_models_pictures(tmp_path, tiny, config):
    unseen = torch.arange(len(tiny)) % 2 == 0
    of_one = replace(config, steps=1, held_out=0.0)
    folder = manager.create(tmp_path, "cats", replace(tiny, unseen=unseen), of_one)
    run = folder.open_run()
    next(run.steps())
    folder.save(run)
    assert torch.equal(find("cats", Library(tmp_path)).data().x, tiny.x[~unseen])


def test_a_model_that_came_without_its_pictures_says_so(tmp_path):
    shutil.copy(SHIPPED / "digits.safetensors", tmp_path / "mine.safetensors")
    with pytest.raises(InputError, match="pictures that mine was trained on are not here"):
        find("mine", Library(tmp_path / "runs", (tmp_path,))).data()
