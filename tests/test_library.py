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
    assert set(house.models()) == {"digits", "emoji", "mine", "cats", "digits (run)"}
    assert len(set(house.models().values())) == 5


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
