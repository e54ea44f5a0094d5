"""From the frames of a film to news for the page, and what is to be said of the film."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from torch import Tensor

from playground.diffusion import samplers
from playground.ui.i18n.text import Text, t
from playground.ui.media.film import PACE
from playground.ui.tabs.fork.messages import FilmTold, ForkFrame, ForkNews, shown
from playground.ui.tabs.fork.summary import SEED, listed, summary
from playground.ui.tabs.fork.tree import NOTHING, Film, run

SAME = 1e-5  # root mean square: rounding, and nothing that a screen shows


def stream(
    film: Film, x: Tensor | None = None, stop_at: int | None = None, pace: float = PACE
) -> Iterator[ForkNews]:
    """Sample the film; yield news with its new frames, at least `pace` seconds apart."""
    waiting: list[ForkFrame] = []
    before: list[ForkFrame] = []  # sent twice, as two films of a page may run at once
    sent = 0.0
    last = len(film.levels) - 1 if stop_at is None else stop_at
    for frame in run(film, x, stop_at):
        waiting.append(shown(frame))
        if frame.index == last:
            time.sleep(max(0.0, pace - (time.monotonic() - sent)))
        if frame.index == last or time.monotonic() - sent >= pace:
            yield ForkNews([*before, *waiting], told(film))
            before, waiting, sent = waiting, [], time.monotonic()


def whole(film: Film, x: Tensor | None = None) -> ForkNews:
    """Sample the film; return all of it at once."""
    frames: dict[int, ForkFrame] = {}
    for news in stream(film, x, pace=0.0):
        frames |= {one.index: one for one in news.frames}
    return ForkNews(list(frames.values()), told(film))


def told(film: Film) -> FilmTold:
    """Return how the film came about, for the tree."""
    return FilmTold(
        number=film.number,
        parent=None if film.parent is None else film.parent.number,
        step=film.step,
        total=len(film.levels) - 1,
        title=listed(film.changes) if film.parent else summary(film.request),
        painted=film.is_painted,
        note=note(film),
    )


def facts(film: Film) -> dict[str, Any]:
    """Return the same in plain words, and more, for other programs."""
    about = told(film)
    return asdict(about) | {
        "title": str(about.title),
        "note": str(about.note),
        "steps_done": len(film.xs) - 1,
        "nfe": film.nfe,
        "off": film.off,
        "schedule": repr(film.request.schedule),
        "sampler": repr(film.request.sampler),
        "levels": [[level.alpha, level.sigma] for level in film.levels],
    }


def note(film: Film) -> Text | str:
    """Return what the end of a branch says, beside its parent's."""
    off = film.off
    if off is None:
        return ""
    only_seed = len(film.changes) == 1 and film.changes[0].key.startswith(SEED)
    if only_seed and not film.drew:
        return t("Another seed changed nothing: this sampler adds no noise on its way.")
    if film.changes != [NOTHING]:
        return t(
            "Ends {off} from its parent's end (root mean square; black to white is 2).",
            off=f"{off:.2f}",
        )
    if off < SAME:
        return t("Nothing was changed, and it ends exactly where its parent does.")
    if not samplers.entry(film.request.sampler.name).remembers:
        return t(
            "Nothing was changed, and it ends within {off} of its parent's end: rounding.",
            off=f"{off:.1g}",
        )
    return t(
        "Nothing was changed, yet it ends {off} away: this sampler remembers earlier guesses, and "
        "a branch begins without them.",
        off=f"{off:.4f}",
    )
