"""Picture files from what a person gives: single files, folders and zips, none of them trusted.

A zip is read entry by entry in memory, with a bound on what is really read; nothing is ever
extracted, so no name in it can reach the disk.
"""

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from playground.errors import InputError

MAX_ENTRY = 64 << 20  # bytes of one picture, unpacked
MAX_TOTAL = 2 << 30  # bytes of all pictures of one zip, unpacked
MAX_ENTRIES = 50_000
IGNORED = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Found:
    """One file: where it lay, and its bytes, or why it is left out."""

    name: str  # its path inside the folder or zip, with /
    data: bytes = b""
    why: str = ""


class Files(NamedTuple):
    """How many files there are, and each of them, read when its turn comes."""

    total: int
    found: Iterator[Found]


def find(source: str | Path | Found) -> Files:
    """Find every file of a picture's path, a folder (recursively, sorted) or a .zip.

    Raises InputError where there is nothing at that path or it cannot be read at all.
    """
    if isinstance(source, Found):
        return Files(1, iter([source]))
    path = Path(source)
    if not path.exists():
        raise InputError(f"There is no file or folder {path}; check the path.")
    if path.is_dir():
        return _in_folder(path)
    if path.suffix.lower() == ".zip":
        return _in_zip(path)
    return Files(1, (_file(p, p.name) for p in [path]))


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part.lower() in IGNORED for part in parts)


def _file(path: Path, name: str) -> Found:
    try:
        if path.stat().st_size > MAX_ENTRY:
            return Found(name, why="is larger than 64 MB; make it smaller.")
        return Found(name, path.read_bytes())
    except OSError:
        return Found(name, why="cannot be read; check its permissions.")


def _in_folder(folder: Path) -> Files:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise InputError(f"The folder {folder} cannot be read; check its permissions.")
    names = []
    for top, folders, files in os.walk(folder):  # does not follow links to folders
        folders[:] = [f for f in folders if not _hidden(f)]
        names += [(Path(top) / f).relative_to(folder).as_posix() for f in files if not _hidden(f)]
    names.sort()
    return Files(len(names), (_below(folder, name) for name in names))


def _below(folder: Path, name: str) -> Found:
    if (folder / name).is_symlink():
        return Found(name, why="is a link; put the picture itself there.")
    return _file(folder / name, name)


def _in_zip(path: Path) -> Files:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(f"{path.name} is damaged or no zip; make it again.") from error
    entries = [e for e in archive.infolist() if not e.is_dir() and not _hidden(e.filename)]
    if len(entries) > MAX_ENTRIES:
        archive.close()
        raise InputError(f"{path.name} holds over {MAX_ENTRIES:,} files; split it up.")
    return Files(len(entries), _entries(path, archive, entries))


def _entries(
    path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Iterator[Found]:
    with archive:
        total = 0
        for entry in sorted(entries, key=lambda e: e.filename):
            found = _entry(archive, entry)
            total += len(found.data)
            if total > MAX_TOTAL:
                raise InputError(f"{path.name} unpacks to over 2 GB; make a smaller zip.")
            yield found


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Found:
    name = entry.filename
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or "\\" in entry.orig_filename or ":" in parts[0]:
        return Found(name, why="has a path that leaves the zip; rename it.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Found(name, why="is a link; put the picture itself into the zip.")
    if entry.flag_bits & 1:
        return Found(name, why="is encrypted; make the zip without a password.")
    if name.lower().endswith(".zip"):
        return Found(name, why="is a zip inside the zip; unpack it first.")
    try:
        with archive.open(entry) as file:
            data = file.read(MAX_ENTRY + 1)  # the size that the zip declares may lie
    except Exception:  # zlib, CRC, unsupported methods: all mean the same to a person
        return Found(name, why="is damaged in the zip; make the zip again.")
    if len(data) > MAX_ENTRY:
        return Found(name, why="is larger than 64 MB; make it smaller.")
    return Found(name, data)
