"""What one press of Generate makes: its frames as messages for the player in the page.

A message holds the newest frame. Those that were made since the last message, faster than a screen
could show them, and what a person has to ask for of any, stay in the film until the page asks
(`film_looks`).
"""

import json
import time
import uuid
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from torch import Tensor

from playground.diffusion.sample import Frame
from playground.export.take import is_kept
from playground.ui.media import film_facts, film_pack
from playground.ui.media.film_cache import Beside, Film, Shot, Taken, without_guess
from playground.ui.media.film_shelf import SHELF
from playground.ui.media.frame_queries import keep_as

KEPT = 250  # frames for scrubbing
LARGEST = 128 << 20  # bytes of a film; of larger ones fewer frames are kept
PACE = 0.05  # seconds between messages; faster ones would be lost on the way


def messages(
    frames: Iterable[Frame], film: Film, beside: Beside | None = None, data: Tensor | None = None
) -> Iterator[str]:
    """The run as messages for the player: the newest frame, at most PACE seconds old.

    data (N,C,H,W): the training pictures, whose spectrum is drawn beside that of the frames.
    """
    run, began, sent = uuid.uuid4().hex, time.monotonic(), 0.0
    film.beside = beside
    keep_as(run, film)
    bands = None if data is None else film_pack.spectrum_of(data)
    about: dict[str, Any] = {"run": run, "data": bands, "beside": beside is not None}
    before: Frame | None = None
    before_other: Frame | None = None
    asked: list[list[float]] = []
    others: Iterable[Frame | None] = beside.frames if beside else repeat(None)
    for frame, other in zip(frames, others, strict=False):
        asked += film_facts.asked(frame, len(asked))
        total, now = frame.total, time.monotonic()
        most = most_kept(frame, total, beside is not None)
        last = frame.index == total
        if is_kept(frame.index, total, most):
            own = Taken(frame, without_guess(before))
            ideal = None if other is None else Taken(other, without_guess(before_other))
            film.shots[frame.index] = shot = Shot(own, ideal, now - began, asked)
            asked = []
            soon = frame.index > 0 and (now - began) / frame.index * (total - frame.index) < PACE
            if last or (now - sent >= PACE and not soon):
                SHELF.touch(film)
                shown = film_pack.told([shot], beside)
                if last:
                    time.sleep(max(0.0, PACE - (time.monotonic() - sent)))
                sent = time.monotonic()
                note = f"{most} of {total} steps are kept" if most <= total else film.note
                yield film_pack.message(about | {"note": note, "count": len(frame.x)}, shown)
        before, before_other = frame, other


def waiting_message(place: str) -> str:
    """What the player is told before the first frame: where the request stands, in words."""
    return json.dumps({"run": "", "frames": [], "waiting": place})


def most_kept(frame: Frame, total: int, beside: bool) -> int:
    """How many frames like this are kept of a run of so many steps: KEPT, or what fits."""
    size = 2 * frame.x.nbytes * (2 if beside else 1)  # x and x0
    return min(total + 1, KEPT, max(2, LARGEST // size))
