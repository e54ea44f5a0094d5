"""When something is due again: every so many seconds, within its share of the time."""

import time
from dataclasses import dataclass, field

LONGEST = 4.0  # times `seconds`, until the next time for the sake of the share


@dataclass
class Clock:
    """True every `seconds`, but seldomer where that would take more than `share` of the time."""

    seconds: float
    first: float | None = None  # seconds until the first time; `seconds` where None
    share: float = 1.0  # of the time, at most
    growth: float = 0.0  # of the time that has gone by so far: a long run asks less often
    next: float = field(init=False)

    def __post_init__(self) -> None:
        self.next = time.monotonic() + (self.seconds if self.first is None else self.first)

    def due(self) -> bool:
        """Return whether the time has come; if so, the next one is set."""
        if time.monotonic() < self.next:
            return False
        self.next = time.monotonic() + self.seconds
        return True

    def took(self, seconds: float, so_far: float) -> None:
        """Put the next time off, after what was due took `seconds`, `so_far` into the run.

        Where the machine is so busy that everything takes long, it is not put off for ever.
        """
        share = min(seconds / self.share, LONGEST * self.seconds)
        wait = max(self.seconds, share, self.growth * so_far)
        self.next = time.monotonic() + wait
