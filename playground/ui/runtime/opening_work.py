"""What tabs show before anybody pressed a button is made one thing at a time, and in good time.

A tab that is opened asks for its own; the rest is made while the machine has nothing else to do.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import psutil

CALM = 20.0  # seconds in a row of which the machine must have been idle
LOOK = 2.0  # seconds over which its load is measured
BUSY = 40.0  # per cent of all its cores: one of two at work is more

log = logging.getLogger(__name__)
_changed = threading.Condition()
_line: deque[object] = deque()  # who works, and then those who wait for it


@contextmanager
def turn() -> Iterator[None]:
    """Wait until nothing else of this kind is made, and hold others off meanwhile."""
    me = object()
    with _changed:
        _line.append(me)
        _changed.wait_for(lambda: _line[0] is me)
    try:
        yield
    finally:
        with _changed:
            _line.popleft()
            _changed.notify_all()


def give_way() -> None:
    """Let those who wait go first: for long work between two of its steps, inside its `turn`."""
    with _changed:
        if len(_line) < 2:
            return
        me = _line.popleft()
        _line.append(me)
        _changed.notify_all()
        _changed.wait_for(lambda: _line[0] is me)


def wait_for_calm(load: Callable[[float], float] = psutil.cpu_percent) -> None:
    """Return when the machine was idle for a while.

    load: measures for so many seconds how busy it is, in per cent of all its cores.
    """
    calm = 0.0
    while calm < CALM:
        calm = calm + LOOK if load(LOOK) < BUSY else 0.0


def when_calm(jobs: Iterable[Callable[[], object]]) -> threading.Thread:
    """Do these one after another in a thread, each when the machine was idle for a while."""

    def work() -> None:
        for job in jobs:
            wait_for_calm()
            try:
                job()
            except Exception:
                log.exception("What a tab shows first could not be made")

    thread = threading.Thread(target=work, daemon=True, name="opening work")
    thread.start()
    return thread
