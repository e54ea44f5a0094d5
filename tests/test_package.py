"""What is installed from the wheel does all that the clone does, wherever it is started."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from playground import __version__

HOME = Path(__file__).resolve().parent.parent
PARTS = ("playground", "assets", "checkpoints", "pyproject.toml", "setup.py")
TEXTS = ("README.md", "LICENSE")
OF_THE_PAGE = {".py", ".js", ".css", ".html", ".json"}
BIN = "Scripts" if os.name == "nt" else "bin"

pytestmark = pytest.mark.timeout(400)


class Installed(NamedTuple):
    """A virtual environment into which the wheel was installed."""

    folder: Path

    @property
    def packages(self) -> Path:
        """Its site-packages."""
        base = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", "venv", base))

    def command(self, name: str, *options: object) -> list[str]:
        """Return the command line of one of its programs."""
        return [str(self.folder / BIN / name), *map(str, options)]

    def run(self, name: str, *options: object, **settings: object) -> str:
        """Run one of its programs; return what it says."""
        done = subprocess.run(
            self.command(name, *options), capture_output=True, text=True, check=False, **settings
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel as `python -m build` makes it: of the source distribution, without the network."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("made")
    for name in PARTS + TEXTS:
        if (HOME / name).is_dir():
            left_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(HOME / name, source / name, ignore=left_out)
        else:
            shutil.copy(HOME / name, source)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", made, source]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel in an environment of its own, which sees the packages of this one."""
    at = Installed(tmp_path_factory.mktemp("elsewhere") / "venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", at.folder], check=True)
    pip(at, "install", "--quiet", "--no-deps", "--no-index", wheel)
    others = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (at.packages / "others.pth").write_text("\n".join(others))
    return at


def pip(at: Installed, *options: object) -> None:
    """Run this environment's pip on that one's packages."""
    python = at.command("python")[0]
    command = [sys.executable, "-m", "pip", "--python", python, *map(str, options)]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def read_only(*folders: Path) -> Iterator[None]:
    """Let nobody write in these folders, root no more than others."""
    mounted = []
    try:
        for folder in folders:
            subprocess.run(["mount", "--bind", folder, folder], check=True, capture_output=True)
            mounted.append(folder)
            again = ["mount", "-o", "remount,bind,ro", folder]
            subprocess.run(again, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        for folder in folders:
            folder.chmod(0o555)
        if os.access(folders[0], os.W_OK):
            pytest.skip("a folder cannot be made read-only here")
    try:
        yield
    finally:
        for folder in mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)
        for folder in folders:
            folder.chmod(0o755)


def surroundings(home: Path) -> dict[str, str]:
    """Return an environment in which nothing leads back to the clone."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return kept | {"HOME": str(home), "USERPROFILE": str(home), "GRADIO_TEMP_DIR": ""}


def told_address(app: subprocess.Popen) -> str:
    """Return where the app says it is, once it is there."""
    line = app.stdout.readline()
    found = re.search(r"is at (\S+)", line)
    assert found, line
    return found[1]


def test_the_wheel_holds_every_file_that_the_program_reads_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    program = {
        file.relative_to(HOME).as_posix()
        for file in (HOME / "playground").rglob("*")
        if file.suffix in OF_THE_PAGE and "__pycache__" not in file.parts
    }
    assets = {
        f"playground/{file.relative_to(HOME).as_posix()}"
        for pattern in ("*.zip", "*.md", "pictures/*", "LICENSES/*")
        for file in (HOME / "assets").glob(pattern)
    }
    models = {f"playground/checkpoints/{file.name}" for file in (HOME / "checkpoints").iterdir()}
    assert held == program | assets | models | {"playground/py.typed"}


def test_it_tells_its_version(installed, tmp_path):
    settings = {"cwd": tmp_path, "env": surroundings(tmp_path)}
    assert installed.run("playground", "--version", **settings).strip() == __version__
    assert (
        installed.run("python", "-m", "playground", "--version", **settings) == f"{__version__}\n"
    )
    told = "from importlib.metadata import version; print(version('diffusion-playground'))"
    assert installed.run("python", "-c", told, **settings).strip() == __version__


@pytest.mark.skipif(os.name == "nt", reason="folders are closed otherwise there")
def test_it_works_where_it_may_not_write(installed, tmp_path, free_port):
    """The program, the home and the folder that it starts in are all read-only."""
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    settings = {"cwd": home, "env": surroundings(home)}
    with read_only(installed.folder, home):
        told = installed.run("playground", "list", "checkpoints", **settings)
        assert all(name in told for name in ("emoji", "emoji-fast", "digits"))
        made = out / "emoji.png"
        installed.run(
            "playground", "sample", "emoji", "--steps", 1, "-n", 1, "-o", made, **settings
        )
        assert made.stat().st_size > 0
        command = installed.command("playground", "--no-browser", "--port", free_port())
        app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **settings)
        try:
            address = told_address(app)
            page = urllib.request.urlopen(address).read().decode()
            module = re.search(r"static/playground/[0-9a-f]+/[\w/.-]+\.js\b", page)[0]
            with urllib.request.urlopen(address + module) as script:
                assert script.headers["content-type"].startswith("text/javascript")
                assert b"export" in script.read()
        finally:
            app.terminate()
            app.wait(30)
    assert list(home.iterdir()) == []


def test_uninstalled_it_leaves_nothing_but_runs(installed, tmp_path):
    """The last test here: it takes the program away."""
    home = tmp_path / "home"
    home.mkdir()
    settings = {"cwd": tmp_path, "env": surroundings(home) | {"PYTHONDONTWRITEBYTECODE": ""}}
    options = ("--cloud", "moons", "--steps", 2, "--out", "runs/two-moons")
    installed.run("playground", "train", *options, **settings)
    pip(installed, "uninstall", "--yes", "--quiet", "diffusion-playground")
    left = {file.name for file in installed.packages.iterdir()}
    assert left <= {"others.pth", "__pycache__"}
    assert not Path(installed.command("playground")[0]).exists()
    assert list(home.iterdir()) == []
    assert {file.name for file in tmp_path.iterdir()} == {"home", "runs"}
