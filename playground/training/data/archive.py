"""Picture files from what a person gives: single files, folders and zips, none of them trusted.

A zip is read entry by entry in memory, with a bound on what is really read; nothing is ever
extracted, so no name in it can reach the disk.
"""

import os
import stat
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from playground.errors import InputError
from playground.texts import NOTHING, Text, t
from playground.training.data import entry_names

MAX_ENTRY = 64 << 20  # bytes of one picture, unpacked
MAX_TOTAL = 2 << 30  # bytes of all pictures of one zip, unpacked
MAX_ENTRIES = 200_000
IGNORED = {"__macosx", "thumbs.db", "desktop.ini"}
LEAVES = t("has a path that leaves the zip; rename it.")
NAMELESS = t("has no name in the zip; give it one.")


@dataclass(frozen=True)
class Found:
    """One file: where it lay, and its bytes, or why it is left out."""

    name: str  # its path inside the folder or zip, with /
    data: bytes = b""
    why: Text = NOTHING


@dataclass(frozen=True)
class Files:
    """What one source holds: the names of its files, each of them read when its turn comes."""

    names: Sequence[str]
    read: Callable[[int], Found]  # by its place among the names
    close: Callable[[], None] = field(default=lambda: None)


def find(source: str | Path | Found) -> Files:
    """Return the files of a picture's path, a folder (recursively, sorted) or a .zip.

    Raises InputError where there is nothing at that path or it cannot be read at all.
    """
    if isinstance(source, Found):
        return Files([source.name], lambda _: source)
    path = Path(source)
    if not path.exists():
        raise InputError("There is no file or folder {path}; check the path.", path=path)
    if path.is_dir():
        return _in_folder(path)
    if path.suffix.lower() == ".zip":
        return _in_zip(path)
    return Files([path.name], lambda _: _file(path, path.name))


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part.lower() in IGNORED for part in parts)


def _file(path: Path, name: str) -> Found:
    try:
        if path.stat().st_size > MAX_ENTRY:
            return Found(name, why=t("is larger than 64 MB; make it smaller."))
        return Found(name, path.read_bytes())
    except OSError:
        return Found(name, why=t("cannot be read; check its permissions."))


def _in_folder(folder: Path) -> Files:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise InputError(
            "The folder {folder} cannot be read; check its permissions.", folder=folder
        )
    paths = []
    for top, folders, files in os.walk(folder):  # does not follow links to folders
        folders[:] = [f for f in folders if not _hidden(f)]
        paths += [(Path(top) / f).relative_to(folder).as_posix() for f in files if not _hidden(f)]
    paths.sort()
    names = entry_names.of_disk(paths)
    return Files(names, lambda place: _below(folder / paths[place], names[place]))


def _below(path: Path, name: str) -> Found:
    if path.is_symlink():
        return Found(name, why=t("is a link; put the picture itself there."))
    return _file(path, name)


def _in_zip(path: Path) -> Files:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("{name} is damaged or no zip; make it again.", name=path.name) from error
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        archive.close()
        raise InputError(
            "{name} holds over {max_entries} files; split it up.",
            name=path.name,
            max_entries=f"{MAX_ENTRIES:,}",
        )
    named = sorted(zip(entry_names.of_zip(entries), entries, strict=True), key=lambda one: one[0])
    kept = [(name, e) for name, e in named if not _is_folder(name, e) and not _hidden(name)]
    return Files([name for name, _ in kept], _Zip(path.name, archive, kept).read, archive.close)


def _is_folder(name: str, entry: zipfile.ZipInfo) -> bool:
    return name.endswith("/") or bool(entry.external_attr & 0x10 and not entry.file_size)


class _Zip:
    def __init__(
        self, name: str, archive: zipfile.ZipFile, entries: Sequence[tuple[str, zipfile.ZipInfo]]
    ) -> None:
        self.name, self.archive, self.entries, self.total = name, archive, entries, 0

    def read(self, place: int) -> Found:
        """One entry; InputError once more was unpacked than any set of pictures needs."""
        found = _entry(self.archive, *self.entries[place])
        self.total += len(found.data)
        if self.total > MAX_TOTAL:
            raise InputError("{name} unpacks to over 2 GB; make a smaller zip.", name=self.name)
        return found


def _entry(archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> Found:
    if entry_names.leaves(name):
        return Found(name, why=LEAVES)
    if not PurePosixPath(name).parts:
        return Found(name, why=NAMELESS)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Found(name, why=t("is a link; put the picture itself into the zip."))
    if entry.flag_bits & 1:
        return Found(name, why=t("is encrypted; make the zip without a password."))
    if name.lower().endswith(".zip"):
        return Found(name, why=t("is a zip inside the zip; unpack it first."))
    try:
        with archive.open(entry) as file:
            data = file.read(MAX_ENTRY + 1)  # the size that the zip declares may lie
    except Exception:  # zlib, CRC, unsupported methods: all mean the same to a person
        return Found(name, why=t("is damaged in the zip; make the zip again."))
    if len(data) > MAX_ENTRY:
        return Found(name, why=t("is larger than 64 MB; make it smaller."))
    return Found(name, data)
