"""Writing files so that a crash or a full disk never leaves half of one."""

import os
import shutil
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playground.errors import InputError
from playground.os_errors import reason, reason_in_rust
from playground.texts import Text

FULL = 64 << 10  # bytes that have to be free


def write_atomically(path: str | Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, sync it, then rename it over `path`.

    Whatever stood at `path` stays until the new content is safe on disk. The file has the mode
    that the umask gives, whatever `write` chose. Raises InputError, in one sentence, where the
    folder cannot be written or the disk is full.
    """
    path = Path(path)
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
        with open(temporary, "wb") as file:
            mode = os.fstat(file.fileno()).st_mode
        write(temporary)
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        _give_mode(temporary, mode)
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except Exception as error:
        why = _why(error)
        if why is None:
            raise
        raise InputError(
            "Cannot write {path} ({lower}); free some space or choose another folder.",
            path=path,
            lower=why,
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):  # in a closed folder even this is refused
                temporary.unlink()


def is_full(folder: Path) -> bool:
    """Return whether the disk of this folder has no room left; False where that cannot be known."""
    try:
        return shutil.disk_usage(folder).free < FULL
    except OSError:
        return False


def _why(error: Exception) -> Text | None:
    """Return why the system refused to write; None for an error of another kind."""
    if isinstance(error, InputError):
        return None
    return reason(error) if isinstance(error, OSError) else reason_in_rust(error)


def _give_mode(path: Path, mode: int) -> None:
    """Undo that safetensors makes files for their owner alone, which nobody else then can open."""
    if os.stat(path).st_mode != mode:
        with suppress(OSError):  # some network drives have no modes
            os.chmod(path, stat.S_IMODE(mode))


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
