"""One sampling as it is kept for files: its frames, their levels and its settings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from torch import Tensor

from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame
from playground.spaces.images import to_bytes
from playground.spaces.points import scatter

MOST = 1000  # frames of a film


@dataclass
class Take:
    """sheets: what is shown of each kept frame, (B,C,H,W) in [-1, 1] or uint8; x: the newest as is.

    Points (B,2) are shown as one picture of all of them.

    settings: JSON from which it can be made again; title and rows: what a sheet is labelled with.
    """

    sheets: list[Tensor] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    x: Tensor | None = None
    seeds: Sequence[int] = ()
    settings: str = ""
    title: str = ""
    rows: Sequence[str] = ()

    def add(self, frame: Frame, *, last_only: bool = False) -> None:
        """Keep this frame, in 8 bits; of very many frames, evenly spaced ones."""
        if last_only or (self.steps and not is_kept(self.steps[-1], frame.total, MOST)):
            for kept in (self.sheets, self.levels, self.steps):
                del kept[-1:]
        shown = frame.shown
        self.sheets.append(to_bytes(shown) if shown.ndim == 4 else scatter(shown))
        self.levels.append(frame.level)
        self.steps.append(frame.index)
        self.x = frame.x


def is_kept(index: int, total: int, most: int) -> bool:
    """Return whether this frame is among `most` even ones; the first and last always are."""
    if most > total or index == 0:
        return True
    return index * (most - 1) // total != (index - 1) * (most - 1) // total
