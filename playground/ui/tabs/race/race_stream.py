"""From the states of a race to messages for its part of the page, and facts for a program."""

import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from playground.studio import reference
from playground.studio.racing import Run, State
from playground.texts import Text, joined, t
from playground.ui.tabs.race.messages import (
    LaneFrame,
    LaneStanding,
    RaceNews,
    ReferenceStanding,
    sheet,
)

KEPT = 40  # frames of a lane that the page keeps for scrubbing
PACE = 0.07  # seconds between messages; faster ones would be lost on the way


def race_news(
    states: Iterable[State], pace: float = PACE
) -> Iterator[tuple[RaceNews, list[dict[str, Any]]]]:
    """Yield what is new, at least `pace` seconds apart, each with the facts of all lanes."""
    run = uuid.uuid4().hex
    sent = 0.0
    waiting: list[LaneFrame] = []
    state: State | None = None
    for state in states:
        if state.moved is not None:
            moved = state.runs[state.moved]
            if _is_kept(moved.frame.index, moved.frame.total):
                waiting.append(_frame(state.moved, moved))
        elif not state.progress.seconds:  # the start
            waiting += [_frame(i, one) for i, one in enumerate(state.runs)]
        if time.monotonic() - sent >= pace:
            yield _news(run, state, waiting)
            sent, waiting = time.monotonic(), []
    if state is not None:
        time.sleep(max(0.0, pace - (time.monotonic() - sent)))
        yield _news(run, state, waiting)


def _frame(lane: int, run: Run) -> LaneFrame:
    frame = run.frame
    guess = "" if frame.x0 is None else sheet(frame.x0).x
    return LaneFrame(
        **vars(sheet(frame.shown)),
        lane=lane,
        index=frame.index,
        total=frame.total,
        share=run.share,
        nfe=frame.nfe,
        seconds=run.seconds,
        network=run.network_seconds,
        x0=guess,
    )


def _news(run: str, state: State, frames: list[LaneFrame]) -> tuple[RaceNews, list[dict[str, Any]]]:
    target = state.reference
    news = RaceNews(
        run=run,
        frames=frames,
        lanes=[
            LaneStanding(
                calls=max(one.lane.calls, one.frame.nfe),
                stochastic=one.lane.stochastic,
                points=[(calls, far) for calls, far in one.distances if far is not None],
            )
            for one in state.runs
        ],
        lanes_done=all(one.done for one in state.runs),
        reference=_standing(state),
        apart=None if target is None else reference.apart(target),
        radii=_radii(state.runs),
    )
    return news, [one.about for one in state.runs]


def _standing(state: State) -> ReferenceStanding:
    progress, target = state.progress, state.reference
    shown = progress.guess if target is None else target
    return ReferenceStanding(
        done=progress.done,
        total=progress.total,
        left=progress.left,
        known=target is not None,
        final=state.final,
        calls=reference.CALLS,
        rough=reference.ROUGH,
        sheet=None if shown is None else sheet(shown),
    )


def _radii(runs: Iterable[Run]) -> Text:
    """Return the radius of each schedule's first level, such as "80 on edm, 1 on cosine"."""
    found = {run.lane.schedule.name: run.lane.schedule.level(1.0).radius for run in runs}
    told = [t("{radius} on {name}", radius=f"{one:.3g}", name=name) for name, one in found.items()]
    return joined(told, ", ")


def _is_kept(index: int, total: int) -> bool:
    """Return whether this step is among about KEPT evenly spaced ones; the last always is."""
    return total <= KEPT or index == total or index * KEPT // total != (index - 1) * KEPT // total
