"""From the frames of an edit to news for the page, all of one run."""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from playground.diffusion.sample import Frame
from playground.ui.i18n.text import Text, t
from playground.ui.media.film import PACE
from playground.ui.tabs.edit.messages import EditNews, Panel

KEPT = 100  # moments of one panel that the page keeps
Panels = Callable[[Frame], list[Panel]]


@dataclass
class Result:
    """What the last edit of this page made, to be saved: sheets (B,C,H,W), and facts of it."""

    name: str = "edit"
    sheets: list[Tensor] = field(default_factory=list)
    hold: float = 2.0  # seconds that a GIF stays at its end
    facts: dict[str, Any] = field(default_factory=dict)


class EditStream:
    """Turns panels into news for the page."""

    def __init__(self) -> None:
        self.run = uuid.uuid4().hex
        self.ends: dict[str, Panel] = {}  # sent again and again: a busy page skips messages

    def news(
        self, panels: Sequence[Panel], words: Sequence[Text] | None = None, loop: bool = False
    ) -> EditNews:
        """Return these panels as news, with the newest of the others."""
        newest = {one.key: one for one in panels}
        before = [one for key, one in self.ends.items() if key not in newest]
        self.ends |= newest
        return EditNews(self.run, [*before, *panels], loop, words)

    def stream(self, frames: Iterable[Frame], panels: Panels) -> Iterator[EditNews]:
        """Yield the panels of these frames, in news at least PACE seconds apart."""
        waiting: list[Panel] = []
        sent = 0.0
        for frame in frames:
            if _is_kept(frame):
                waiting += panels(frame)
            is_last = frame.index == frame.total
            if waiting and (is_last or time.monotonic() - sent >= PACE):
                if is_last:
                    time.sleep(max(0.0, PACE - (time.monotonic() - sent)))
                yield self.news(waiting)
                waiting, sent = [], time.monotonic()


def _is_kept(frame: Frame) -> bool:
    """Return whether the page keeps this frame: the first, the last, about KEPT on the way."""
    if frame.total <= KEPT or frame.index in (0, frame.total):
        return True
    return frame.index * KEPT // frame.total != (frame.index - 1) * KEPT // frame.total


def standing(frame: Frame) -> Text:
    """Return where a frame stands, in words."""
    return t(
        "step {k} of {n} · sigma {sigma} · NFE {nfe}",
        k=frame.index,
        n=frame.total,
        sigma=f"{frame.level.sigma:.3g}",
        nfe=frame.nfe,
    )


def spread(x: Tensor) -> float:
    """Return the standard deviation over all pixels."""
    return float(x.std())


def distance(x: Tensor, y: Tensor) -> float:
    """Return the root of the mean squared difference; black to white is 2."""
    return float((x - y).square().mean().sqrt())
