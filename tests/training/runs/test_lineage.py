"""Runs made from other runs, and what goes when one is deleted."""

from dataclasses import replace

import pytest
import torch

from playground.errors import InputError
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import lineage, manager, worker

CONFIG = TrainConfig(widths=(16, 16), blocks=(1, 1), batch=8, steps=2, precision="float32")


def other(count=6, channels=1, names=("even", "new")):
    g = torch.Generator().manual_seed(7)
    x = torch.rand(count, channels, 16, 16, generator=g) * 2 - 1
    labels = torch.arange(count) % len(names) if names else None
    return Dataset(x, labels, tuple(names), tuple(f"more {i}" for i in range(count)))


@pytest.fixture
def run(tmp_path, tiny):
    made = manager.create(tmp_path / "runs", "cats", tiny, CONFIG)
    worker.train(made)
    return made


def test_going_on_keeps_the_classes_of_both_and_begins_with_the_weights(run, tiny):
    made = lineage.go_on(run, other())
    assert made.name == "cats-more"
    assert made.config() == replace(run.config(), start="cats")
    both = Dataset.load(made.data)
    assert len(both) == 30
    assert both.class_names == ("even", "odd", "new")
    assert both.labels[:24].tolist() == tiny.labels.tolist()
    assert both.labels[24:].tolist() == [0, 2] * 3
    before, after = run.open_run(), made.open_run()
    assert after.step == 0
    same = [
        torch.equal(weight, before.ema[name])
        for name, weight in after.ema.items()
        if weight.shape == before.ema[name].shape  # the class table has a row more
    ]
    assert all(same)
    assert len(same) > 10


def test_going_on_without_more_has_the_same_pictures(run, tiny):
    assert Dataset.load(lineage.go_on(run).data).fingerprint() == tiny.fingerprint()


def test_what_has_no_class_is_of_the_class_other(tiny):
    both = lineage.together(other(names=()), tiny)
    assert both.class_names == ("other", "even", "odd")
    assert both.labels.tolist() == [0] * 6 + [1, 2] * 12
    assert lineage.together(other(names=()), replace(tiny, labels=None)).labels is None


def test_pictures_that_the_run_has_are_left_out(tiny):
    some = lineage.together(tiny, Dataset(torch.cat([tiny.x[:5], other(2).x])))
    assert len(some) == 26
    with pytest.raises(InputError, match="has all of these pictures already"):
        lineage.together(tiny, tiny.take(torch.arange(3)))


def test_other_shapes_and_a_run_without_a_model_are_one_sentence(run, tmp_path, tiny):
    with pytest.raises(InputError, match="16x16 grey, the new ones 16x16 colour; choose the same"):
        lineage.go_on(run, other(channels=3))
    fresh = manager.create(tmp_path / "runs", "fresh", tiny, CONFIG)
    with pytest.raises(InputError, match="no model yet"):
        lineage.go_on(fresh, other())
    assert sorted(manager.names(tmp_path / "runs")) == ["cats", "fresh"]


@pytest.mark.parametrize("preset", list(presets.PRESETS))
def test_the_settings_of_a_preset_are_that_preset_and_what_differs(preset):
    assert lineage.settings(presets.config(preset)) == (preset, {})
    changed = presets.config(preset, augment=0.3, seed=4)
    assert lineage.settings(changed) == (preset, {"augment": 0.3, "seed": 4})


def test_a_run_s_pictures_are_taken_at_another_size_and_in_colour(run, tiny):
    assert torch.equal(lineage.pictures(run, 16, 1).x, tiny.x)
    large = lineage.pictures(run, 32, 3)
    assert large.shape == (3, 32, 32)
    assert large.class_names == tiny.class_names
    assert torch.equal(large.x[:, 0], large.x[:, 2])
    assert float(large.x.abs().max()) <= 1
    small = lineage.pictures(manager.create(run.path.parent, "colour", large, CONFIG), 16, 1)
    assert small.shape == (1, 16, 16)


def test_uploads_go_with_the_last_run_that_was_made_of_them(tmp_path, tiny):
    uploads, runs = tmp_path / "uploads", tmp_path / "runs"
    files = [uploads / str(i) / f"{i}.zip" for i in range(3)]
    outside = tmp_path / "outside.zip"
    for file in (*files, outside):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("pictures")
    first, second = (manager.create(runs, name, tiny, CONFIG) for name in ("first", "second"))
    lineage.keep_uploads(first, [files[0], files[1], outside, uploads / ".." / outside.name])
    lineage.keep_uploads(second, files[1:])
    lineage.delete(first, within=uploads)
    assert [file.exists() for file in files] == [False, True, True]
    assert not files[0].parent.exists()
    assert outside.exists()  # only what was uploaded is ever deleted
    lineage.delete(second, within=uploads)
    assert [file.exists() for file in files] == [False, False, False]
    assert manager.names(runs) == []


def test_a_run_without_uploads_can_be_deleted(run, tmp_path):
    assert lineage.uploads(run) == []
    lineage.delete(run, within=tmp_path)
    assert not run.path.exists()


def test_a_renamed_run_keeps_its_uploads_and_its_model_follows(run, tiny):
    lineage.keep_uploads(run, ["a.zip"])
    renamed = manager.rename(run, "dogs and cats")
    assert renamed.name == "dogs-and-cats"
    assert [path.name for path in lineage.uploads(renamed)] == ["a.zip"]
    assert manager.rename(renamed, "dogs and cats") == renamed
    manager.create(renamed.path.parent, "cats", tiny, CONFIG)
    with pytest.raises(InputError, match="called cats already"):
        manager.rename(renamed, "cats")
    for empty in ("", "  ", "../"):
        with pytest.raises(InputError, match="a letter or a digit"):
            manager.rename(renamed, empty)


def test_a_taken_name_gets_the_next_number(tmp_path, tiny):
    for name in ("cats", "cats-2"):
        manager.create(tmp_path, name, tiny, CONFIG)
    assert manager.free_name(tmp_path, "cats") == "cats-3"
    assert manager.free_name(tmp_path, "cats-2") == "cats-3"
    assert manager.free_name(tmp_path, "dogs 2") == "dogs-2"
