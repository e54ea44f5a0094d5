"""Dataset: what training sees, made of what people give, with a word on what was left out."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from playground.errors import InputError
from playground.files import write_atomically
from playground.spaces.images import KINDS, WHITE, encode, from_uint8, open_picture
from playground.training.archive import Found, find

SPARE = 4  # a JPEG keeps this many times the size before it is resized, which is as good as all
FEW = 20  # below this a model mostly remembers


@dataclass(frozen=True)
class Problem:
    """A file that was left out, and why, as a plain sentence without its subject."""

    name: str
    why: str

    def __str__(self) -> str:
        return self.why if self.name in self.why else f"{self.name}: {self.why}"


@dataclass(frozen=True)
class Dataset:
    """Pictures (N,C,H,W) in [-1, 1], their classes if any, and what could not be used."""

    x: Tensor
    labels: Tensor | None = None  # (N,) int64
    class_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # path of each picture inside what was given
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.x)

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W) of one picture."""
        channels, height, width = self.x.shape[1:]
        return channels, height, width

    def advice(self) -> str | None:
        """A plain warning where the set is too small to do anything but remember."""
        if len(self) >= FEW:
            return None
        count = "1 picture" if len(self) == 1 else f"{len(self)} pictures"
        what = "it" if len(self) == 1 else "them"
        return f"With {count} the model will memorise {what}; add {FEW} or more to see it invent."

    def fingerprint(self) -> str:
        """A hash of pictures, labels and class names; equal data, equal fingerprint."""
        digest = hashlib.sha256(self.x.numpy().tobytes())
        if self.labels is not None:
            digest.update(self.labels.numpy().tobytes())
        digest.update(json.dumps([list(self.x.shape), self.class_names]).encode())
        return digest.hexdigest()

    def split(self, held_out: float, seed: int) -> tuple["Dataset", "Dataset"]:
        """Two disjoint parts by a seeded shuffle; the second holds the share `held_out`."""
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(seed))
        cut = len(self) - round(held_out * len(self))
        return self.take(order[:cut]), self.take(order[cut:])

    def take(self, index: Tensor) -> "Dataset":
        """The pictures at these places (K,), with all class names kept."""
        labels = None if self.labels is None else self.labels[index]
        names = tuple(self.names[i] for i in index.tolist()) if self.names else ()
        return Dataset(self.x[index], labels, self.class_names, names)

    def save(self, path: str | Path) -> None:
        """Write pictures, labels and names to one safetensors file, atomically."""
        tensors = {"x": self.x} | ({} if self.labels is None else {"labels": self.labels})
        problems = [[p.name, p.why] for p in self.problems]
        about = json.dumps([self.class_names, self.names, problems])
        write_atomically(path, lambda p: save_file(tensors, p, metadata={"about": about}))

    @classmethod
    def load(cls, path: str | Path) -> "Dataset":
        """Read a file written by `save`; InputError where it is missing or damaged."""
        try:
            with safe_open(path, framework="pt") as file:
                classes, names, problems = json.loads(file.metadata()["about"])
                labels = file.get_tensor("labels") if "labels" in file.keys() else None  # noqa: SIM118
                left_out = tuple(Problem(*p) for p in problems)
                return cls(file.get_tensor("x"), labels, tuple(classes), tuple(names), left_out)
        except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
            raise InputError(f"The pictures in {path} are damaged; give them again.") from error

    @classmethod
    def from_files(
        cls,
        source: str | Path | Sequence[str | Path],
        size: int = 32,
        *,
        channels: int = 3,
        fit: str = "crop",
        background: tuple[int, int, int] = WHITE,
        limit: int = 20_000,
    ) -> "Dataset":
        """Pictures from files, folders and zips, size x size; sub-folders are classes.

        size: 16 to 64, divisible by 4; channels: 3 (RGB) or 1 (grey). What cannot be used stands
        in `.problems`; InputError only where nothing can be used, or the size is wrong.
        """
        check_size(size, channels)
        sources = [source] if isinstance(source, str | Path) else list(source)
        pictures: list[Tensor] = []
        names: list[str] = []
        problems: list[Problem] = []
        for found in _all(sources):
            if len(pictures) >= limit:
                problems.append(Problem("The rest", f"was left out: {limit:,} pictures are taken."))
                break
            try:
                if found.why:
                    raise InputError(found.why)
                image = open_picture(
                    found.data, name=found.name, background=background, at_least=SPARE * size
                )
                one = encode([image], size, channels, fit=fit)
                pictures.append(((one + 1) * 127.5).round().to(torch.uint8))  # a quarter of float
                names.append(found.name)
            except InputError as error:
                problems.append(Problem(found.name, str(error)))
        if not pictures:
            what = ", ".join(Path(s).name for s in sources) or "What was given"
            why = f" ({problems[0]})" if len(problems) == 1 else ""
            raise InputError(f"{what} holds no pictures that can be used{why}; give {KINDS} files.")
        labels, class_names = _classes(names)
        x = from_uint8(torch.cat(pictures))
        return cls(x, labels, class_names, tuple(names), tuple(problems))


def check_size(size: int, channels: int = 3) -> None:
    """InputError unless size is 16 to 64 and divisible by 4, and channels is 1 or 3."""
    if size not in range(16, 65, 4):
        raise InputError(f"size must be from 16 to 64 and divisible by 4; you gave {size}.")
    if channels not in (1, 3):
        raise InputError(f"channels must be 1 (grey) or 3 (colour); you gave {channels}.")


def _all(sources: Sequence[str | Path]) -> Iterator[Found]:
    for source in sources:
        yield from find(source)


def _classes(names: Sequence[str]) -> tuple[Tensor | None, tuple[str, ...]]:
    """Labels by the first folder in which the names differ; none where they do not differ."""
    paths = [PurePosixPath(name).parts for name in names]
    while paths and len({p[0] for p in paths}) == 1 and all(len(p) > 1 for p in paths):
        paths = [p[1:] for p in paths]  # one folder around everything is only wrapping
    folders = [p[0] if len(p) > 1 else "other" for p in paths]
    class_names = tuple(sorted(set(folders)))
    if len(class_names) < 2:
        return None, ()
    labels = np.searchsorted(np.array(class_names), np.array(folders))
    return torch.from_numpy(labels.astype(np.int64)), class_names
