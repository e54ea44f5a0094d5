"""A grid of settings, filled in cell by cell from the same noise."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from playground.diffusion import samplers, schedules
from playground.diffusion.sample import SAMPLER, SCHEDULE, Frame
from playground.diffusion.samplers import Sampler
from playground.diffusion.schedules import Schedule
from playground.errors import InputError
from playground.studio import reference
from playground.studio.axes import Axis, read_axes
from playground.studio.clocked import clocked
from playground.studio.cost import steps_for
from playground.studio.lanes import BUDGET, STEPS
from playground.studio.reference import Progress
from playground.studio.setup import Setup

WORDS = ("class", "guidance", "seed")  # the settings of a cell that its setup is made of
SetupFor = Callable[[dict[str, Any]], Setup]  # of the class, guidance and seed in a cell's settings


@dataclass(frozen=True)
class Cell:
    """One place of a grid: what is to be made there."""

    row: int
    column: int
    setup: Setup
    sampler: Sampler
    schedule: Schedule
    steps: int
    words: dict[str, Any]  # class, guidance and seed as they were given


@dataclass
class Made:
    """A finished cell: its pictures (B,*S), cost and distance to the reference, if measured."""

    cell: Cell
    x: Tensor = field(repr=False)
    nfe: int
    seconds: float
    distance: float | None = None

    @property
    def about(self) -> dict[str, Any]:
        """Its place, settings and cost, for a program."""
        cell = self.cell
        return {
            "row": cell.row,
            "column": cell.column,
            "sampler": repr(cell.sampler),
            "schedule": repr(cell.schedule),
            "steps": cell.steps,
            **cell.words,
            "nfe": self.nfe,
            "seconds": round(self.seconds, 4),
            "distance": self.distance,
        }


@dataclass(frozen=True)
class Plan:
    """A grid that can be filled in; `measured` says whether against references."""

    rows: Axis
    columns: Axis
    cells: tuple[Cell, ...]
    measured: bool


@dataclass(frozen=True)
class State:
    """One moment of filling in. `made` is the same list in every state, and grows.

    frame: of the cell that is being made; progress: of the references, once they are computed.
    """

    plan: Plan
    made: list[Made]
    frame: Frame | None
    progress: Progress | None = None


def plan(given: Any, setup_for: SetupFor) -> Plan:
    """Check a grid's settings before any work, and return all its cells.

    given: what `read_axes` takes, with "sampler", "schedule", "steps" or "calls" of all cells and
    "measured" (true unless told otherwise) beside the axes. setup_for: makes the setup of a cell
    from {"class", "guidance", "seed"}, of which only those on an axis are there.
    InputError for what cannot be used.
    """
    rows, columns, rest = read_axes(given)
    known = {"sampler", "schedule", "steps", "calls", "measured"}
    if "steps" in (rows.by, columns.by):
        rest.pop("calls", None)  # which would decide the steps
    if odd := set(rest) - known:
        raise InputError(
            "A grid has no setting {odd}; it has {known}.",
            odd=repr(min(odd)),
            known=", ".join(sorted(known)),
        )
    setups: dict[tuple[Any, ...], Setup] = {}
    cells = []
    for i, down in enumerate(rows.values):
        for j, across in enumerate(columns.values):
            settings = rest | {rows.by: down, columns.by: across}
            words: dict[str, Any] = {k: settings[k] for k in WORDS if k in settings}
            key = tuple(words.values())
            setups[key] = setups[key] if key in setups else setup_for(words)
            cells.append(_cell(i, j, settings, setups[key], words))
    return Plan(rows, columns, tuple(cells), bool(rest.get("measured", True)))


def _cell(
    row: int, column: int, settings: dict[str, Any], setup: Setup, words: dict[str, Any]
) -> Cell:
    sampler = samplers.get(str(settings.get("sampler") or SAMPLER))
    schedule = schedules.get(str(settings.get("schedule") or SCHEDULE))
    if settings.get("calls") not in (None, ""):
        budget = BUDGET.check("calls", settings["calls"])
        steps = steps_for(sampler, schedule, max(1, budget // setup.calls_each))
    else:
        steps = STEPS.check("steps", settings.get("steps", STEPS.default))
    return Cell(row, column, setup, sampler, schedule, steps, words)


def fill(what: Plan) -> Iterator[State]:
    """Yield a state a step of the cell that is being made, in order, then those of the references.

    A cell is measured at once where its reference is known. Stopping is closing the generator.
    """
    made: list[Made] = []
    for cell in what.cells:
        with closing(clocked(cell.setup.frames(cell.sampler, cell.schedule, cell.steps))) as steps:
            for frame, seconds in steps:
                if frame.index == frame.total:
                    done = Made(cell, frame.x, frame.nfe, seconds)
                    target = reference.known(cell.setup) if what.measured else None
                    done.distance = None if target is None else reference.distance(done.x, target)
                    made.append(done)
                yield State(what, made, frame)
    if what.measured:
        yield from _measured(what, made)


def _measured(what: Plan, made: list[Made]) -> Iterator[State]:
    waiting = [one for one in made if one.distance is None]
    setups = list({id(one.cell.setup): one.cell.setup for one in waiting}.values())
    total = sum(reference.steps(setup) * setup.calls_each for setup in setups)
    before, seconds = 0, 0.0
    for setup in setups:
        progress = Progress(0, total)
        with closing(reference.compute(setup)) as steps:  # type: ignore[type-var]
            for now in steps:
                progress = Progress(before + now.done, total, seconds + now.seconds)
                yield State(what, made, None, progress)
        before, seconds = progress.done, progress.seconds
        _measure([one for one in waiting if one.cell.setup is setup], setup)
        yield State(what, made, None, progress)


def _measure(made: Sequence[Made], setup: Setup) -> None:
    target = reference.known(setup)
    if target is not None:
        for one in made:
            one.distance = reference.distance(one.x, target)
