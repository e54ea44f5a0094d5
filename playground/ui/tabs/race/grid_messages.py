"""A grid as messages for its part of the page: new cells, and what is being made."""

import json
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from playground.studio import reference
from playground.studio.grid import Made, State
from playground.ui.tabs.race.messages import PACE, picture


def messages(states: Iterable[State]) -> Iterator[tuple[list[Made], str]]:
    """The cells made so far, and a message for the page that holds the pictures of new ones."""
    run, told, shown = uuid.uuid4().hex, 0.0, 0
    state: State | None = None
    for state in states:
        if time.monotonic() - told >= PACE:
            yield state.made, _message(run, state, shown)
            told, shown = time.monotonic(), len(state.made)
    if state is not None:
        time.sleep(max(0.0, PACE - (time.monotonic() - told)))
        yield state.made, _message(run, state, shown)


def waiting_message(place: str) -> str:
    """A message that tells where this request stands in the queue."""
    return json.dumps({"waiting": place})


def _message(run: str, state: State, shown: int) -> str:
    what, made, frame = state.plan, state.made, state.frame
    total = len(what.cells)
    now = None
    if frame is not None and len(made) < total:
        cell = what.cells[len(made)]
        now = {"row": cell.row, "column": cell.column, "share": frame.index / frame.total}
        if frame.index == frame.total:  # the frame is of the cell before
            now["share"] = 0.0
    axes = {"rows": what.rows, "columns": what.columns}
    progress = state.progress
    message: dict[str, Any] = {key: [axis.title, axis.labels] for key, axis in axes.items()} | {
        "run": run,
        "new": [picture(one.x) for one in made[shown:]],
        "first": shown,
        "cells": [one.about for one in made],
        "total": total,
        "now": now,
        "reference": None
        if progress is None
        else {"done": progress.done, "total": progress.total, "left": progress.left},
        "calls": reference.CALLS,
        "done": len(made) == total
        and (not what.measured or all(one.distance is not None for one in made)),
    }
    return json.dumps(message)
