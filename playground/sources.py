"""Denoisers by name: trained models, their pictures and their past, and the ideal denoisers."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from playground.checkpoint import read_about
from playground.diffusion import guidance
from playground.diffusion.denoisers import Denoiser, ideal_denoiser
from playground.errors import InputError, unknown
from playground.library import ASSETS, SHIPPED, Library, sha256_of
from playground.spaces import clouds as cloud_registry
from playground.spaces.images import encode, open_picture
from playground.spaces.points import Frame
from playground.training.config import train_config
from playground.training.data import clouds
from playground.training.data.dataset import Dataset
from playground.training.runs.folder import RunFolder

IDEAL = "ideal: "
PICTURES = IDEAL + "bundled pictures"
SETS = {"emoji": (32, 3), "digits": (16, 1)}  # size and channels of the bundled sets
SIDE = 512  # of a picture in the Noise tab
ANY, EACH = "any", "one of each"
AS_DATA = "as in the data"  # of points: classes as often as they are there
LIGHT = 64_000_000  # bytes of pictures that are loaded where they are not what was asked for
CLOUD = 4000  # points of an ideal denoiser of a cloud
EARLIER = 1 / 4  # of its training is what a weaker version of a run's model had


def choices(library: Library, chosen: str | None = None) -> list[str]:
    """The names to choose a whole model from, trained ones first.

    What runs kept at earlier steps would be too many to offer; one of those is offered only while
    it is chosen.
    """
    newest = list(library.newest())
    kept = [chosen] if chosen in library.models() and chosen not in newest else []
    return [*newest, *kept, *(IDEAL + name for name in SETS)]


def class_choices(names: Sequence[str]) -> list[str]:
    """Every word that `cond_for` takes for a model with these classes; the first suits it best."""
    return [EACH, ANY, *names] if names else [ANY]


def cond_for(word: str | None, names: Sequence[str], seeds: Sequence[int]) -> list[int] | None:
    """The classes of these seeds' samples, or None for no class; InputError for an unknown word.

    With "one of each" a sample's class follows from its own seed, whatever the batch.
    """
    if word in (None, "", ANY):
        return None
    if word == EACH and names:
        return [seed % len(names) for seed in seeds]
    if word not in names:
        raise unknown("class", str(word), names or ["none: this model has no classes"])
    return [names.index(word)] * len(seeds)


def as_in_data(name: str, library: Library, seeds: Sequence[int]) -> list[int] | None:
    """The classes that held-out points of the model's cloud have, each by its own seed.

    None where the model has no classes; InputError where its cloud has no name.
    """
    if not class_names(name, library):
        return None
    cloud = cloud_of(name) or cloud_of(IDEAL + str(library.load(name)[0].recipe.get("cloud")))
    if cloud is None:
        raise InputError(f"The data of {name}, which tells of its classes, is not here; name one.")
    return cloud.classes(seeds).tolist()


@lru_cache(maxsize=2)
def bundled(name: str) -> Dataset:
    """A bundled set ("emoji" or "digits") at its own size."""
    size, channels = SETS[name]
    return Dataset.from_files(ASSETS / f"{name}.zip", size, channels=channels)


@lru_cache(maxsize=1)
def bundled_pictures() -> Tensor:
    """The Noise tab's own pictures, (N,3,512,512)."""
    files = sorted((ASSETS / "pictures").glob("*.*"))
    return encode([open_picture(file) for file in files], SIDE)


def denoiser(name: str, library: Library) -> tuple[Denoiser, tuple[str, ...]]:
    """A denoiser by name ("ideal: emoji", or a checkpoint's), and its class names."""
    if name.startswith(IDEAL) and name.removeprefix(IDEAL) in SETS:
        data = bundled(name.removeprefix(IDEAL))
        return ideal_denoiser(data.x, data.labels), data.class_names
    if (cloud := cloud_of(name)) is not None:
        points = cloud.data.take(torch.arange(CLOUD))
        return ideal_denoiser(points.x, points.labels), points.class_names
    checkpoint, network = library.load(name)
    return network, checkpoint.class_names


def cloud_of(name: str) -> clouds.CloudSet | None:
    """The cloud that "ideal: moons" remembers; None where the name is another's."""
    cloud = name.removeprefix(IDEAL)
    known = name.startswith(IDEAL) and cloud in cloud_registry.names()
    return clouds.named(cloud) if known else None


