"""Reading metrics.jsonl while it grows: its newest lines, and its loss as a curve."""

import json
import threading
from pathlib import Path
from typing import Any

TAIL = 16_384  # bytes that hold far more lines than `newest` is asked for


def newest(path: Path, count: int) -> list[dict[str, Any]]:
    """Read the last `count` whole lines at most, oldest first; none where there is no file."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - TAIL))
            lines = file.read().split(b"\n")
    except OSError:
        return []
    whole = lines[1:-1] if size > TAIL else lines[:-1]
    return [found for line in whole[-count:] if (found := _parsed(line))]


class LossCurve:
    """The loss of one run, raw and smoothed, thinned to what a screen can show.

    over: the field of a line that it runs over, "step" or "seconds".
    Reads only what was added since the last call, because a long run has a hundred thousand lines.
    """

    def __init__(
        self, path: Path, points: int = 600, smooth: float = 0.9, over: str = "step"
    ) -> None:
        self.path, self.most, self.smooth, self.over = path, points, smooth, over
        self._lock = threading.Lock()  # two pages may watch the same run
        self._file: tuple[int, int] | None = None
        self._start_over()

    def _start_over(self) -> None:
        self._offset, self._count, self._mean, self._stride = 0, 0, 0.0, 1
        self._points: list[tuple[float, float, float]] = []
        self._last: tuple[float, float, float] | None = None

    def points(self) -> list[tuple[float, float, float]]:
        """Return (step or seconds, loss, smoothed loss), from the first update to the newest."""
        with self._lock:
            try:
                with open(self.path, "rb") as file:
                    self._read(file)
            except OSError:
                self._start_over()
            ends = [self._last] if self._last and self._last not in self._points[-1:] else []
            return self._points + ends

    def _read(self, file: Any) -> None:
        about = self.path.stat()
        if self._file != (about.st_dev, about.st_ino) or about.st_size < self._offset:
            self._start_over()  # resuming writes the file anew
            self._file = about.st_dev, about.st_ino
        file.seek(self._offset)
        added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.splitlines():
            if found := _parsed(line):
                self._add(found[self.over], found["loss"])

    def _add(self, step: float, loss: float) -> None:
        self._mean = self.smooth * self._mean + (1 - self.smooth) * loss
        # the mean starts at 0; dividing by its weight so far makes it true at once
        self._last = step, loss, self._mean / (1 - self.smooth ** (self._count + 1))
        if self._count % self._stride == 0:
            self._points.append(self._last)
        self._count += 1
        if len(self._points) > self.most:
            self._points, self._stride = self._points[::2], 2 * self._stride


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
