"""Which pictures the controls mean, and that they are read once."""

import pytest
from PIL import Image

from playground.errors import InputError
from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import manager
from playground.ui.context import Context
from playground.ui.tabs.train import picture_source
from playground.ui.tabs.train.picture_source import NONE_YET, PictureForm, PictureSource

EMPTY = PictureForm("my files", None, 16, "grey", "centre", None, None, None)


@pytest.fixture
def files(tmp_path):
    for i in range(3):
        Image.new("L", (20, 20), 60 * i).save(tmp_path / f"{i}.png")
    return [str(path) for path in sorted(tmp_path.glob("*.png"))]


@pytest.fixture
def source(tmp_path):
    return PictureSource(Context(Library(tmp_path / "runs", ())))


@pytest.mark.parametrize("name", NONE_YET)
def test_without_pictures_it_says_what_to_do(source, name):
    form = EMPTY._replace(source=name)
    assert form.is_empty
    with pytest.raises(InputError) as error:
        source.read(form)
    assert str(error.value) == NONE_YET[name]


def test_what_is_no_source_or_colour_is_refused(source, files):
    for wrong in (EMPTY._replace(source="camera"), EMPTY._replace(files=files, colour="red")):
        with pytest.raises(InputError, match="There is no"):
            source.read(wrong)


def test_files_are_read_once_with_progress(source, files, monkeypatch):
    form = EMPTY._replace(files=files)
    *progress, dataset = source.steps(form)
    assert progress[-1] == (3, 3)
    assert dataset.shape == (1, 16, 16)
    monkeypatch.setattr(picture_source, "Reading", None)  # cannot be read again
    assert source.read(form) is dataset
    source.forget()
    with pytest.raises(TypeError):
        source.read(form)


def test_only_files_are_uploads(files):
    assert EMPTY._replace(files=files).uploads == files
    assert EMPTY._replace(files=files, source="bundled digits").uploads == []


def test_pictures_of_a_run_have_the_size_asked_for(source, tmp_path, tiny):
    manager.create(tmp_path / "runs", "cats", tiny, TrainConfig())
    form = EMPTY._replace(source="an earlier run", of_run="cats")
    found = source.read(form)
    assert isinstance(found, Dataset)
    assert found.fingerprint() == tiny.fingerprint()
    assert source.read(form._replace(size=32)).shape == (1, 32, 32)
