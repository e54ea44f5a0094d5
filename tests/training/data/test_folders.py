"""What folders say of the pictures in them."""

import io
import zipfile

import numpy as np
import pytest
import torch
from PIL import Image

import playground as pg
from playground.classes import cond_for
from playground.training.data.folders import in_turn, places


def classes(*names):
    return [(place.kind, place.unseen) for place in places(names)]


def test_train_and_val_are_no_classes_at_whatever_depth():
    flat = classes("train/cat/0.png", "train/dog/1.png", "val/cat/2.png", "val/dog/3.png")
    assert flat == [("cat", False), ("dog", False), ("cat", True), ("dog", True)]
    wrapped = classes("set/train/cat/0.png", "set/train/dog/1.png", "set/Val/cat/2.png")
    assert wrapped == [("cat", False), ("dog", False), ("cat", True)]
    inner = classes("cat/train/0.png", "cat/test/1.png", "dog/train/2.png", "dog/test/3.png")
    assert inner == [("cat", False), ("cat", True), ("dog", False), ("dog", True)]
    assert classes("train/0.png", "test/1.png") == [("", False), ("", True)]


def test_a_class_may_be_called_like_a_part_where_there_is_no_other():
    assert classes("train/0.png", "bus/1.png") == [("train", False), ("bus", False)]


def test_names_that_cannot_be_typed_get_names_that_can():
    names = ("红\u3000苹果/0.png", "👩\u200d🚀/1.png", "a\u00a0b/2.png", "any/3.png")
    kinds = [kind for kind, _ in classes(*names)]
    assert kinds == ["红 苹果", "👩\u200d🚀", "a b", "class any"]
    for kind in kinds:
        assert cond_for(kind, kinds, [0]) == [kinds.index(kind)]


@pytest.mark.parametrize("limit", [4, 6, 10])
def test_any_beginning_has_an_even_share(limit):
    names = [f"{kind}/{k}.png" for kind in ("a", "b") for k in range(30)] + ["notes.txt"]
    first = [names[i][0] for i in in_turn(names, limit)[:limit]]
    assert first.count("a") == first.count("b") == limit // 2
    assert sorted(in_turn(names, limit)) == list(range(len(names)))
    assert in_turn(names, 60) == list(range(len(names)))


def test_what_lies_in_val_is_held_out_and_stays_so(tmp_path):
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as made:
        for seed, name in enumerate(
            f"{p}/{c}/{k}.png" for p in ("train", "val") for c in "ab" for k in range(3)
        ):
            noise = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
            data = io.BytesIO()
            Image.fromarray(noise).save(data, "PNG")
            made.writestr(name, data.getvalue())
    data = pg.Dataset.from_files(path, 16)
    assert data.class_names == ("a", "b")
    assert "6 pictures in folders such as val or test are held out" in data.advice()
    data.save(tmp_path / "d.safetensors")
    for one in (data, pg.Dataset.load(tmp_path / "d.safetensors")):
        seen, held = one.split(0.1, 5)
        assert all(name.startswith("train/") for name in seen.names)
        assert all(name.startswith("val/") for name in held.names)
        assert torch.equal(torch.cat([seen.x, held.x]), data.x)
