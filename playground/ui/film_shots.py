"""A film's frames as they are kept, at full precision, and as the page gets them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from torch import Tensor

from playground.diffusion.denoisers import Ideal
from playground.diffusion.sample import Frame
from playground.ui import film_facts, film_pack


@dataclass(frozen=True)
class Beside:
    """The same noise through the ideal denoiser of the training pictures."""

    frames: Iterable[Frame]
    ideal: Ideal
    cond: Tensor | None  # (B,) the class of each sample

    def posterior(self, frame: Frame, only: slice = slice(None)) -> Tensor:
        """What each training picture weighs at this frame, (B,N), for some of the samples."""
        x = frame.x[only]
        alpha, sigma = (x.new_full((len(x),), value) for value in frame.level)
        return self.ideal.posterior(x, alpha, sigma, None if self.cond is None else self.cond[only])


class Taken(NamedTuple):
    """A frame of one denoiser, and the one before it."""

    frame: Frame
    before: Frame | None

    def steps(self) -> tuple[Frame, Frame] | None:
        """Both, where there are both."""
        return None if self.before is None else (self.before, self.frame)


class Shot(NamedTuple):
    """What is kept of one step."""

    model: Taken
    ideal: Taken | None
    seconds: float  # since the run began
    asked: list[list[float]]  # of its calls, and those of steps since the last shot

    def tensors(self) -> Iterator[Tensor]:
        """All that fills memory; neighbours share some."""
        frames = [frame for taken in (self.model, self.ideal) if taken for frame in taken]
        yield from (t for f in frames if f for t in (f.x, f.x0) if t is not None)


def without_guess(frame: Frame | None) -> Frame | None:
    """The frame before one that is kept: of it only x counts."""
    return None if frame is None else replace(frame, x0=None)


def told(shots: Sequence[Shot], beside: Beside | None) -> list[dict[str, Any]]:
    """What the page is told of these; all at once, which costs little more than one."""
    sheets = film_pack.ready([shot.model.frame for shot in shots])
    return [
        {"index": frame.index, "total": frame.total, "asked": shot.asked}
        | sheet
        | {"text": film_facts.sentence(frame, shot.seconds)}
        | (_ideal(shot.ideal.frame, beside) if shot.ideal and beside else {})
        for shot, frame, sheet in zip(shots, (s.model.frame for s in shots), sheets, strict=True)
    ]


def _ideal(frame: Frame, beside: Beside) -> dict[str, Any]:
    """The ideal denoiser's frame, and how many pictures its next guess is made of."""
    weights = beside.posterior(frame)
    effective = (-(weights * weights.clamp(min=1e-300).log()).sum(1)).exp()
    x0 = "" if frame.x0 is None else film_pack.packed(frame.x0)["rgb"]
    return {
        "ideal": {"x": film_pack.packed(frame.shown)["rgb"], "x0": x0},
        "effective": [float(f"{n:.4g}") for n in effective.tolist()],
        "pictures": weights.shape[1],
    }
