"""What the page is told of the films: new frames, and how each film came about."""

import json
import time
from collections.abc import Iterator
from typing import Any

from torch import Tensor

from playground.diffusion import samplers
from playground.diffusion.sample import Frame
from playground.ui.media.film import PACE
from playground.ui.media.film_facts import level
from playground.ui.media.film_pack import packed
from playground.ui.tabs.fork.summary import summary
from playground.ui.tabs.fork.tree import Film, run

SAME = 1e-5  # root mean square: rounding, and nothing that a screen shows


def stream(film: Film, x: Tensor | None = None, stop_at: int | None = None) -> Iterator[str]:
    """Sample the film; messages with its new frames and what is to be said of it."""
    waiting: list[dict[str, Any]] = []
    before: list[dict[str, Any]] = []  # sent twice, as two films of a page may run at once
    sent = 0.0
    last = len(film.levels) - 1 if stop_at is None else stop_at
    for frame in run(film, x, stop_at):
        waiting.append(_shown(frame))
        if frame.index == last:
            time.sleep(max(0.0, PACE - (time.monotonic() - sent)))
        if frame.index == last or time.monotonic() - sent >= PACE:
            yield json.dumps({"frames": [*before, *waiting], "film": told(film)})
            before, waiting, sent = waiting, [], time.monotonic()


def _shown(frame: Frame) -> dict[str, Any]:
    sheet = packed(frame.shown)
    return {
        "index": frame.index,
        "w": sheet["w"],
        "h": sheet["h"],
        "x": sheet["rgb"],
        "x0": "" if frame.x0 is None else packed(frame.x0)["rgb"],
        "text": f"step {frame.index} of {frame.total} · {level(frame)} · NFE {frame.nfe}",
    }


def told(film: Film) -> dict[str, Any]:
    """How the film came about, for the tree."""
    return {
        "number": film.number,
        "parent": None if film.parent is None else film.parent.number,
        "step": film.step,
        "total": len(film.levels) - 1,
        "title": ", ".join(film.changes) if film.parent else summary(film.request),
        "painted": film.is_painted,
        "note": note(film),
    }


def facts(film: Film) -> dict[str, Any]:
    """The same for other programs."""
    return told(film) | {
        "steps_done": len(film.xs) - 1,
        "nfe": film.nfe,
        "off": film.off,
        "schedule": repr(film.request.schedule),
        "sampler": repr(film.request.sampler),
        "levels": [[level.alpha, level.sigma] for level in film.levels],
    }


def note(film: Film) -> str:
    """What the end of a branch says, beside its parent's."""
    off = film.off
    if off is None:
        return ""
    only_seed = len(film.changes) == 1 and film.changes[0].startswith("seed ")
    if only_seed and not film.drew:
        return "Another seed changed nothing: this sampler adds no noise on its way."
    if film.changes != ["nothing changed"]:
        return f"Ends {off:.2f} from its parent's end (root mean square; black to white is 2)."
    if off < SAME:
        return "Nothing was changed, and it ends exactly where its parent does."
    if not samplers.entry(film.request.sampler.name).remembers:
        return f"Nothing was changed, and it ends within {off:.1g} of its parent's end: rounding."
    return (
        f"Nothing was changed, yet it ends {off:.4f} away: this sampler remembers earlier guesses, "
        "and a branch begins without them."
    )
