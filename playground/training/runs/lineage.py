"""Runs made from other runs: with the same settings, or going on with more pictures."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from playground.checkpoint import Checkpoint
from playground.errors import InputError
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import manager
from playground.training.runs.folder import RunFolder

OTHER = "other"  # the class of what has none, as `Dataset.from_files` calls it


def settings(config: TrainConfig) -> tuple[str, dict[str, Any]]:
    """Return the preset nearest in time, and the fields in which this config differs from it."""
    nearest = min(presets.PRESETS, key=lambda name: _distance(presets.PRESETS[name], config))
    base = asdict(presets.config(nearest))
    mine = asdict(config)
    return nearest, {f.name: mine[f.name] for f in fields(config) if mine[f.name] != base[f.name]}


def _distance(preset: presets.Preset, config: TrainConfig) -> float:
    if preset.minutes is None or config.minutes is None:
        return 0.0 if preset.minutes == config.minutes else float("inf")
    return abs(preset.minutes - config.minutes)


def go_on(run: RunFolder, more: Dataset | None = None, name: str = "") -> RunFolder:
    """Create a run that begins with this run's weights, on its pictures and more of that shape.

    Its settings and budget are those of the run. InputError where the shapes differ, or the run
    has no model yet.
    """
    if not run.checkpoint.exists():
        raise InputError(
            "{name} has no model yet; let it train for some seconds first.", name=run.name
        )
    known = Dataset.load(run.data)
    data = known if more is None else together(known, more)
    model = Checkpoint.load(run.checkpoint)
    settings = replace(run.config(), start=run.name)
    return manager.create(run.path.parent, name or f"{run.name}-more", data, settings, model)


def together(first: Dataset, second: Dataset) -> Dataset:
    """Join the pictures and classes of both; what has no class is of the class "other".

    What the second has of the first is left out. InputError where the shapes differ, or the second
    has nothing new.
    """
    if first.shape != second.shape:
        raise InputError(
            "The run's pictures are {told}, the new ones {told2}; choose the same size and colour.",
            told=_told(first),
            told2=_told(second),
        )
    known = {_digest(x) for x in first.x}
    new = [i for i, x in enumerate(second.x) if _digest(x) not in known]
    if not new:
        raise InputError("The run has all of these pictures already; choose other ones.")
    second = replace(second.take(torch.tensor(new)), problems=second.problems)
    x = torch.cat([first.x, second.x])
    names = (*first.names, *second.names) if first.names and second.names else ()
    problems = second.problems
    if first.labels is None and second.labels is None:
        return Dataset(x, None, (), names, problems)
    class_names = tuple(dict.fromkeys([*_classes(first), *_classes(second)]))
    labels = torch.cat([_labels(part, class_names) for part in (first, second)])
    return Dataset(x, labels, class_names, names, problems)


def _digest(picture: Tensor) -> bytes:
    return hashlib.blake2b(picture.contiguous().numpy().data, digest_size=16).digest()


def pictures(run: RunFolder, size: int, channels: int) -> Dataset:
    """Read the run's pictures, in colour (3 channels) or grey (1), at this size.

    InputError where they cannot be read.
    """
    kept = Dataset.load(run.data)
    x = kept.x
    if channels != x.shape[1]:
        x = x.expand(-1, 3, -1, -1) if channels == 3 else _grey(x)
    if size != x.shape[-1]:
        x = F.interpolate(x, (size, size), mode="bilinear", antialias=True)
    return replace(kept, x=x.contiguous(), problems=())


def _grey(x: Tensor) -> Tensor:
    """Turn (N,3,H,W) into (N,1,H,W) by the luma of ITU-R BT.601, as Pillow does it."""
    return (x * torch.tensor([0.299, 0.587, 0.114])[:, None, None]).sum(1, keepdim=True)


def _classes(part: Dataset) -> tuple[str, ...]:
    return part.class_names if part.labels is not None else (OTHER,)


def _labels(part: Dataset, class_names: tuple[str, ...]) -> Tensor:
    """Return the part's labels as places in all class names."""
    places = torch.tensor([class_names.index(name) for name in _classes(part)])
    own = torch.zeros(len(part), dtype=torch.int64) if part.labels is None else part.labels
    return places[own]


def _told(part: Dataset) -> str:
    channels, height, width = part.shape
    return f"{width}x{height} {'colour' if channels == 3 else 'grey'}"


def uploads(run: RunFolder) -> list[Path]:
    """Return the uploaded files that this run was made of; they go with it when it is deleted."""
    try:
        kept = run.read("uploads.json").get("files", [])
    except InputError:
        return []
    return [Path(path) for path in kept]


def keep_uploads(run: RunFolder, paths: Iterable[str | Path]) -> None:
    """Remember which uploaded files the run was made of."""
    run.write("uploads.json", {"files": [str(path) for path in paths]})


def delete(run: RunFolder, within: Path) -> None:
    """Delete the run for good, with the uploads that no other run was made of.

    within: the folder of uploads; what lies elsewhere is never touched.
    """
    runs, mine = run.path.parent, uploads(run)
    manager.delete(run)  # first: of two that are deleted at once the last one then finds no other
    needed = {path for name in manager.names(runs) for path in uploads(RunFolder(runs / name))}
    for path in mine:
        if path not in needed and path.resolve().is_relative_to(within.resolve()):
            with suppress(OSError):  # gone already
                path.unlink()
                path.parent.rmdir()  # each upload lies in a folder of its own