def frame_of(name: str, library: Library) -> Frame:
    """In which coordinates a model's points lie; standard ones where it does not tell."""
    if (cloud := cloud_of(name)) is not None:
        return cloud.frame
    try:
        x, y, scale = map(float, library.load(name)[0].recipe.get("frame", (0, 0, 1)))
    except (TypeError, ValueError):
        return Frame()
    return Frame((x, y), scale)


def class_names(name: str, library: Library) -> tuple[str, ...]:
    """The class names of the denoiser of that name; a checkpoint's weights are not read for it."""
    if name.startswith(IDEAL) and name.removeprefix(IDEAL) in SETS:
        return bundled(name.removeprefix(IDEAL)).class_names
    if (cloud := cloud_of(name)) is not None:
        return cloud.data.class_names
    return tuple(read_about(library.path(name)).get("class_names", ()))


def fingerprint(name: str, library: Library) -> str:
    """The sha256 of the file that the denoiser of that name comes from; InputError without one."""
    if name.startswith(IDEAL) and name.removeprefix(IDEAL) in SETS:
        return sha256_of(ASSETS / f"{name.removeprefix(IDEAL)}.zip")
    if (cloud := cloud_of(name)) is not None:
        return cloud.data.fingerprint()
    return sha256_of(library.path(name))


def weaker_fingerprint(name: str, library: Library) -> str:
    """The same of the earlier model that it is guided away from; "" where it is its own."""
    earlier = None if name.startswith(IDEAL) else earlier_model(name, library)
    return sha256_of(earlier) if earlier else ""


def pictures_of(name: str, library: Library, *, light: bool = False) -> Dataset:
    """The pictures that this model was trained on, without those held out.

    light: only where they fill no more than some dozen megabytes. InputError where they are not
    here, as for a model that came without its run.
    """
    if name.startswith(IDEAL) and name.removeprefix(IDEAL) in SETS:
        return bundled(name.removeprefix(IDEAL))
    path = library.path(name)
    checkpoint, _ = library.load(name)
    run = _run_of(path)
    if not run.data.is_file() and (path.parent != SHIPPED or path.stem not in SETS):
        raise InputError(f"The pictures that {name} was trained on are not here; choose a run.")
    if light and run.data.is_file() and run.data.stat().st_size > LIGHT:
        raise InputError(f"The pictures of {name} are many.")
    config = train_config(checkpoint.recipe.get("train", {}))
    own = run.data if run.data.is_file() else None
    return _seen(own, path.stem, config.held_out, config.seed)


@lru_cache(maxsize=2)
def _seen(file: Path | None, name: str, held_out: float, seed: int) -> Dataset:
    data = bundled(name) if file is None else Dataset.load(file)
    return data.split(held_out, seed)[0] if held_out else data


def guidance_for(
    name: str, library: Library, kind: str, scale: float, knobs: dict[str, Any]
) -> guidance.Guidance:
    """The guidance for this model: the weaker version of a run's is what it was earlier.

    For a model without a past it is the network with its weights perturbed.
    """
    made = guidance.get(kind, scale, **knobs)
    if made.needs_class or name.startswith(IDEAL):
        return made
    earlier = earlier_model(name, library)
    if earlier is None:
        network = library.load(name)[1]
        return replace(
            made, weak=network.weaker(), weak_is="the same network, its weights perturbed"
        )
    _, weak = library.load(str(earlier))
    return replace(made, weak=weak, weak_is=f"the model after {_steps(int(earlier.stem))}")


def earlier_model(name: str, library: Library) -> Path | None:
    """What the model's run kept nearest to a quarter of its steps; None where nothing is older."""
    path = library.path(name)
    run, steps = _run_of(path), library.load(name)[0].recipe.get("steps", 0)
    kept = [step for step in run.snapshot_steps() if step < steps]
    if not kept:
        return None
    return run.snapshot(min(kept, key=lambda step: abs(math.log(step / (steps * EARLIER)))))


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count:,} steps"


def _run_of(path: Path) -> RunFolder:
    """The run in which a model's file lies, if it lies in one."""
    return RunFolder(path.parent.parent if path.parent.name == "snapshots" else path.parent)


def ideal_with(picture: Tensor) -> Denoiser:
    """The ideal denoiser of the bundled pictures and this one, (3,512,512)."""
    known = bundled_pictures()
    if not any(torch.equal(picture, one) for one in known):
        known = torch.cat([known, picture[None]])
    return ideal_denoiser(known)
