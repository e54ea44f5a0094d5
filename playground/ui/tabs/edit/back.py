"""Inversion: from a picture to its noise, back again, and back otherwise."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.inversion import invert
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, sample
from playground.ui.tabs.edit.messages import Made, Panel, Teller, at, distance, panel, spread
from playground.ui.widgets.request import Request

ROUNDS = Knob(3, 0, 10, 1, "0: plain DDIM; more: solves each step.")
LOUDER = 4  # times that a difference is enlarged, so that it can be seen


def back(
    request: Request,
    picture: Tensor,
    cond: int | None,
    guidance: Any,
    rounds: int,
    made: Made,
) -> Iterator[str]:
    """Messages of inverting the picture, of coming back, and of coming back with this class."""
    rounds = ROUNDS.check("rounds", rounds)
    teller = Teller()
    levels = request.schedule.grid(request.steps)
    own = None if request.cond is None else torch.tensor(request.cond[:1])
    ends: dict[str, Frame] = {}

    def shown(key: str, caption: str) -> Any:
        def panels(frame: Frame) -> list[Panel]:
            ends[key] = frame
            return [panel(key, frame.shown, caption, frame.index, at(frame))]

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
    yield from teller.stream(up, shown("noise", "1: to noise"))
    start = ends["noise"].x
    walk: dict[str, Any] = {"x": start, "grid": levels, "seeds": request.seeds[:1]}
    again = request.served(
        lambda who: sample(who, "flow", cond=own, guidance=request.guidance, **walk)
    )
    yield from teller.stream(again, shown("again", "2: back with the same settings"))
    off = distance(ends["again"].x, picture)
    miss = (ends["again"].x - picture) * LOUDER
    yield teller.message(
        [panel("miss", miss, f"the error, {LOUDER} times (grey: none)", 0, f"{off:.3f}")]
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
    yield from teller.stream(other, shown("other", "3: back with the other class or guidance"))
    noisy = spread(start / levels[0].radius)
    made.sheets = [torch.cat([picture[None], ends["again"].x, ends["other"].x])]
    made.facts = {
        "error": off,
        "spread": noisy,
        "edited": distance(ends["other"].x, picture),
        "nfe": sum(frame.nfe for frame in ends.values()),
    }
    yield teller.message(
        [],
        f"It comes back {off:.3f} away (root mean square; black to white is 2). The noise found "
        f"has a spread of {noisy:.2f}; a seed's has 1.00. More steps or more rounds come nearer; "
        "guidance above 1 goes further astray.",
    )
