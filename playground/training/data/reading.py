"""Reading many pictures: several decoded at a time, in order, with a bound on the memory."""

import hashlib
import logging
import os
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.errors import InputError, unknown
from playground.spaces.crops import FITS, WHITE
from playground.spaces.images import KINDS, open_picture, to_uint8
from playground.texts import Text, Value, t
from playground.training.data.archive import Files, Found, find
from playground.training.data.folders import in_turn, places

log = logging.getLogger(__name__)
SPARE = 4  # a JPEG keeps this many times the size before it is resized, which is as good as all
WORKERS = 4  # at most: each may hold a picture of 64 megapixels
AHEAD = 4  # files read for each worker before they are wanted
MANY = {  # the sentence of one file, and that of several
    "is larger than 64 MB; make it smaller.": "are larger than 64 MB; make them smaller.",
    "is larger than 2 MB; make it smaller.": "are larger than 2 MB; make them smaller.",
    "cannot be read; check its permissions.": "cannot be read; check their permissions.",
    "is a link; put the picture itself there.": "are links; put the pictures themselves there.",
    "has a path that leaves the zip; rename it.": "have a path that leaves the zip; rename them.",
    "has no name in the zip; give it one.": "have no name in the zip; give them one.",
    "is a link; put the picture itself into the zip.": (
        "are links; put the pictures themselves into the zip."
    ),
    "is encrypted; make the zip without a password.": (
        "are encrypted; make the zip without a password."
    ),
    "is a zip inside the zip; unpack it first.": "are zips inside the zip; unpack them first.",
    "is damaged in the zip; make the zip again.": "are damaged in the zip; make the zip again.",
}
Pixels = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Problem:
    """A file that was left out, and why, as a plain sentence without its subject."""

    name: str | Text
    why: Text

    @property
    def text(self) -> Text:
        """The sentence with its subject."""
        if str(self.name) in str(self.why):
            return self.why
        return t("{name}: {why}", name=self.name, why=self.why)

    def __str__(self) -> str:
        return str(self.text)


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
        names = [_name(source) for source in self._sources]
        what: Value = ", ".join(names) if 0 < len(names) < 4 else t("What was given")
        keys = Counter(p.why.key for p in self.problems if not p.why.values)
        why, count = next(iter(keys.most_common(1)), ("", 0))
        if count > 1:
            return InputError(
                "{what} holds no pictures that can be used: of {files} files {count} {are}",
                what=what,
                files=f"{len(self.problems):,}",
                count=f"{count:,}",
                are=Text(MANY[why]),
            )
        if len(self.problems) == 1:
            return InputError(
                "{what} holds no pictures that can be used ({why}); give {kinds} files.",
                what=what,
                why=self.problems[0].text,
                kinds=KINDS,
            )
        return InputError(
            "{what} holds no pictures that can be used; give {kinds} files.",
            what=what,
            kinds=KINDS,
        )

    def __iter__(self) -> Iterator[Progress]:
        with ExitStack() as opened:
            files = self._open(opened)
            names = [name for one in files for name in one.names]
            # pages that are never written take no memory
            shape = (min(len(names), self._limit), self._channels, self._size, self._size)
            self._taken = np.empty(shape, np.uint8)
            with closing(self._decoded(files, in_turn(names, self._limit))) as results:
                for done, (name, result) in enumerate(results, 1):
                    if isinstance(result, InputError):
                        self.problems.append(Problem(name, result.text))
                    elif len(self.names) == self._limit:
                        self.problems.append(Problem(t("The rest"), self._enough()))
                        return
                    else:
                        self._take(name, result)
                    yield Progress(done, len(names))

    def _open(self, opened: ExitStack) -> list[Files]:
        """Open all sources; one that cannot be read costs itself, where there are others."""
        files = []
        for source in self._sources:
            try:
                files.append(find(source))
                opened.callback(files[-1].close)
            except InputError as error:
                if len(self._sources) == 1:
                    raise
                self.problems.append(Problem(_name(source), error.text))
        return files

    def _enough(self) -> Text:
        limit = f"{self._limit:,}"
        if any(place.folder for place in places(self.names)):
            return t(
                "was left out: {limit} pictures are taken, an even share of each class.",
                limit=limit,
            )
        return t("was left out: {limit} pictures are taken.", limit=limit)

    def _take(self, name: str, pixels: Pixels) -> None:
        digest = hashlib.blake2b(pixels.data, digest_size=16).digest()
        if digest in self._first:
            first = self._first[digest]
            same = "{name} equals {first} at this size, so it is left out."
            self.problems.append(Problem(name, t(same, name=name, first=first)))
            return
        self._first[digest] = name
        self._taken[len(self.names)] = pixels
        self.names.append(name)

    def _decoded(
        self, files: Sequence[Files], order: Sequence[int]
    ) -> Generator[tuple[str, Pixels | InputError], None, None]:
        """Yield each file's pixels or what is wrong with it, in order; a few are read ahead."""
        workers = min(WORKERS, _cores())
        waiting: deque[tuple[str, Future[Pixels | InputError]]] = deque()
        with ThreadPoolExecutor(workers) as pool:  # Pillow decodes and resizes without the GIL
            try:
                for found in _read(files, order):
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
            return InputError.of(found.why)
        least, back = SPARE * self._size, self._background
        try:
            image = open_picture(found.data, name=found.name, background=back, at_least=least)
            return to_uint8(image, self._size, self._channels, fit=self._fit, background=back)
        except InputError as error:
            return error
        except Exception:  # one file must not cost the others, whatever is in it
            log.exception("A picture could not be read")
            return InputError("{name} cannot be read as a picture; save it again.", name=found.name)


def _read(files: Sequence[Files], order: Sequence[int]) -> Iterator[Found]:
    """Read the files at these places, counted through all sources; tell of one that ends early."""
    where = [(one, place) for one in files for place in range(len(one.names))]
    ended: set[int] = set()
    for index in order:
        one, place = where[index]
        if id(one) in ended:
            continue
        try:
            yield one.read(place)
        except InputError as error:
            ended.add(id(one))
            yield Found("The rest", why=t("was left out: {error}", error=error.text))


def _name(source: str | Path | Found) -> str:
    return source.name if isinstance(source, Found) else Path(source).name


def check_size(size: int, channels: int = 3) -> None:
    """InputError unless size is 16 to 64 and divisible by 4, and channels is 1 or 3."""
    if size not in range(16, 65, 4):
        raise InputError(
            "size must be from 16 to 64 and divisible by 4; you gave {size}.", size=size
        )
    if channels not in (1, 3):
        raise InputError(
            "channels must be 1 (grey) or 3 (colour); you gave {channels}.", channels=channels
        )


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
