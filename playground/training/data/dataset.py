"""Dataset: what training sees, made of what people give, with a word on what was left out."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from playground.errors import InputError
from playground.files import write_atomically
from playground.spaces.crops import WHITE
from playground.spaces.images import from_uint8
from playground.spaces.points import classes_of
from playground.texts import Text, joined, t
from playground.training.data.archive import Found
from playground.training.data.duplicates import duplicates
from playground.training.data.folders import places
from playground.training.data.reading import Problem, Reading

FEW = 20  # below this a model mostly remembers


@dataclass(frozen=True)
class Dataset:
    """Pictures (N,C,H,W) in [-1, 1] or points (N,D), their classes, and what could not be used."""

    x: Tensor
    labels: Tensor | None = None  # (N,) int64
    class_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # path of each picture inside what was given
    problems: tuple[Problem, ...] = ()
    noise: Tensor | None = None  # (N,*S) the noise that each was drawn from, to straighten paths
    unseen: Tensor | None = None  # (N,) bool: lay in a folder such as val, not to be trained on

    def __len__(self) -> int:
        return len(self.x)

    @property
    def shape(self) -> tuple[int, ...]:
        """(C, H, W) of one picture, (D,) of one point."""
        return tuple(self.x.shape[1:])

    @cached_property
    def duplicates(self) -> int:
        """How many of the pictures look nearly the same as another."""
        return int(duplicates(self.x).sum())

    def advice(self) -> Text | None:
        """Warn of a set that is too small to do anything but remember, or repetitive."""
        said = []
        if len(self) == 1:
            few = "With 1 picture the model will memorise it; add {few} or more to see it invent."
            said.append(t(few, few=FEW))
        elif len(self) < FEW:
            many = (
                "With {count} pictures the model will memorise them; add {few} or more to see it "
                "invent."
            )
            said.append(t(many, count=len(self), few=FEW))
        if self.duplicates:
            count = f"{self.duplicates:,}"
            said.append(t("{count} pictures look nearly the same as others.", count=count))
        if self.unseen is not None:
            held = (
                "{count} pictures in folders such as val or test are held out: training does not "
                "see them."
            )
            said.append(t(held, count=f"{int(self.unseen.sum()):,}"))
        return joined(said) if said else None

    def fingerprint(self) -> str:
        """Return a hash of pictures, labels and class names; equal data, equal fingerprint."""
        digest = hashlib.sha256(self.x.contiguous().numpy().data)  # not copied: it may be 1 GB
        if self.labels is not None:
            digest.update(self.labels.numpy().tobytes())
        digest.update(json.dumps([list(self.x.shape), self.class_names]).encode())
        return digest.hexdigest()

    def split(self, held_out: float, seed: int) -> tuple["Dataset", "Dataset"]:
        """Return two disjoint parts by a seeded shuffle; the second holds the share `held_out`.

        Where folders such as train and val tell the parts, these are they.
        """
        if self.unseen is not None:
            return self.take((~self.unseen).nonzero()[:, 0]), self.take(self.unseen.nonzero()[:, 0])
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(seed))
        cut = len(self) - round(held_out * len(self))
        return self.take(order[:cut]), self.take(order[cut:])

    def take(self, index: Tensor) -> "Dataset":
        """Return the pictures at these places (K,), with all class names kept."""
        labels = None if self.labels is None else self.labels[index]
        names = tuple(self.names[i] for i in index.tolist()) if self.names else ()
        noise = None if self.noise is None else self.noise[index]
        return Dataset(self.x[index], labels, self.class_names, names, noise=noise)

    def save(self, path: str | Path) -> None:
        """Write pictures, labels and names to one safetensors file, atomically."""
        more = {"labels": self.labels, "unseen": self.unseen}
        tensors = {"x": self.x} | {name: part for name, part in more.items() if part is not None}
        problems = [[str(p.name), p.why.to_json()] for p in self.problems]
        about = json.dumps([self.class_names, self.names, problems])
        write_atomically(path, lambda p: save_file(tensors, p, metadata={"about": about}))

    @classmethod
    def load(cls, path: str | Path) -> "Dataset":
        """Read a file written by `save`; InputError where it is missing or damaged."""
        try:
            with safe_open(path, framework="pt") as file:
                classes, names, problems = json.loads(file.metadata()["about"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
                left_out = tuple(Problem(name, Text.from_json(why)) for name, why in problems)
                labels, unseen = tensors.get("labels"), tensors.get("unseen")
                told = (tuple(classes), tuple(names), left_out)
                return cls(tensors["x"], labels, *told, unseen=unseen)
        except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
            raise InputError(
                "The pictures in {path} are damaged; give them again.", path=path
            ) from error

    @classmethod
    def from_files(
        cls,
        source: str | Path | Found | Sequence[str | Path | Found],
        size: int = 32,
        *,
        channels: int = 3,
        fit: str = "centre",
        background: tuple[int, int, int] = WHITE,
        limit: int = 20_000,
    ) -> "Dataset":
        """Read pictures from files, folders and zips, size x size; sub-folders are classes.

        Folders such as train and val are no classes: pictures in the latter are held out.
        Of more than `limit` pictures an even share of every class is taken.

        size: 16 to 64, divisible by 4; channels: 3 (RGB) or 1 (grey); fit: "centre", "smart" or
        "whole", as in `spaces.crops.square`. What cannot be used, or equals another picture at
        this size, stands in `.problems`; InputError only where nothing can be used, or a setting
        is wrong.
        """
        reading = Reading(source, size, channels, fit, background, limit)
        for _ in reading:
            pass
        return cls.of(reading)

    @classmethod
    def of(cls, reading: Reading) -> "Dataset":
        """Take what a finished `Reading` took; InputError where that is nothing."""
        if not reading.names:
            raise reading.nothing()
        found = places(reading.names)
        labels, class_names = classes_of([place.kind for place in found])
        unseen = torch.tensor([place.unseen for place in found])
        told = (class_names, tuple(reading.names), tuple(reading.problems))
        if not (unseen.any() and not unseen.all()):
            return cls(from_uint8(reading.pixels()), labels, *told)
        return cls(from_uint8(reading.pixels()), labels, *told, unseen=unseen)
