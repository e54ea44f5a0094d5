"""Time spent in a generator, without the time that its consumer takes."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TypeVar

T = TypeVar("T")


def clocked(things: Iterator[T]) -> Generator[tuple[T, float]]:
    """Yield each thing with the seconds that it and those before it took to make."""
    seconds = 0.0
    with closing(things):  # type: ignore[type-var]
        while True:
            began = time.perf_counter()
            try:
                thing = next(things)
            except StopIteration:
                return
            seconds += time.perf_counter() - began
            yield thing, seconds
