"""How processes of this program are started, and what each sets before it computes."""

import ctypes
import os
import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)  # the folder that holds this package
# Run a module as `python -m` does, the package being where it is here, installed or not. It comes
# last in the path, after Python's own modules.
RUN = "import runpy, sys; sys.path.append({root!r}); runpy.run_module({module!r}, None, '__main__')"

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h


def prepare() -> None:
    """Let torch's threads wait asleep, and keep freed memory.

    Threads that wait spinning cost nothing where they are alone, but are five times as slow where
    another program is busy, too. torch reads that as it is loaded, in this process or a child.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    keep_freed_memory()


def command_of(module: str, *options: str) -> list[str]:
    """Return the command that runs a module of this package in a process of its own.

    `python -m` would look into the folder that it starts in before all others, and import a
    person's random.py in place of Python's. -P keeps that folder out.
    """
    return [sys.executable, "-P", "-c", RUN.format(root=ROOT, module=module), *options]


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
