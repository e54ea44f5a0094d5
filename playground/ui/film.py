"""What one press of Generate makes: its frames as messages for the player in the page.

A message holds what every frame shows. What a person has to ask for, the noise, the change and the
weights of training pictures, stays in the film until the page asks (`film_looks`).
"""

import json
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any, NamedTuple

from torch import Tensor

from playground.diffusion.denoisers import Ideal
from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame
from playground.errors import InputError
from playground.export import Take
from playground.export.take import is_kept
from playground.recipe import Recipe
from playground.ui import film_facts, film_pack
from playground.ui.film_looks import Looks, packed
from playground.ui.film_shelf import SHELF

KEPT = 250  # frames that the page keeps for scrubbing
PACE = 0.05  # seconds between messages; faster ones would be lost on the way


@dataclass(eq=False)
class Film:
    """The frames kept so far, in one browser tab."""

    name: str = "samples"
    note: str = ""
    sheets: list[Tensor] = field(default_factory=list)  # (B,C,H,W) in [-1, 1], or uint8
    looks: Looks = field(default_factory=Looks)
    recipe: Recipe | None = None  # what makes them again
    labels: list[str] = field(default_factory=list)  # of the pictures
    steps: list[int] = field(default_factory=list)  # of the frames
    levels: list[Level] = field(default_factory=list)
    x: Tensor | None = None  # the newest frame's, (B,C,H,W)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def size(self) -> int:
        """Bytes that it keeps."""
        newest = 0 if self.x is None else self.x.nbytes
        return sum(sheet.nbytes for sheet in self.sheets) + newest + self.looks.size

    @property
    def made(self) -> Recipe:
        """What makes it again as far as it goes; InputError where nothing was made yet."""
        if self.recipe is None or not self.steps:
            raise InputError("There is nothing here yet; generate first.")
        return replace(self.recipe, stopped_at=self.steps[-1])

    def take(self) -> Take:
        """Its frames for a file."""
        if not self.sheets:
            raise InputError("There is nothing to save yet; generate first.")
        recipe, sheets = self.made, list(self.sheets)
        about = recipe.seeds, recipe.to_json(), recipe.line, self.labels
        return Take(sheets, self.levels[: len(sheets)], self.steps[: len(sheets)], self.x, *about)

    def forget(self) -> None:
        """Keep no frame any more: the memory is needed for newer films."""
        self.sheets, self.x = [], None
        self.looks.forget()


@dataclass(frozen=True)
class Beside:
    """The same noise through the ideal denoiser of the training pictures."""

    frames: Iterable[Frame]
    ideal: Ideal
    cond: Tensor | None  # (B,) the class of each sample


def messages(
    frames: Iterable[Frame], film: Film, beside: Beside | None = None, data: Tensor | None = None
) -> Iterator[str]:
    """The run as messages for the player: new frames, the newest at most PACE seconds old.

    data (N,C,H,W): the training pictures, whose spectrum is drawn beside that of the frames.
    """
    run, began, told = uuid.uuid4().hex, time.monotonic(), 0.0
    film.looks.keep_as(run)
    bands = None if data is None else film_pack.spectrum_of(data)
    about: dict[str, Any] = {"run": run, "data": bands, "beside": beside is not None}
    before: tuple[Frame, Frame | None] | None = None
    waiting: list[_Waiting] = []
    asked: list[list[float]] = []
    others: Iterable[Frame | None] = beside.frames if beside else repeat(None)
    for frame, other in zip(frames, others, strict=False):
        asked += film_facts.asked(frame, len(asked))
        total, now = frame.total, time.monotonic()
        note = f"{KEPT} of {total} steps are kept" if total > KEPT else film.note
        if is_kept(frame.index, total, KEPT):
            waiting.append(_Waiting(frame, other, before, now - began, asked))
            asked = []
        before = frame, other
        last = frame.index == total
        soon = frame.index > 0 and (now - began) / frame.index * (total - frame.index) < PACE
        if waiting and (last or (now - told >= PACE and not soon)):
            shown = _told(waiting, film, beside)
            SHELF.touch(film)
            if last:
                time.sleep(max(0.0, PACE - (time.monotonic() - told)))
            told = time.monotonic()
            yield film_pack.message(about | {"note": note, "count": len(frame.x)}, shown)
            waiting = []


class _Waiting(NamedTuple):
    """A frame that the page does not have yet."""

    frame: Frame
    other: Frame | None  # the ideal denoiser's
    before: tuple[Frame, Frame | None] | None
    seconds: float
    asked: list[list[float]]


def waiting_message(place: str) -> str:
    """What the player is told before the first frame: where the request stands, in words."""
    return json.dumps({"run": "", "frames": [], "waiting": place})


def _told(waiting: list[_Waiting], film: Film, beside: Beside | None) -> list[dict[str, Any]]:
    """What the page is told of these frames; all at once, which costs little more than one."""
    frames = [w.frame for w in waiting]
    film.looks.take_all([(w.before[0], w.frame) for w in waiting if w.before], "")
    sheets = film_pack.ready(frames)
    film.steps += [frame.index for frame in frames]
    film.levels += [frame.level for frame in frames]
    film.x = frames[-1].x
    film.sheets += [sheet.pop("pictures") for sheet in sheets]
    told = []
    for sheet, w in zip(sheets, waiting, strict=True):
        about = {"index": w.frame.index, "total": w.frame.total, "asked": w.asked}
        shown = about | sheet | {"text": film_facts.sentence(w.frame, w.seconds)}
        if beside and w.other is not None:
            shown |= _ideal_shown(beside, w.other, film)
            if w.before is not None and w.before[1] is not None:
                film.looks.take_all([(w.before[1], w.other)], "ideal ")
        told.append(shown)
    return told


def _ideal_shown(beside: Beside, frame: Frame, film: Film) -> dict[str, Any]:
    """The ideal denoiser's frame, and how many pictures its next guess is made of."""
    alpha, sigma = (frame.x.new_full((len(frame.x),), value) for value in frame.level)
    weights = beside.ideal.posterior(frame.x, alpha, sigma, beside.cond)
    film.looks.take_weights(frame.index, weights, beside.ideal.data)
    effective = (-(weights * weights.clamp(min=1e-300).log()).sum(1)).exp()
    x0 = "" if frame.x0 is None else packed(frame.x0)["rgb"]
    return {
        "ideal": {"x": packed(frame.shown)["rgb"], "x0": x0},
        "effective": [float(f"{n:.4g}") for n in effective.tolist()],
        "pictures": weights.shape[1],
    }
