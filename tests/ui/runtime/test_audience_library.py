"""The audience finds the models that ship, and no run by any name or path."""

import shutil

import pytest

from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.ui.runtime.access import Role, acting_as
from playground.ui.runtime.audience_library import RoleLibrary


@pytest.fixture
def library(tmp_path):
    shipped = next(SHIPPED.glob("*.safetensors"))
    run = tmp_path / "my secret"
    run.mkdir()
    shutil.copyfile(shipped, run / "checkpoint.safetensors")
    return RoleLibrary.of(Library(runs=tmp_path))


def test_the_presenter_finds_all(library):
    assert "my secret" in library.models()
    assert library.path("my secret").is_file()
    assert library.path(str(library.path("my secret"))).is_file()


def test_the_audience_finds_what_ships(library):
    whole = library.models()
    path = str(library.path("my secret"))
    with acting_as(Role.AUDIENCE):
        seen = {**library.models(), **library.newest(), **library.points()}
        assert seen.keys() < whole.keys() | library.points().keys()
        assert "my secret" not in seen
        for name in ("my secret", path, "/etc/passwd.safetensors"):
            with pytest.raises(InputError) as told:
                library.path(name)
            assert "my secret" not in str(told.value).replace(name, "")
        assert library.load(next(iter(library.newest())))
