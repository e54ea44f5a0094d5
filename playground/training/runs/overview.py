"""All runs at a glance, and runs beside each other: what lists and comparisons show."""

import math
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from playground.errors import InputError
from playground.texts import Text
from playground.training.runs import manager
from playground.training.runs.folder import RunFolder
from playground.training.runs.metrics import LossCurve

AXES = {"steps": "step", "seconds": "seconds"}  # what a comparison runs over, and its field
MOST = 3  # runs that a comparison can tell apart
SMOOTH = 0.98


@dataclass(frozen=True)
class Overview:
    """One run in a list."""

    name: str
    state: str
    message: Text
    size: int | None  # None: its pictures cannot be read
    channels: int | None
    pictures: int | None
    step: int
    loss: float | None
    began: float  # seconds since 1970
    row: str | None  # the newest samples' file name

    def plain(self) -> dict[str, Any]:
        """Return all of it as programs are told it, in English."""
        return asdict(self) | {"message": str(self.message)}


def overview(run: RunFolder) -> Overview:
    """Return what a list tells of this run; a damaged one is told, too."""
    now, rows = manager.status(run), run.sample_rows()
    count, channels, size, _ = shape(run) or (None,) * 4
    try:
        began = (run.path / "config.json").stat().st_mtime
    except OSError:
        began = 0.0
    loss = now.loss if now.loss is not None and math.isfinite(now.loss) else None
    row = rows[-1].name if rows else None
    return Overview(
        run.name, now.state, now.message, size, channels, count, now.step, loss, began, row
    )


def overviews(runs: Path) -> list[Overview]:
    """Return all runs, newest first."""
    return [overview(RunFolder(runs / name)) for name in manager.names(runs)]


def shape(run: RunFolder) -> tuple[int, int, int, int] | None:
    """Return (N, C, H, W) of its pictures, from the file's header; None where it cannot be read."""
    try:
        return _shape(run.data, run.data.stat().st_mtime_ns)
    except (OSError, SafetensorError, ValueError):
        return None


@lru_cache(maxsize=256)
def _shape(path: Path, changed: int) -> tuple[int, int, int, int]:
    with safe_open(path, framework="pt") as file:
        count, channels, height, width = file.get_slice("x").get_shape()
    return count, channels, height, width


@lru_cache(maxsize=64)
def _curve(path: Path, field: str) -> LossCurve:
    return LossCurve(path, points=400, smooth=SMOOTH, over=field)


def compared(runs: Path, chosen: list[str], over: str = "steps") -> list[dict[str, Any]]:
    """Return the smoothed loss of one to three runs over steps or seconds: name, state and points.

    InputError for a run that there is not, for more than three, and for another axis.
    """
    if over not in AXES:
        raise InputError("Compare over steps or seconds; you gave {over}.", over=over)
    if not 1 <= len(set(chosen)) <= MOST:
        raise InputError(
            "Choose one to {most} runs to compare; you chose {count}.",
            most=MOST,
            count=len(set(chosen)),
        )
    found: list[dict[str, Any]] = []
    for name in dict.fromkeys(chosen):
        run = manager.folder(runs, name)
        points = [(x, smooth) for x, _, smooth in _curve(run.metrics, AXES[over]).points()]
        now = manager.status(run)
        found.append({"name": name, "state": now.state, "step": now.step, "points": points})
    return found
