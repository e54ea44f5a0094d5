"""A run's folder on machines that do not share a disk: the first process sends what is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playground.files import write_text
from playground.training.distributed.parallel import World
from playground.training.runs.folder import RunFolder

MARK = ".processes"  # by which a process knows that it sees the first one's very folder


@contextmanager
def nearby(folder: RunFolder, world: World) -> Iterator[RunFolder]:
    """Give the folder, or where a process does not see it, a passing copy of what a run needs.

    Every process of the world calls it. InputError on all where one fails.
    """
    if world.size == 1:
        yield folder
        return
    token = world.broadcast(os.urandom(16).hex().encode()).decode()
    world.settle(lambda: write_text(folder.path / MARK, token) if world.is_main else None)
    sees = _token(folder.path / MARK) == token
    all_see = not world.highest(int(not sees))
    if world.is_main:
        (folder.path / MARK).unlink(missing_ok=True)
    if all_see:
        yield folder
        return
    with TemporaryDirectory(prefix="playground-") as own:
        copy = RunFolder(Path(own) / folder.name)
        for name in ("config.json", *(f.name for f in (folder.data, folder.last, folder.start))):
            _send(folder.path / name, None if sees else copy.path / name, world)
        yield folder if sees else copy


def _token(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _send(source: Path, target: Path | None, world: World) -> None:
    """Send the first process's file to all that name a target; a missing one stays missing."""
    found = world.settle(lambda: _content(source) if world.is_main else b"")
    content = world.broadcast(found)

    def keep() -> None:
        if target and content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    world.settle(keep)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
