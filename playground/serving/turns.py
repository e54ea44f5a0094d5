"""Fair turns: who may work now, and how many go first."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager


class Turns:
    """At most `at_once` at work; a free place goes to whoever has had least.

    That is the user with the fewest at work now; among equals, the one whose last turn is longest
    ago. A user's own requests keep their order. So one who asks for a hundred things delays another
    by one of them, not by a hundred. A user never holds more than half of the places, so that some
    are soon free for others. All of it within one event loop.
    """

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self.most = max(1, at_once // 2)  # of one user
        self._working: dict[str, int] = {}
        self._waiting: dict[str, deque[asyncio.Event]] = {}
        self._served: dict[str, int] = {}  # user -> when they came, or last had a turn
        self._count = 0

    @property
    def working(self) -> int:
        """How many are at work."""
        return sum(self._working.values())

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    @contextmanager
    def request(self, user: str) -> Iterator[asyncio.Event]:
        """Hold a request's whole stay, waiting and working; its event is set at its turn."""
        turn = asyncio.Event()
        self._waiting.setdefault(user, deque()).append(turn)
        if user not in self._served:  # behind all who are there: they have waited longer
            self._served[user] = self._next()
        self._give()
        try:
            yield turn
        finally:
            if turn.is_set():
                self._change(user, -1)
            else:
                self._waiting[user].remove(turn)
            self._give()
            self._forget(user)

    async def places(self, user: str, turn: asyncio.Event, every: float) -> AsyncIterator[int]:
        """Yield how many go before this one, told every so many seconds until its turn comes."""
        while not turn.is_set():
            yield self.place(user, turn)
            try:
                await asyncio.wait_for(turn.wait(), every)
            except TimeoutError:
                continue

    def place(self, user: str, turn: asyncio.Event) -> int:
        """Return how many would have their turn before this one, if all took equally long."""
        mine = self._waiting[user].index(turn)
        rank = self._rank(user)
        before = mine
        for other, queue in self._waiting.items():
            if other != user:
                behind = self._working.get(other, 0) - self._working.get(user, 0)
                rounds = mine - behind + (self._rank(other)[1] < rank[1])
                before += min(len(queue), max(0, rounds))
        return before

    def _rank(self, user: str) -> tuple[int, int]:
        return self._working.get(user, 0), self._served.get(user, 0)

    def _give(self) -> None:
        while self.working < self.at_once:
            able = [
                user
                for user, queue in self._waiting.items()
                if queue and self._working.get(user, 0) < self.most
            ]
            if not able:
                return
            user = min(able, key=self._rank)
            self._served[user] = self._next()
            self._change(user, 1)
            self._waiting[user].popleft().set()

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _change(self, user: str, by: int) -> None:
        self._working[user] = self._working.get(user, 0) + by

    def _forget(self, user: str) -> None:
        """Keep nothing of users who neither work nor wait."""
        if not self._waiting.get(user) and not self._working.get(user):
            for book in (self._waiting, self._working, self._served):
                book.pop(user, None)
