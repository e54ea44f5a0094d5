"""What folders say of pictures: their class, and whether training may see them."""

import random
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from pathlib import PurePosixPath
from typing import NamedTuple

from playground.classes import tidy

OTHER = "other"  # the class of what lies in no folder, where others do
TRAIN = {"train", "training", "trainset", "train_set", "trainval"}
UNSEEN = {
    *("val", "valid", "validation", "dev", "eval", "evaluation", "holdout", "held_out"),
    *("test", "testing", "testset", "test_set"),
}
SUFFIXES = {".png", ".jpg", ".jpeg", ".jfif", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ""}


class Place(NamedTuple):
    """Where a picture belongs."""

    folder: str  # its class as its folder is called; "" where there are no classes
    unseen: bool  # it lies in a folder such as val or test, beside one such as train

    @property
    def kind(self) -> str:
        """Its class, by a name that can be typed and shown."""
        return tidy(self.folder) if self.folder else ""


def places(names: Sequence[str]) -> list[Place]:
    """Return where each of these paths belongs.

    The class is the first folder in which the paths differ. Folders such as train and val, at
    whatever depth all paths have one, are no classes.
    """
    paths = [PurePosixPath(name).parts[:-1] for name in names]
    unseen = [False] * len(paths)
    if (depth := _split(paths)) is not None:
        unseen = [len(path) > depth and path[depth].lower() in UNSEEN for path in paths]
        paths = [path[:depth] + path[depth + 1 :] for path in paths]
    while paths and all(paths) and len({path[0] for path in paths}) == 1:
        paths = [path[1:] for path in paths]  # one folder around everything is only wrapping
    folders = [path[0] if path else OTHER for path in paths]
    classless = len(set(folders)) < 2
    return [Place("" if classless else f, u) for f, u in zip(folders, unseen, strict=True)]


def _split(paths: Sequence[tuple[str, ...]]) -> int | None:
    """Find the depth at which all folders are called train, val or so, and both kinds are there.

    What lies above them, a cover picture say, is of no part.
    """
    for depth in range(max(map(len, paths), default=0)):
        words = {path[depth].lower() for path in paths if len(path) > depth}
        if words <= TRAIN | UNSEEN and words & TRAIN and words & UNSEEN:
            return depth
    return None


def in_turn(names: Sequence[str], limit: int) -> list[int]:
    """Return the order in which to read so many files that only `limit` pictures are taken.

    Up to `limit` pictures it is that of the files. Of more, any beginning has an even share of
    every class, drawn by lot, and as large a part of what training must not see as all have. Files
    that are called like no picture come last.
    """
    pictures = [i for i, name in enumerate(names) if PurePosixPath(name).suffix.lower() in SUFFIXES]
    if len(pictures) <= limit:
        return list(range(len(names)))
    groups: dict[Place, list[int]] = {}
    for index, place in zip(pictures, places([names[i] for i in pictures]), strict=True):
        groups.setdefault(place, []).append(index)
    for members in groups.values():
        random.Random(0).shuffle(members)
    seen, unseen = (
        _alternating(members for place, members in groups.items() if place.unseen is part)
        for part in (False, True)
    )
    others = set(range(len(names))) - set(pictures)
    return [*_mixed(seen, unseen), *sorted(others)]


def _alternating(groups: Iterable[list[int]]) -> list[int]:
    return [i for i in chain.from_iterable(zip_longest(*groups)) if i is not None]


def _mixed(most: list[int], some: list[int]) -> list[int]:
    """Merge both, each in its order, spread evenly."""
    shares = (
        ((i + 0.5) / len(part), index) for part in (most, some) for i, index in enumerate(part)
    )
    return [index for _, index in sorted(shares)]
