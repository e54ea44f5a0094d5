"""What people gave and links hold: files beside the runs, each named by a hash of its content."""

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playground.errors import InputError
from playground.files import write_atomically

FOLDER = ".links"  # among the runs, none of which has a name that begins with a dot
NAMED = re.compile(r"kept-([0-9a-f]{32})")  # how an address tells one
PICTURE, DRAWING = ".png", ".json"
LARGEST = {PICTURE: 8 << 20, DRAWING: 5 << 20}  # bytes of one; a table of points has 4 million
MOST = 1 << 30  # bytes of all that lasts
REMEMBERED = 40  # files of the history of pages


class LinkStore:
    """Keeps bytes and gives them back by name; only a name of hex digits ever becomes a path.

    What a link or a beat holds lasts until it is deleted. Of what only the history of a page holds,
    the newest REMEMBERED files are there.
    """

    def __init__(self, runs: Path, spend: Callable[[int], None] = lambda size: None) -> None:
        """spend: called with the bytes of each new file that lasts; InputError where it may not."""
        self.spend = spend
        self.lasting = runs / FOLDER
        self.history = self.lasting / "history"

    def keep(self, data: bytes, suffix: str, *, lasts: bool) -> str:
        """Keep this, and return its name; the same content has the same one."""
        if len(data) > LARGEST[suffix]:
            raise InputError(
                "A link holds pictures and drawings of up to {largest} MB; give a smaller one.",
                largest=LARGEST[suffix] >> 20,
            )
        name = _digest(data)
        lasting, remembered = (one / f"{name}{suffix}" for one in (self.lasting, self.history))
        if not lasting.is_file():
            if lasts and self.facts()["bytes"] + len(data) > MOST:
                raise InputError(
                    "Links hold {most} GB, which is the most; delete what they hold.",
                    most=MOST >> 30,
                )
            if lasts:
                self.spend(len(data))
            write_atomically(lasting if lasts else remembered, lambda path: path.write_bytes(data))
            if lasts:
                remembered.unlink(missing_ok=True)
            _oldest_dropped(self.history)
        return f"kept-{name}"

    def read(self, name: str, suffix: str) -> bytes | None:
        """Return what is kept under this name; None where it is not, or not as it was."""
        named = NAMED.fullmatch(name)
        for folder in (self.lasting, self.history) if named else ():
            with suppress(OSError):
                data = (folder / f"{name.removeprefix('kept-')}{suffix}").read_bytes()
                if name == f"kept-{_digest(data)}":
                    return data
        return None

    def facts(self) -> dict[str, int]:
        """Return how much is kept."""
        folders = _files(self.lasting), _files(self.history)
        sizes = [about.st_size for files in folders for about in files.values()]
        return {"files": len(sizes), "bytes": sum(sizes)}

    def delete(self) -> None:
        """Delete all that is kept."""
        for folder in (self.lasting, self.history):
            for file in _files(folder):
                file.unlink(missing_ok=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _files(folder: Path) -> dict[Path, os.stat_result]:
    found = {}
    for file in folder.glob("[0-9a-f]*.*"):
        with suppress(OSError):  # deleted meanwhile
            found[file] = file.stat()
    return found


def _oldest_dropped(folder: Path) -> None:
    files = _files(folder)
    for file in sorted(files, key=lambda one: files[one].st_mtime_ns)[:-REMEMBERED]:
        file.unlink(missing_ok=True)
