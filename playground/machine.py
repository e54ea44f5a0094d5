"""What this machine is good at, found by trying."""

import math
import os
import time
from functools import cache

import psutil
import torch
from torch.nn import functional as F

NICE = 10  # of 19, on systems that count so
WORTH_SHARING = 5 * 3 * 32 * 32  # numbers; below, one thread is as fast, and the other core free
_allowed: int | None = None  # threads that this program's torch may use now; None: all


def cores() -> int:
    """Return the processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def set_threads(count: int | None = None) -> None:
    """Use so many torch threads, one a core by default: too many on two cores halve the speed."""
    torch.set_num_threads(count or told_threads() or cores())


def told_threads() -> int:
    """Return what OMP_NUM_THREADS says, by which people share a machine; 0 where it is unset."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdigit() else 0


def trainer_threads(cores: int, processes: int = 1) -> int:
    """Return how many torch threads a trainer uses: one core is left to the page and all else.

    Threads wait for each other at every operation, so with a thread on each core any other busy
    program slows training tenfold and more, while the last core adds a sixth of the speed. Several
    processes of one run share all cores; for them OMP_NUM_THREADS counts, which torchrun sets to 1.
    """
    if processes == 1:
        return max(1, cores - 1)
    return told_threads() or max(1, cores // processes)


def page_threads(cores: int, trainers: int) -> int:
    """Return how many torch threads the page may use beside so many trainers at work.

    Two programs with as many threads as cores wait for each other at every operation, and both
    become ten times as slow; one of them with a single thread does not.
    """
    return 1 if trainers else cores


def share(trainers: int) -> None:
    """Tell this program how many trainers are at work; its threads follow at `keep_threads`."""
    global _allowed
    _allowed = page_threads(told_threads() or cores(), trainers)


def threads_now() -> int:
    """Return how many torch threads a network call of the page may use now."""
    return _allowed or told_threads() or cores()


def threads_for(numbers: int) -> int:
    """Return the same for a call on so many numbers: on few, threads would mostly wait."""
    return threads_now() if numbers >= WORTH_SHARING else 1


def keep_threads() -> None:
    """Bring torch in the calling thread to what `share` allows; torch keeps a number for each."""
    if _allowed is not None and torch.get_num_threads() != _allowed:
        torch.set_num_threads(_allowed)


def lower_priority() -> None:
    """Let everything else on the machine go first: the page must stay smooth while it trains."""
    me = psutil.Process()
    if psutil.WINDOWS:
        me.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    elif me.nice() < NICE:  # a trainer that another one started has it already
        me.nice(NICE)


@cache
def fastest_precision() -> str:
    """Return "bfloat16" where a convolution runs at least 1.5x faster in it, else "float32".

    Processors with AMX gain fourfold; those that emulate bfloat16 lose fiftyfold, so for them one
    try is enough. The best of several tries counts, because a busy machine slows any one of them.
    """
    best = {torch.float32: math.inf, torch.bfloat16: math.inf}
    for attempt in range(6):
        for dtype in best:
            x, w = torch.ones(16, 64, 16, 16, dtype=dtype), torch.ones(64, 64, 3, 3, dtype=dtype)
            x = x.contiguous(memory_format=torch.channels_last)
            began = time.perf_counter()
            F.conv2d(x, w, padding=1)
            if attempt:  # the first also prepares the kernel
                best[dtype] = min(best[dtype], time.perf_counter() - began)
        if best[torch.bfloat16] > 3 * best[torch.float32]:
            break
    return "bfloat16" if best[torch.bfloat16] * 1.5 < best[torch.float32] else "float32"
