"""A name to its Source, once: what draws, of which classes, learned from which data.

A recipe and a link hold a model's name; whoever acts on one finds its source at the door and passes
that on, so that no name is looked up twice and no file is read twice.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor

from playground.bundled import SETS, bundled_pictures, bundled_set
from playground.checkpoint import Checkpoint, read_about
from playground.classes import AS_DATA, cond_for
from playground.diffusion import guidance
from playground.diffusion.denoisers import Denoiser, Ideal, ideal_denoiser
from playground.errors import InputError, unknown
from playground.library import ASSETS, SHIPPED, Library, load_file, sha256_of
from playground.models.network import NetworkDenoiser
from playground.spaces import clouds as cloud_registry
from playground.spaces.points import Frame
from playground.texts import Text, t
from playground.training.config import train_config
from playground.training.data import clouds
from playground.training.data.dataset import Dataset
from playground.training.runs.folder import RunFolder

IDEAL = "ideal: "
PICTURES = IDEAL + "bundled pictures"
LIGHT = 64_000_000  # bytes of pictures that are loaded where they are not what was asked for
CLOUD = 4000  # points of an ideal denoiser of a cloud
EARLIER = 1 / 4  # of its training is what a weaker version of a run's model had


class Weaker(NamedTuple):
    """A worse version of a model, to be guided away from."""

    denoiser: Denoiser
    about: Text  # what it is
    fingerprint: str  # sha256 of its file; "" where it is the model's own


@dataclass(frozen=True, eq=False)
class Source(ABC):
    """A model that was found by its name; what costs is loaded when it is first asked for.

    version: differs where a file of the same name has changed since. Every property raises
    InputError, in one sentence, where a file cannot be used.
    """

    name: str
    version: int = 0

    @property
    @abstractmethod
    def denoiser(self) -> Denoiser:
        """What draws."""

    @property
    @abstractmethod
    def class_names(self) -> tuple[str, ...]:
        """Its classes, known without loading any weights."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """The sha256 of the file that it comes from."""

    @abstractmethod
    def data(self, *, light: bool = False) -> Dataset:
        """Return what it was trained on, without what was held out.

        light: only where that fills no more than some dozen megabytes. InputError where it is not
        here, as for a model that came without its run.
        """

    @property
    def weaker(self) -> Weaker | None:
        """What it is guided away from; None for what has no weaker version."""
        return None

    @property
    def cloud(self) -> clouds.CloudSet | None:
        """The named cloud of points that it has learned; None where it has learned no such."""
        return None

    @property
    def frame(self) -> Frame:
        """In which coordinates its points lie; standard ones where that is not known."""
        return Frame() if self.cloud is None else self.cloud.frame

    def cond(self, word: str | None, seeds: Sequence[int]) -> list[int] | None:
        """Return the class of each seed's sample, as `cond_for`, or as often as in the data."""
        if word != AS_DATA:
            return cond_for(word, self.class_names, seeds)
        if not self.class_names:
            return None
        if self.cloud is None:
            raise InputError(
                "The data of {name}, which tells of its classes, is not here; name one.",
                name=self.name,
            )
        return self.cloud.classes(seeds).tolist()

    def guidance(self, kind: str, scale: float, knobs: dict[str, Any]) -> guidance.Guidance:
        """Return the guidance for this model, its weaker version put in where one is needed."""
        guide = guidance.get(kind, scale, **knobs)
        weaker = None if guide.needs_class else self.weaker
        return guide if weaker is None else replace(guide, weak=weaker[0], weak_is=weaker.about)


@dataclass(frozen=True, eq=False)
class IdealSet(Source):
    """The ideal denoiser of a bundled set."""

    @property
    def _set(self) -> str:
        return self.name.removeprefix(IDEAL)

    @property
    def denoiser(self) -> Denoiser:
        return _ideal_of_set(self._set)

    @property
    def class_names(self) -> tuple[str, ...]:
        return bundled_set(self._set).class_names

    @property
    def fingerprint(self) -> str:
        return sha256_of(ASSETS / f"{self._set}.zip")

    def data(self, *, light: bool = False) -> Dataset:
        return bundled_set(self._set)


@dataclass(frozen=True, eq=False)
class IdealCloud(Source):
    """The ideal denoiser of some points of a cloud."""

    @property
    def cloud(self) -> clouds.CloudSet:
        return clouds.named(self.name.removeprefix(IDEAL))

    @cached_property
    def denoiser(self) -> Denoiser:
        points = self.cloud.data.take(torch.arange(CLOUD))
        return ideal_denoiser(points.x, points.labels)

    @property
    def class_names(self) -> tuple[str, ...]:
        return self.cloud.data.class_names

    @property
    def fingerprint(self) -> str:
        return self.cloud.data.fingerprint()

    def data(self, *, light: bool = False) -> Dataset:
        return self.cloud.data


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


def find(name: str, library: Library, offered: Sequence[str] | None = None) -> Source:
    """Return the source of that name ("ideal: emoji", a checkpoint's, or its path).

    offered: the only names that may be used, where paths must not be. InputError, naming near ones,
    where there is none.
    """
    if offered is not None and name not in offered:
        raise unknown("model", name, offered)
    remembered = name.removeprefix(IDEAL) if name.startswith(IDEAL) else ""
    if remembered in SETS:
        return IdealSet(name)
    if remembered in cloud_registry.names():
        return IdealCloud(name)
    path = library.path(name)
    try:
        return Trained(name, path.stat().st_mtime_ns, path)
    except OSError as error:
        raise InputError("There is no file {path}; check the path.", path=path) from error


def choices(library: Library, chosen: str | None = None) -> list[str]:
    """Return the names to choose a whole model from, trained ones first.

    What runs kept at earlier steps would be too many to offer; one of those is offered only while
    it is chosen.
    """
    newest = list(library.newest())
    kept = [chosen] if chosen in library.models() and chosen not in newest else []
    return [*newest, *kept, *(IDEAL + name for name in SETS)]


def ideal_with(picture: Tensor) -> Ideal:
    """Return the ideal denoiser of the bundled pictures and this one, (3,512,512)."""
    known = bundled_pictures()
    if not any(torch.equal(picture, one) for one in known):
        known = torch.cat([known, picture[None]])
    return ideal_denoiser(known)


@lru_cache(maxsize=2)
def _ideal_of_set(name: str) -> Ideal:
    data = bundled_set(name)
    return ideal_denoiser(data.x, data.labels)


@lru_cache(maxsize=2)
def _seen_of_set(name: str, held_out: float, seed: int) -> Dataset:
    return _seen_part(bundled_set(name), held_out, seed)


@lru_cache(maxsize=2)
def _seen(file: Path, changed: int, held_out: float, seed: int) -> Dataset:
    return _seen_part(Dataset.load(file), held_out, seed)


def _seen_part(data: Dataset, held_out: float, seed: int) -> Dataset:
    whole = not held_out and data.unseen is None
    return data if whole else data.split(held_out, seed)[0]
