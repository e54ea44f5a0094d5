"""What one press of Generate makes: its frames as messages for the player in the page."""

import base64
import json
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from playground.diffusion.sample import Frame
from playground.spaces.images import tile

KEPT = 250  # frames that the page keeps for scrubbing
PACE = 0.05  # seconds between messages; faster ones would be lost on the way


@dataclass
class Film:
    """The frames kept so far, in one browser tab."""

    name: str = "samples"
    sheets: list[Tensor] = field(default_factory=list)


def messages(frames: Iterable[Frame], film: Film) -> Iterator[str]:
    """The run as messages for the player: new frames, the newest at most PACE seconds old."""
    run, waiting, began, told = uuid.uuid4().hex, [], time.monotonic(), 0.0
    for frame in frames:
        total = frame.total
        note = f"{KEPT} of {total} steps are kept" if total > KEPT else ""
        if _is_kept(frame.index, total):
            film.sheets.append(frame.x)
            waiting.append(_shown(frame, time.monotonic() - began))
        if waiting and (time.monotonic() - told >= PACE or frame.index == total):
            if frame.index == total:
                time.sleep(max(0.0, PACE - (time.monotonic() - told)))
            yield json.dumps({"run": run, "frames": waiting, "note": note})
            waiting, told = [], time.monotonic()


def _is_kept(index: int, total: int) -> bool:
    """Whether this frame is among about KEPT evenly spaced ones; the first and last always are."""
    if total <= KEPT or index == 0:
        return True
    return index * (KEPT - 1) // total != (index - 1) * (KEPT - 1) // total


def _shown(frame: Frame, seconds: float) -> dict[str, Any]:
    x = tile(frame.x, gap=1)
    left = seconds / max(1, frame.index) * (frame.total - frame.index)
    eta = f" · {left:.1f} s left" if 0 < frame.index < frame.total else ""
    done = f" · {seconds:.1f} s" if frame.index == frame.total else ""
    return {
        "index": frame.index,
        "w": x.shape[1],
        "h": x.shape[0],
        "x": base64.b64encode(x.tobytes()).decode(),
        "x0": ""
        if frame.x0 is None
        else base64.b64encode(tile(frame.x0, gap=1).tobytes()).decode(),
        "text": f"step {frame.index} / {frame.total} · sigma {frame.level.sigma:.3f}"
        f" · NFE {frame.nfe}{eta}{done}",
    }
