"""Where models and bundled data lie: shipped checkpoints, the person's own, finished runs."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from playground.checkpoint import Checkpoint, read_about
from playground.errors import InputError, unknown
from playground.models.network import NetworkDenoiser
from playground.resources import ASSETS, SHIPPED
from playground.texts import t

__all__ = ["ASSETS", "SHIPPED", "Library", "sha256_of"]


@dataclass(frozen=True)
class Library:
    """The models that can be named: files in `checkpoints` folders, and `runs` with their past."""

    runs: Path = Path("runs")
    checkpoints: tuple[Path, ...] = field(default=(SHIPPED,))

    def models(self) -> dict[str, Path]:
        """Name -> file: those of `newest`, then those that runs kept at earlier steps.

        The latter are called "name @ step".
        """
        found = self.newest()
        names = {path.parent: name for name, path in found.items()}
        for path in sorted(self.runs.glob("[!.]*/snapshots/[0-9]*.safetensors")):
            run = path.parent.parent  # kept seconds before the run's own checkpoint first is
            found.setdefault(f"{names.get(run, run.name)} @ {int(path.stem)}", path)
        return found

    def newest(self) -> dict[str, Path]:
        """Name -> file: the shipped ones, then the person's, then runs as they are, newest first.

        A run whose name is taken is listed as "name (run)", so that none is hidden. Models of
        points are not among them: see `points`.
        """
        return {name: path for name, path in self._all().items() if not _is_of_points(path)}

    def points(self) -> dict[str, Path]:
        """Name -> file: the models of points, in the same order."""
        return {name: path for name, path in self._all().items() if _is_of_points(path)}

    def _all(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self.checkpoints:
            for path in sorted(folder.glob("*.safetensors")):
                found.setdefault(path.stem, path)
        trained = self.runs.glob("*/checkpoint.safetensors")
        for path in sorted(trained, key=lambda p: p.stat().st_mtime, reverse=True):
            name = path.parent.name
            if not name.startswith("."):  # one that is being deleted
                found[f"{name} (run)" if name in found else name] = path
        return found

    def name_of(self, path: Path) -> str:
        """Return the name under which a model's file is listed; its folder's where it is not."""
        return next((name for name, at in self.models().items() if at == path), path.parent.name)

    def path(self, name: str) -> Path:
        """Return the file of a model given by name, or by path; InputError, naming near ones."""
        models = self.models() | self.points()
        if name in models:
            return models[name]
        if Path(name).suffix == ".safetensors" or Path(name).exists():
            return Path(name)
        raise unknown("checkpoint", name, models or (t("none: train one first"),))

    def load(self, name: str) -> tuple[Checkpoint, NetworkDenoiser]:
        """Return the checkpoint of that name and its network; kept until its file changes."""
        path = self.path(name)
        try:
            changed = path.stat().st_mtime_ns
        except OSError as error:
            raise InputError("There is no file {path}; check the path.", path=path) from error
        return load_file(path, changed)


def _is_of_points(path: Path) -> bool:
    """Return whether it is a model of points; what cannot be read is told where it is asked for."""
    try:
        return _shape_kind(path, path.stat().st_mtime_ns) == "mlp"
    except (InputError, OSError):
        return False


@lru_cache(maxsize=1024)
def _shape_kind(path: Path, changed: int) -> str:
    network = read_about(path).get("network")
    return str(network.get("kind", "")) if isinstance(network, dict) else ""


@lru_cache(maxsize=4)
def load_file(path: Path, changed: int) -> tuple[Checkpoint, NetworkDenoiser]:
    """Return the checkpoint in this file and its network; kept while `changed` stays the same.

    changed: st_mtime_ns of the file. InputError for a file that cannot be used.
    """
    checkpoint = Checkpoint.load(path)
    return checkpoint, checkpoint.build()


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, in hex; computed again once the file has changed."""
    try:
        about = path.stat()
        return _sha256(path.absolute(), about.st_mtime_ns, about.st_size)
    except OSError as error:
        raise InputError("There is no file {path}; check the path.", path=path) from error


@lru_cache(maxsize=64)
def _sha256(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
