"""Reading many pictures: several decoded at a time, in order, with a bound on the memory."""

import hashlib
import os
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.errors import InputError, unknown
from playground.spaces.crops import FITS, WHITE
from playground.spaces.images import KINDS, open_picture, to_uint8
from playground.training.data.archive import Files, Found, find

SPARE = 4  # a JPEG keeps this many times the size before it is resized, which is as good as all
WORKERS = 4  # at most: each may hold a picture of 64 megapixels
AHEAD = 4  # files read for each worker before they are wanted
Pixels = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Problem:
    """A file that was left out, and why, as a plain sentence without its subject."""

    name: str
    why: str

    def __str__(self) -> str:
        return self.why if self.name in self.why else f"{self.name}: {self.why}"


class Progress(NamedTuple):
    """Files looked at so far, and files in all."""

    done: int
    total: int


class Reading:
    """Pictures being read: iterate over it for `Progress`; `names` and `pixels` have the result."""

    def __init__(
        self,
        source: str | Path | Found | Sequence[str | Path | Found],
        size: int = 32,
        channels: int = 3,
        fit: str = "centre",
        background: tuple[int, int, int] = WHITE,
        limit: int = 20_000,
    ) -> None:
        check_size(size, channels)
        if fit not in FITS:
            raise unknown("crop", fit, FITS)
        self._sources = [source] if isinstance(source, str | Path | Found) else list(source)
        self._size, self._channels, self._fit = size, channels, fit
        self._background, self._limit = background, limit
        self._taken: Pixels = np.empty((0, channels, size, size), np.uint8)
        self._first: dict[bytes, str] = {}  # the pixels' hash, and the picture that had them first
        self.names: list[str] = []
        self.problems: list[Problem] = []

    def pixels(self) -> Tensor:
        """Return the pictures read so far, uint8 (N,C,size,size)."""
        return torch.from_numpy(self._taken[: len(self.names)])

    def nothing(self) -> InputError:
        """Return the error for when nothing could be used."""
        names = [s.name if isinstance(s, Found) else Path(s).name for s in self._sources]
        what = ", ".join(names) if 0 < len(names) < 4 else "What was given"
        why = f" ({self.problems[0]})" if len(self.problems) == 1 else ""
        return InputError(f"{what} holds no pictures that can be used{why}; give {KINDS} files.")

    def __iter__(self) -> Iterator[Progress]:
        files = [find(source) for source in self._sources]
        total = sum(f.total for f in files)
        # pages that are never written take no memory
        shape = (min(total, self._limit), self._channels, self._size, self._size)
        self._taken = np.empty(shape, np.uint8)
        with closing(self._decoded(files)) as results:
            for done, (name, result) in enumerate(results, 1):
                if isinstance(result, InputError):
                    self.problems.append(Problem(name, str(result)))
                elif len(self.names) == self._limit:
                    why = f"was left out: {self._limit:,} pictures are taken."
                    self.problems.append(Problem("The rest", why))
                    return
                else:
                    self._take(name, result)
                yield Progress(done, total)

    def _take(self, name: str, pixels: Pixels) -> None:
        digest = hashlib.blake2b(pixels.data, digest_size=16).digest()
        if digest in self._first:
            why = f"{name} equals {self._first[digest]} at this size, so it is left out."
            self.problems.append(Problem(name, why))
            return
        self._first[digest] = name
        self._taken[len(self.names)] = pixels
        self.names.append(name)

    def _decoded(
        self, files: list[Files]
    ) -> Generator[tuple[str, Pixels | InputError], None, None]:
        """Yield each file's pixels or what is wrong with it, in order; a few are read ahead."""
        workers = min(WORKERS, _cores())
        waiting: deque[tuple[str, Future[Pixels | InputError]]] = deque()
        with ThreadPoolExecutor(workers) as pool:  # Pillow decodes and resizes without the GIL
            try:
                for found in chain.from_iterable(f.found for f in files):
                    waiting.append((found.name, pool.submit(self._decode, found)))
                    if len(waiting) > AHEAD * workers:
                        name, future = waiting.popleft()
                        yield name, future.result()
                while waiting:
                    name, future = waiting.popleft()
                    yield name, future.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _decode(self, found: Found) -> Pixels | InputError:
        if found.why:
            return InputError(found.why)
        least, back = SPARE * self._size, self._background
        try:
            image = open_picture(found.data, name=found.name, background=back, at_least=least)
            return to_uint8(image, self._size, self._channels, fit=self._fit, background=back)
        except InputError as error:
            return error


def check_size(size: int, channels: int = 3) -> None:
    """InputError unless size is 16 to 64 and divisible by 4, and channels is 1 or 3."""
    if size not in range(16, 65, 4):
        raise InputError(f"size must be from 16 to 64 and divisible by 4; you gave {size}.")
    if channels not in (1, 3):
        raise InputError(f"channels must be 1 (grey) or 3 (colour); you gave {channels}.")


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
