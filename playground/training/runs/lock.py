"""A lock between processes that the system itself lets go of when its holder dies."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from playground.errors import InputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RETRY = 0.02  # seconds between two tries


class LockError(InputError):
    """Another process holds the lock and did not let go in time."""


@contextmanager
def locked(path: Path, wait: float = 10.0) -> Iterator[None]:
    """Hold the lock that this file stands for; LockError after so many seconds of waiting.

    The file stays behind, empty: only the system's lock on it counts, which ends with the process
    that holds it, however that ends.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "ab+")  # noqa: SIM115
    except OSError as error:
        raise InputError(
            "{parent} cannot be written; choose another folder.", parent=path.parent
        ) from error
    with file:
        until = time.monotonic() + wait
        while not _try(file):
            if time.monotonic() >= until:
                raise LockError(f"{path.parent} is busy in another window; try again.")
            time.sleep(RETRY)
        yield  # closing the file lets go


def _try(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
