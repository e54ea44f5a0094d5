"""What the page is told of an edit: panels with a caption, each of one picture or of many."""

import base64
import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from playground.diffusion.sample import Frame
from playground.spaces.images import tile
from playground.ui.media.film import PACE

KEPT = 100  # moments of one panel that the page keeps
Panel = dict[str, Any]
Panels = Callable[[Frame], list[Panel]]


@dataclass
class Made:
    """What the last edit of this page made, to be saved: sheets (B,C,H,W), and facts of it."""

    name: str = "edit"
    sheets: list[Tensor] = field(default_factory=list)
    hold: float = 2.0  # seconds that a GIF stays at its end
    facts: dict[str, Any] = field(default_factory=dict)


def panel(key: str, x: Tensor, caption: str, index: int = 0, text: str = "") -> Panel:
    """One moment of one panel: pictures (B,C,H,W) or (C,H,W), and words below them."""
    sheet = tile(x, gap=1)
    return {
        "key": key,
        "index": index,
        "caption": caption,
        "text": text,
        "w": sheet.shape[1],
        "h": sheet.shape[0],
        "x": base64.b64encode(sheet.tobytes()).decode(),
    }


class Teller:
    """Turns panels into messages for the page, all of one run."""

    def __init__(self) -> None:
        self.run = uuid.uuid4().hex
        self.ends: dict[str, Panel] = {}  # told again and again: a busy page skips messages

    def message(self, panels: list[Panel], words: str | None = None, loop: bool = False) -> str:
        """One message. words: what to say below; loop: whether the page plays it over and over."""
        newest = {one["key"]: one for one in panels}
        before = [one for key, one in self.ends.items() if key not in newest]
        self.ends |= newest
        told: dict[str, Any] = {"run": self.run, "panels": before + panels, "loop": loop}
        return json.dumps(told if words is None else told | {"words": words})

    def stream(self, frames: Iterable[Frame], panels: Panels) -> Iterator[str]:
        """The panels of these frames, in messages that are at least PACE seconds apart."""
        waiting: list[Panel] = []
        told = 0.0
        for frame in frames:
            if _is_kept(frame):
                waiting += panels(frame)
            is_last = frame.index == frame.total
            if waiting and (is_last or time.monotonic() - told >= PACE):
                if is_last:
                    time.sleep(max(0.0, PACE - (time.monotonic() - told)))
                yield self.message(waiting)
                waiting, told = [], time.monotonic()


def _is_kept(frame: Frame) -> bool:
    """Whether the page keeps this frame: the first, the last, and about KEPT on the way."""
    if frame.total <= KEPT or frame.index in (0, frame.total):
        return True
    return frame.index * KEPT // frame.total != (frame.index - 1) * KEPT // frame.total


def at(frame: Frame) -> str:
    """Where a frame stands, in words."""
    return f"step {frame.index} of {frame.total} · sigma {frame.level.sigma:.3g} · NFE {frame.nfe}"


def spread(x: Tensor) -> float:
    """The standard deviation over all pixels."""
    return float(x.std())


def distance(x: Tensor, y: Tensor) -> float:
    """The root of the mean squared difference; black to white is 2."""
    return float((x - y).square().mean().sqrt())
