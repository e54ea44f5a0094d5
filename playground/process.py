"""What every process of this program sets for itself before it computes."""

import ctypes
import os

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h


def prepare() -> None:
    """Let torch's threads wait asleep, and keep freed memory.

    Threads that wait spinning cost nothing where they are alone, but are five times as slow where
    another program is busy, too. torch reads that as it is loaded, in this process or a child.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    keep_freed_memory()


def keep_freed_memory() -> None:
    """Have glibc use freed blocks again in place of handing each back to the system at once.

    A network's activations are some megabytes each. glibc would map and unmap them at every layer,
    and a twentieth of training's and sampling's time would go into clearing pages. Nothing happens
    with other C libraries.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(MMAP_THRESHOLD, 32 << 20)  # the most that it takes
    mallopt(TRIM_THRESHOLD, 1 << 30)
