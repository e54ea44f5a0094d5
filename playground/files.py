"""Writing files so that a crash or a full disk never leaves half of one."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playground.errors import InputError


def write_atomically(path: str | Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, sync it, then rename it over `path`.

    Whatever stood at `path` stays until the new content is safe on disk. Raises InputError, in one
    sentence, where the folder cannot be written or the disk is full.
    """
    path = Path(path)
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
        write(temporary)
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or "the disk refused"
        raise InputError(
            f"Cannot write {path} ({reason.lower()}); free some space or choose another folder."
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):  # in a closed folder even this is refused
                temporary.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a rename in this folder last through a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives cannot; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path: str | Path, text: str) -> None:
    """Write a small text file atomically, in UTF-8."""
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
