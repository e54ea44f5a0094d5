"""A race as messages for its part of the page: new frames, and where every lane stands."""

import base64
import json
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from torch import Tensor

from playground.diffusion.sample import Frame
from playground.spaces.images import tile
from playground.studio import reference
from playground.studio.racing import Run, State

KEPT = 40  # frames of a lane that the page keeps for scrubbing
PACE = 0.07  # seconds between messages; faster ones would be lost on the way


def messages(states: Iterable[State]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Messages for the page, each with the facts of all lanes for a program."""
    run, told, waiting = uuid.uuid4().hex, 0.0, []
    state: State | None = None
    for state in states:
        if state.moved is not None:
            moved = state.runs[state.moved]
            if _is_kept(moved.frame.index, moved.frame.total):
                waiting.append(_frame(state.moved, moved))
        elif not state.progress.seconds:  # the start
            waiting += [_frame(i, one) for i, one in enumerate(state.runs)]
        if time.monotonic() - told >= PACE:
            yield _message(run, state, waiting)
            told, waiting = time.monotonic(), []
    if state is not None:
        time.sleep(max(0.0, PACE - (time.monotonic() - told)))
        yield _message(run, state, waiting)


def waiting_message(place: str) -> str:
    """A message that tells where this request stands in the queue."""
    return json.dumps({"waiting": place})


def picture(x: Tensor) -> dict[str, Any]:
    """Pictures (B,C,H,W) one below the other as raw RGB."""
    sheet = tile(x, columns=1, gap=0)
    return {
        "w": sheet.shape[1],
        "h": sheet.shape[0],
        "count": len(x),
        "x": base64.b64encode(sheet.tobytes()).decode(),
    }


def _frame(lane: int, run: Run) -> dict[str, Any]:
    frame: Frame = run.frame
    guess = "" if frame.x0 is None else picture(frame.x0)["x"]
    return picture(frame.shown) | {
        "lane": lane,
        "index": frame.index,
        "total": frame.total,
        "share": run.share,
        "nfe": frame.nfe,
        "seconds": run.seconds,
        "network": run.network_seconds,
        "x0": guess,
    }


def _message(
    run: str, state: State, frames: list[dict[str, Any]]
) -> tuple[str, list[dict[str, Any]]]:
    progress, target = state.progress, state.reference
    facts = [one.about for one in state.runs]
    message = {
        "run": run,
        "frames": frames,
        "lanes": [
            {
                "calls": max(one.lane.calls, one.frame.nfe),
                "stochastic": one.lane.stochastic,
                "points": [p for p in one.distances if p[1] is not None],
            }
            for one in state.runs
        ],
        "lanesDone": all(one.done for one in state.runs),
        "reference": {"done": progress.done, "total": progress.total, "left": progress.left}
        | {"known": target is not None, "final": state.final}
        | {"calls": reference.CALLS, "rough": reference.ROUGH}
        | ({} if (x := progress.guess if target is None else target) is None else picture(x)),
        "apart": None if target is None else reference.apart(target),
        "radii": _radii(state.runs),
    }
    return json.dumps(message), facts


def _radii(runs: Iterable[Run]) -> str:
    """The radius of each schedule's first level, such as "80 on edm, 1 on cosine"."""
    found = {run.lane.schedule.name: run.lane.schedule.level(1.0).radius for run in runs}
    return ", ".join(f"{radius:.3g} on {name}" for name, radius in found.items())


def _is_kept(index: int, total: int) -> bool:
    """Whether this step is among about KEPT evenly spaced ones; the last always is."""
    return total <= KEPT or index == total or index * KEPT // total != (index - 1) * KEPT // total
