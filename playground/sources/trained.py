"""Sources that learned: a network in a file, with the run that it lies in, if it lies in one."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from playground.bundled import SETS, bundled_set
from playground.checkpoint import Checkpoint, read_about
from playground.errors import InputError
from playground.library import SHIPPED, load_file, sha256_of
from playground.models.network import NetworkDenoiser
from playground.sources.source import Source, Weaker
from playground.spaces import clouds as cloud_registry
from playground.spaces.points import Frame
from playground.texts import t
from playground.training.config import train_config
from playground.training.data import clouds
from playground.training.data.dataset import Dataset
from playground.training.runs.folder import RunFolder

LIGHT = 64_000_000  # bytes of pictures that are loaded where they are not what was asked for
EARLIER = 1 / 4  # of its training is what a weaker version of a run's model had


@dataclass(frozen=True, eq=False)
class Trained(Source):
    """A trained network in a file; version is when that was changed."""

    path: Path = Path()

    @property
    def checkpoint(self) -> Checkpoint:
        """What its file holds."""
        return load_file(self.path, self.version)[0]

    @property
    def denoiser(self) -> NetworkDenoiser:
        return load_file(self.path, self.version)[1]

    @cached_property
    def class_names(self) -> tuple[str, ...]:
        return tuple(read_about(self.path).get("class_names", ()))

    @property
    def fingerprint(self) -> str:
        return sha256_of(self.path)

    def data(self, *, light: bool = False) -> Dataset:
        file = self._run.data
        if not file.is_file():
            if self.path.parent != SHIPPED or self.path.stem not in SETS:
                raise InputError(
                    "The pictures that {name} was trained on are not here; choose a run.",
                    name=self.name,
                )
            return _seen_of_set(self.path.stem, *self._held_out)
        about = file.stat()
        if light and about.st_size > LIGHT:
            raise InputError("The pictures of {name} are many.", name=self.name)
        return _seen(file, about.st_mtime_ns, *self._held_out)

    @property
    def _held_out(self) -> tuple[float, int]:
        config = train_config(self.checkpoint.recipe.get("train", {}))
        return config.held_out, config.seed

    @cached_property
    def weaker(self) -> Weaker:
        """What its run kept earlier, or where it has no past, its network perturbed."""
        if (path := self.earlier) is None:
            return Weaker(self.denoiser.weaker(), t("the same network, its weights perturbed"), "")
        steps = int(path.stem)
        one, many = t("the model after 1 step"), t("the model after {n} steps", n=f"{steps:,}")
        network = load_file(path, path.stat().st_mtime_ns)[1]
        return Weaker(network, one if steps == 1 else many, sha256_of(path))

    @property
    def earlier(self) -> Path | None:
        """What its run kept nearest to a quarter of its steps; None where nothing is older."""
        steps = self.checkpoint.recipe.get("steps", 0)
        kept = [step for step in self._run.snapshot_steps() if step < steps]
        if not kept:
            return None
        nearest = min(kept, key=lambda step: abs(math.log(step / (steps * EARLIER))))
        return self._run.snapshot(nearest)

    @property
    def cloud(self) -> clouds.CloudSet | None:
        name = str(self.checkpoint.recipe.get("cloud"))
        return clouds.named(name) if name in cloud_registry.names() else None

    @property
    def frame(self) -> Frame:
        try:
            x, y, scale = map(float, self.checkpoint.recipe.get("frame", (0, 0, 1)))
        except (TypeError, ValueError):
            return Frame()
        return Frame((x, y), scale)

    @property
    def _run(self) -> RunFolder:
        """The run in which the file lies, if it lies in one."""
        folder = self.path.parent
        return RunFolder(folder.parent if folder.name == "snapshots" else folder)


@lru_cache(maxsize=2)
def _seen_of_set(name: str, held_out: float, seed: int) -> Dataset:
    return _seen_part(bundled_set(name), held_out, seed)


@lru_cache(maxsize=2)
def _seen(file: Path, changed: int, held_out: float, seed: int) -> Dataset:
    return _seen_part(Dataset.load(file), held_out, seed)


def _seen_part(data: Dataset, held_out: float, seed: int) -> Dataset:
    whole = not held_out and data.unseen is None
    return data if whole else data.split(held_out, seed)[0]
