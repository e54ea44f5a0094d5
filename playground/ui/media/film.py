"""What one press of Generate makes: its frames as messages for the player in the page.

A message holds the newest frame. Those that were made since the last message, faster than a screen
could show them, and what a person has to ask for of any, stay in the film until the page asks
(`frame_queries`).
"""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import repeat

from torch import Tensor

from playground.diffusion.sample import Frame
from playground.export.take import is_kept
from playground.ui.i18n.text import Text, t
from playground.ui.media import film_facts, film_pack
from playground.ui.media.film_cache import CACHE, Beside, Film, Snapshot, Step
from playground.ui.media.frame_queries import answer_for
from playground.ui.media.messages import FilmNews

KEPT = 250  # frames for scrubbing
LARGEST = 128 << 20  # bytes of a film; of larger ones fewer frames are kept
PACE = 0.05  # seconds between messages; faster ones would be lost on the way


def messages(
    frames: Iterable[Frame],
    film: Film,
    beside: Beside | None = None,
    data: Callable[[], Tensor | None] | None = None,
    made: Text | None = None,
) -> Iterator[str]:
    """Yield the run as messages for the player: the newest frame, at most PACE seconds old.

    data: returns the training pictures (N,C,H,W), if they are here, whose spectrum is drawn beside
    that of the frames; it may take a while, and so is called once the first frame is sent. made:
    the settings of a film that nobody asked for; it stays until the app ends.
    """
    run, began, sent = uuid.uuid4().hex, time.monotonic(), 0.0
    film.beside = beside
    about = FilmNews(run, (), beside=beside is not None, made=made)
    answer_for(run, film)
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
            own = Step.between(before, frame)
            ideal = None if other is None else Step.between(before_other, other)
            snapshot = Snapshot(own, ideal, now - began, asked)
            film.snapshots[frame.index] = snapshot
            asked = []
            soon = frame.index > 0 and (now - began) / frame.index * (total - frame.index) < PACE
            if last or (now - sent >= PACE and not soon):
                if made is None:
                    CACHE.touch(film)
                shown = film_pack.frames_shown([snapshot], beside)
                if last:
                    time.sleep(max(0.0, PACE - (time.monotonic() - sent)))
                sent = time.monotonic()
                thinned = t("{most} of {total} steps are kept", most=most, total=total)
                note = thinned if most <= total else film.note
                yield film_pack.message(replace(about, frames=shown, note=note, count=len(frame.x)))
                if data is not None and (pictures := data()) is not None:
                    about = replace(about, data=film_pack.spectrum_of(pictures))
                data = None
        before, before_other = frame, other


def waiting_message(place: Text | None) -> str:
    """Return what the player is told before the first frame: where the request stands."""
    return film_pack.message(FilmNews("", (), waiting=place))


def most_kept(frame: Frame, total: int, beside: bool) -> int:
    """Return how many frames like this are kept of so many steps: KEPT, or what fits."""
    size = 2 * frame.x.nbytes * (2 if beside else 1)  # x and x0
    return min(total + 1, KEPT, max(2, LARGEST // size))
