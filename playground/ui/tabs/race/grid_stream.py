"""From the states of a grid to messages for its part of the page: new cells, and what is made."""

import time
import uuid
from collections.abc import Iterable, Iterator

from playground.studio.axes import Axis
from playground.studio.grid import Made, State
from playground.ui.tabs.race.messages import CellNow, GridAxis, GridNews, GridProgress, sheet
from playground.ui.tabs.race.race_stream import PACE


def grid_news(states: Iterable[State]) -> Iterator[tuple[list[Made], GridNews]]:
    """Yield the cells made so far, and what is new of them for the page."""
    run, sent, shown = uuid.uuid4().hex, 0.0, 0
    state: State | None = None
    for state in states:
        if time.monotonic() - sent >= PACE:
            yield state.made, _news(run, state, shown)
            sent, shown = time.monotonic(), len(state.made)
    if state is not None:
        time.sleep(max(0.0, PACE - (time.monotonic() - sent)))
        yield state.made, _news(run, state, shown)


def _news(run: str, state: State, shown: int) -> GridNews:
    plan, cells = state.plan, state.made
    progress = state.progress
    is_measured = not plan.measured or all(one.distance is not None for one in cells)
    return GridNews(
        run=run,
        rows=_axis(plan.rows),
        columns=_axis(plan.columns),
        first=shown,
        new=[sheet(one.x) for one in cells[shown:]],
        cells=[one.about for one in cells],
        total=len(plan.cells),
        now=_now(state),
        reference=GridProgress(progress.done, progress.total, progress.left) if progress else None,
        done=len(cells) == len(plan.cells) and is_measured,
    )


def _axis(axis: Axis) -> GridAxis:
    return GridAxis(axis.title, axis.labels)


def _now(state: State) -> CellNow | None:
    """Return the cell after those made; the frame at hand may still be of the one before."""
    frame = state.frame
    if frame is None or len(state.made) >= len(state.plan.cells):
        return None
    cell = state.plan.cells[len(state.made)]
    share = 0.0 if frame.index == frame.total else frame.index / frame.total
    return CellNow(cell.row, cell.column, share)
