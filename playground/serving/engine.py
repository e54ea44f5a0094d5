"""One thread makes all network calls of the app, joining those that wait for the same network.

Several samplings at once would each bring as many threads as there are cores, and wait for each
other at every operation. Here their calls queue up instead; a network takes alpha, sigma and the
class of each sample, so calls of any schedule, sampler and number of pictures fit into one.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import torch
from torch import Tensor

from playground.serving.ahead import StoppedError, stopped

GATHER = 0.004  # seconds at most that a call waits for others to join it
PATIENCE = 0.5  # seconds at most that a patient call lets others go first
MOST = 64  # samples a joined call; beyond, a sample gets no cheaper and everybody waits longer


class Answering(Protocol):
    """What calls are made of: a network that can answer several of them at once."""

    seconds: float  # that its last answer took

    def answer(self, asked: list["Call"]) -> None:
        """Set `x0` or `error` of every call, and its `ready`."""


@dataclass(eq=False)
class Call:
    """One sampling's question to its network."""

    joined: Answering
    x: Tensor
    alpha: Tensor
    sigma: Tensor
    cond: Tensor | None
    patient: bool = False  # goes last, and is answered even if nobody waits for it any more
    since: float = field(default_factory=time.perf_counter)
    ready: threading.Event = field(default_factory=threading.Event)
    dropped: bool = False  # nobody waits for it any more
    x0: Tensor | None = None
    error: Exception | None = None

    def fits(self, other: "Call") -> bool:
        """Return whether one network call can answer both: classes and shares do not mix."""
        mine, others = (c.cond is not None and c.cond.is_floating_point() for c in (self, other))
        same = self.joined is other.joined and self.x.dtype == other.x.dtype
        return same and mine == others


class Engine:
    """The queue of calls and the thread that answers them; it starts with the first call.

    threads: tells how many torch threads a network call on so many numbers is to use now. join:
    whether calls are joined at all.
    """

    def __init__(self, threads: Callable[[int], int] = lambda _: 1, join: bool = True) -> None:
        self.threads = threads
        self.join = join
        self.calls = self.joined_calls = 0  # asked for, and made
        self._waiting: deque[Call] = deque()
        self._changed = threading.Condition()
        self._running: dict[Answering, int] = {}  # samplings that may ask
        self._thread: threading.Thread | None = None

    @property
    def samplings(self) -> int:
        """How many samplings are at work."""
        return sum(self._running.values())

    @contextmanager
    def sampling(self, joined: Answering) -> Iterator[None]:
        """Let a sampling ask this network within, so that a call of another may wait for it."""
        with self._changed:
            self._running[joined] = self._running.get(joined, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._running[joined] -= 1
                if not self._running[joined]:
                    del self._running[joined]
                self._changed.notify()

    def ask(self, call: Call) -> Tensor:
        """Answer this call once it is its turn; StoppedError if nobody wants it."""
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="networks", daemon=True)
                self._thread.start()
            self._waiting.append(call)
            self._changed.notify()
        while not call.ready.wait(0.1):
            if stopped() and not call.patient:
                call.dropped = True
                raise StoppedError
        if call.error is not None:
            raise call.error
        assert call.x0 is not None
        return call.x0

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    self._changed.wait()
                first = self._next()
                while (left := self._worth_waiting(first)) > 0:
                    self._changed.wait(left)
                together = self._take(first)
            if together:
                torch.set_num_threads(self.threads(sum(call.x.numel() for call in together)))
                self.calls += len(together)
                first.joined.answer(together)
                self.joined_calls += 1

    def _next(self) -> Call:
        """Return the oldest call; a patient one only if no other waits, or after its PATIENCE."""
        late = time.perf_counter() - PATIENCE
        return next((c for c in self._waiting if not c.patient or c.since < late), self._waiting[0])

    def _worth_waiting(self, first: Call) -> float:
        """Return the seconds that this call should still wait for others to join it."""
        same = [call for call in self._waiting if call.fits(first)]
        full = sum(len(call.x) for call in same) >= MOST
        if not self.join or full or len(same) >= self._running.get(first.joined, 1):
            return 0.0
        most = min(GATHER, first.joined.seconds / 4)
        return first.since + most - time.perf_counter()

    def _take(self, first: Call) -> list[Call]:
        """Take the first call and those that join it, oldest first, out of the queue."""
        together: list[Call] = []
        count = 0
        others = [c for c in self._waiting if c.fits(first) and c is not first]
        for call in [first, *others]:
            if call.dropped:
                self._waiting.remove(call)
            elif not together or (self.join and count + len(call.x) <= MOST):
                self._waiting.remove(call)
                together.append(call)
                count += len(call.x)
        return together
