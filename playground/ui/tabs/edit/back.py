"""Inversion: from a picture to its noise, back again, and back otherwise."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.inversion import invert
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, sample
from playground.ui.i18n.text import Text, t
from playground.ui.tabs.edit.messages import EditNews, Panel, panel
from playground.ui.tabs.edit.stream import EditStream, Result, distance, spread, standing
from playground.ui.widgets.request import Request

ROUNDS = Knob(3, 0, 10, 1, "0: plain DDIM; more: solves each step.")
LOUDER = 4  # times that a difference is enlarged, so that it can be seen


def back(
    request: Request,
    picture: Tensor,
    cond: int | None,
    guidance: Any,
    rounds: int,
    result: Result,
) -> Iterator[EditNews]:
    """Yield news of inverting the picture, of coming back, and of coming back with this class."""
    rounds = ROUNDS.check("rounds", rounds)
    stream = EditStream()
    levels = request.schedule.grid(request.steps)
    own = None if request.cond is None else torch.tensor(request.cond[:1])
    ends: dict[str, Frame] = {}

    def shown(key: str, caption: Text) -> Any:
        def panels(frame: Frame) -> list[Panel]:
            ends[key] = frame
            return [panel(key, frame.shown, caption, frame.index, standing(frame))]

        return panels

    up = request.served(
        lambda who: invert(
            who,
            picture[None],
            levels,
            cond=own,
            guidance=request.guidance,
            rounds=rounds,
        )
    )
    yield from stream.stream(up, shown("noise", t("1: to noise")))
    start = ends["noise"].x
    walk: dict[str, Any] = {"x": start, "grid": levels, "seeds": request.seeds[:1]}
    again = request.served(
        lambda who: sample(who, "flow", cond=own, guidance=request.guidance, **walk)
    )
    yield from stream.stream(again, shown("again", t("2: back with the same settings")))
    off = distance(ends["again"].x, picture)
    miss = (ends["again"].x - picture) * LOUDER
    yield stream.news(
        [panel("miss", miss, t("the error, {n} times (grey: none)", n=LOUDER), 0, f"{off:.3f}")]
    )
    other = request.served(
        lambda who: sample(
            who,
            "flow",
            cond=None if cond is None else [cond],
            guidance=guidance,
            **walk,
        )
    )
    yield from stream.stream(other, shown("other", t("3: back with the other class or guidance")))
    noisy = spread(start / levels[0].radius)
    result.sheets = [torch.cat([picture[None], ends["again"].x, ends["other"].x])]
    result.facts = {
        "error": off,
        "spread": noisy,
        "edited": distance(ends["other"].x, picture),
        "nfe": sum(frame.nfe for frame in ends.values()),
    }
    yield stream.news(
        [],
        [
            t(
                "It comes back {off} away (root mean square; black to white is 2).",
                off=f"{off:.3f}",
            ),
            t(
                "The noise found has a spread of {spread}; a seed's has 1.00.",
                spread=f"{noisy:.2f}",
            ),
            t("More steps or more rounds come nearer; guidance above 1 goes further astray."),
        ],
    )
