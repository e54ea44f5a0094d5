"""README's lines run from a fresh clone; here the part that looks for node."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def bootstrap():
    about = importlib.util.spec_from_file_location("bootstrap", HOME / "bootstrap.py")
    module = importlib.util.module_from_spec(about)
    about.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "version, enough",
    [("v20.19.0\n", True), ("v24.1.0", True), ("v20.9.0", False), ("v18.20.4", False), ("", False)],
)
def test_a_node_that_is_too_old_for_the_checks_is_not_taken(bootstrap, version, enough):
    assert bootstrap.is_enough(version) == enough


def test_it_asks_for_the_node_that_package_json_asks_for(bootstrap):
    package = json.loads((HOME / "package.json").read_text())
    assert package["engines"]["node"] == ">=" + ".".join(map(str, bootstrap.NODE))
    assert set(bootstrap.PAGE_CHECKS) <= set(package["scripts"])


def test_the_pages_checks_are_fetched_once_and_stop_the_run_where_one_fails(
    bootstrap, monkeypatch, tmp_path
):
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    asked = []

    def answer(command, **_):
        asked.append(command[1:])
        return subprocess.CompletedProcess(command, 1 if "test" in command else 0)

    monkeypatch.setattr(bootstrap, "HOME", tmp_path)
    monkeypatch.setattr(bootstrap.subprocess, "run", answer)
    for _ in range(2):
        with pytest.raises(SystemExit) as left:
            bootstrap.check_page("npm")
        assert left.value.code == 1
    assert [command[0] for command in asked] == ["ci"] + 2 * len(bootstrap.PAGE_CHECKS) * [
        "--silent"
    ]
