"""A generator worked through by a thread of its own, so that sampling and showing overlap."""

import contextvars
import queue
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

import torch

T = TypeVar("T")
MOST = 32  # items made and not yet taken; a slow reader holds its own sampling back, nobody else's
LOOK = 0.1  # seconds between two looks at whether it was stopped

# Set for what one request starts, so that a closed page ends threads deep below its handler.
stopping: ContextVar[threading.Event | None] = ContextVar("stopping", default=None)


class StoppedError(Exception):
    """Raised where work would go on for nobody."""


def stopped() -> bool:
    """Return whether the request that this code works for has ended."""
    event = stopping.get()
    return event is not None and event.is_set()


def ahead(items: Iterator[T], most: int = MOST) -> Iterator[T]:
    """Yield the items, made up to `most` ahead by a thread that begins at the first `next`.

    Closing this generator ends the thread before its next item; so does the event in `stopping`,
    which raises StoppedError here. What the thread raises is raised here.
    """
    made: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue(most)
    closed = threading.Event()
    done = object()

    def put(item: Any, error: BaseException | None = None) -> bool:
        while not (closed.is_set() or stopped()):
            try:
                made.put((item, error), timeout=LOOK)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        torch.set_num_threads(1)  # between network calls the tensors are small
        try:
            try:
                for item in items:
                    if not put(item):
                        return
            finally:
                getattr(items, "close", lambda: None)()
            put(done)
        except StoppedError:
            return
        except BaseException as error:
            put(done, error)

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(work,), name="sampling", daemon=True)
    thread.start()
    try:
        while not stopped():
            try:
                item, error = made.get(timeout=LOOK)
            except queue.Empty:
                continue
            if error is not None:
                raise error
            if item is done:
                return
            yield item
        raise StoppedError
    finally:
        closed.set()
