"""How much each of the audience may leave on this machine in a day: uploads, links, results."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from playground.errors import InputError

DAY = 86400.0  # seconds; Gradio clears its folder of uploads and results by the same age
MEGABYTE = 1 << 20
VISITORS = 10_000  # kept in mind at a time; those who were here longest ago go first


@dataclass(frozen=True)
class Limits:
    """What one visitor may leave here in a day, and the whole audience."""

    uploads: int = 100  # files
    links: int = 100  # pictures and drawings that links hold
    megabytes: int = 200  # of uploads, links and results
    audience_megabytes: int = 4000  # of all visitors together


@dataclass(frozen=True)
class _Left:
    when: float
    uploads: int
    links: int
    size: int


class Allowance:
    """Counts what visitors leave here; what is older than a day counts no more."""

    def __init__(
        self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limits, self.clock = limits or Limits(), clock
        self._left: dict[str, deque[_Left]] = {}
        self._lock = threading.Lock()

    def spend(
        self, visitor: str | None, size: int = 0, *, uploads: int = 0, links: int = 0
    ) -> None:
        """Count so many bytes, files and links; InputError, and nothing counted, beyond a limit.

        visitor: None for who has no limits.
        """
        if visitor is None:
            return
        with self._lock:
            left = self._of(visitor)
            self._refuse(left, size, uploads, links)
            left.append(_Left(self.clock(), uploads, links, size))

    def check(self, visitor: str | None, size: int = 0, *, uploads: int = 0) -> None:
        """Raise InputError where so much more would be beyond a limit."""
        if visitor is not None:
            with self._lock:
                self._refuse(self._of(visitor), size, uploads, 0)

    def _of(self, visitor: str) -> deque[_Left]:
        found = self._left.pop(visitor, None) or deque()
        self._left[visitor] = found
        if len(self._left) > VISITORS:
            del self._left[next(iter(self._left))]
        old = self.clock() - DAY
        for one in self._left.values():
            while one and one[0].when < old:
                one.popleft()
        return found

    def _refuse(self, left: deque[_Left], size: int, uploads: int, links: int) -> None:
        limits = self.limits
        if uploads and sum(one.uploads for one in left) + uploads > limits.uploads:
            raise InputError(
                "A visitor may upload {uploads} files a day, which you have done; "
                "use one of those.",
                uploads=limits.uploads,
            )
        if links and sum(one.links for one in left) + links > limits.links:
            raise InputError(
                "Links of a visitor may hold {links} pictures and drawings a day, which yours do; "
                "the rest of the link works without them.",
                links=limits.links,
            )
        if size and sum(one.size for one in left) + size > limits.megabytes * MEGABYTE:
            raise InputError(
                "A visitor may leave {megabytes} MB a day here, and this would be more; give a "
                "smaller file, or come back tomorrow.",
                megabytes=limits.megabytes,
            )
        every = sum(one.size for each in self._left.values() for one in each)
        if size and every + size > limits.audience_megabytes * MEGABYTE:
            raise InputError(
                "The audience has filled the space that it may have on this machine; ask the "
                "presenter for more, or come back tomorrow."
            )
