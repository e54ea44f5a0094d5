"""Files as they are written: whole or not at all, with the mode of the umask, on a full disk."""

import os
import stat

import pytest
import torch

from playground.checkpoint import write_tensors
from playground.errors import InputError
from playground.export import FORMATS, Take, written
from playground.files import write_atomically, write_text

TENSORS = {"x": torch.randn(1 << 16)}


@pytest.fixture
def masked():
    """Sets the umask, and puts the one before back at last."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_files_have_the_mode_that_the_umask_gives(tmp_path, masked, umask):
    masked(umask)
    write_tensors(tmp_path / "model.safetensors", TENSORS, {})
    write_text(tmp_path / "facts.json", "{}")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o666 & ~umask}


@pytest.mark.parametrize("kind", FORMATS)
def test_what_was_made_is_whole_or_as_it_was_where_the_disk_fills_up(small_disk, kind):
    generator = torch.Generator().manual_seed(0)
    made = [torch.rand(4, 3, 64, 64, generator=generator) * 2 - 1 for _ in range(4)]
    path = small_disk.path / f"made.{'png' if kind == 'sheet' else kind}"
    path.write_bytes(b"before")
    small_disk.fill()
    with pytest.raises(InputError, match=r"^Cannot write \S+ \(no space left on device\); free"):
        written(path, Take(made), kind)
    assert path.read_bytes() == b"before"
    assert len(list(small_disk.path.iterdir())) == 2  # it, and what fills the disk


def test_a_model_that_does_not_fit_is_refused_in_one_sentence(small_disk):
    path = small_disk.path / "model.safetensors"
    write_tensors(path, {"x": TENSORS["x"][:9]}, {})
    before = path.read_bytes()
    small_disk.fill()
    with pytest.raises(InputError, match=r"^Cannot write \S+ \(no space left on device\); free"):
        write_tensors(path, TENSORS, {})
    assert path.read_bytes() == before


@pytest.mark.parametrize("error", [ZeroDivisionError("a defect"), InputError("Its own words.")])
def test_an_error_of_another_kind_stays_what_it_is(tmp_path, error):
    def write(path):
        path.write_text("half")
        raise error

    with pytest.raises(type(error), match=f"^{error}$"):
        write_atomically(tmp_path / "x", write)
    assert list(tmp_path.iterdir()) == []
