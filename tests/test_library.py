"""Models by name: the shipped ones, a folder's, and those of runs."""

import shutil

import pytest

from playground.errors import InputError
from playground.library import SHIPPED, Library


@pytest.fixture
def house(tmp_path):
    """A checkpoints folder and a runs folder in which one name is taken twice."""
    (tmp_path / "more").mkdir()
    shutil.copy(SHIPPED / "digits.safetensors", tmp_path / "more" / "mine.safetensors")
    for run in ("cats", "digits", ".deleted-dogs"):
        (tmp_path / "runs" / run).mkdir(parents=True)
        shutil.copy(
            SHIPPED / "digits.safetensors", tmp_path / "runs" / run / "checkpoint.safetensors"
        )
    return Library(tmp_path / "runs", (SHIPPED, tmp_path / "more"))


def test_every_model_is_listed_and_none_hides_another(house):
    shipped = {path.stem for path in SHIPPED.glob("*.safetensors")}
    assert set(house.models()) == shipped | {"mine", "cats", "digits (run)"}
    assert len(set(house.models().values())) == len(shipped) + 3


def test_a_model_loads_by_name_and_by_path(house):
    for name in ("digits (run)", str(SHIPPED / "digits.safetensors")):
        checkpoint, network = house.load(name)
        assert len(checkpoint.class_names) == network.classes == 10


def test_an_unknown_name_gets_the_near_ones(house):
    with pytest.raises(InputError, match="digits"):
        house.load("digit")


def test_a_changed_file_is_read_again(house):
    path = house.runs / "cats" / "checkpoint.safetensors"
    before = house.load("cats")[1]
    assert house.load("cats")[1] is before
    shutil.copy(SHIPPED / "emoji.safetensors", path)
    assert house.load("cats")[1].shape == (3, 32, 32)


def test_what_runs_kept_comes_last_under_the_name_of_the_run(house):
    for run, step in (
        ("cats", 70),
        ("digits", 1200),
        ("cats", 5),
        (".deleted-dogs", 5),
        ("new", 3),
    ):
        (house.runs / run / "snapshots").mkdir(parents=True, exist_ok=True)
        kept = house.runs / run / "snapshots" / f"{step:07d}.safetensors"
        shutil.copy(SHIPPED / "digits.safetensors", kept)
    names, newest = list(house.models()), list(house.newest())
    assert names[: len(newest)] == newest
    assert names[len(newest) :] == ["cats @ 5", "cats @ 70", "digits (run) @ 1200", "new @ 3"]
    assert house.load("cats @ 70")[1].shape == (1, 16, 16)
    assert house.name_of(house.path("digits (run) @ 1200")) == "digits (run) @ 1200"
