"""The folder of uploads is one's own, whoever else uses the machine."""

import os
import stat

import pytest

from playground import temporary
from playground.temporary import own_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="each user has a folder there")


@pytest.fixture(autouse=True)
def _shared(monkeypatch, tmp_path):
    monkeypatch.setattr(temporary.tempfile, "tempdir", str(tmp_path))


def mode(folder):
    return stat.S_IMODE(os.stat(folder).st_mode)


def test_it_is_the_same_at_each_start_and_closed_to_others():
    folder = own_folder("app")
    assert own_folder("app") == folder
    assert mode(folder) == 0o700


def test_two_users_have_two(monkeypatch):
    mine = own_folder("app")
    uid = os.getuid()
    monkeypatch.setattr(temporary.os, "getuid", lambda: uid + 1)
    assert own_folder("app") != mine


def test_what_somebody_else_laid_there_is_left_alone(monkeypatch, tmp_path):
    """A folder of another's, a link to one, and a file."""
    expected = own_folder("app")
    expected.rmdir()
    target = tmp_path / "target"
    target.mkdir()
    expected.symlink_to(target)
    assert own_folder("app").parent == tmp_path
    assert own_folder("app") != expected
    expected.unlink()
    expected.write_text("")
    assert own_folder("app").is_dir()
    expected.unlink()
    expected.mkdir()
    monkeypatch.setattr(temporary, "_is_ours", lambda about: False)
    other = own_folder("app")
    assert other != expected
    assert mode(other) == 0o700
