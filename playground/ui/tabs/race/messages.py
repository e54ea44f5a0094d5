"""What the Race tab's parts of the page are sent: a race, a grid, and what they will cost."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from playground.spaces.images import tile
from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract, to_json


@contract
@dataclass(frozen=True)
class Sheet:
    """Pictures one below the other; x is their RGB in base64, h the height of all together."""

    w: int
    h: int
    count: int
    x: str


@contract
@dataclass(frozen=True)
class LaneFrame(Sheet):
    """One step of one lane. x0: the sheet of the guess, empty where there is none yet."""

    lane: int
    index: int
    total: int
    share: float
    nfe: int
    seconds: float
    network: float
    x0: str


@contract
@dataclass(frozen=True)
class LaneStanding:
    """A lane so far. points: (network calls, distance to the reference)."""

    calls: int
    stochastic: bool
    points: Sequence[tuple[int, float]]


@contract
@dataclass(frozen=True)
class ReferenceStanding:
    """How far the reference is. calls: of the fine one, rough: of the rough one; left: seconds."""

    done: int
    total: int
    left: float
    known: bool
    final: bool
    calls: int
    rough: int
    sheet: Sheet | None


@contract
@dataclass(frozen=True)
class RaceNews:
    """What is new of a race. apart: between two of its pictures, at the reference.

    made, lineup: of a race that nobody asked for, its settings in words and its lanes.
    """

    run: str
    frames: Sequence[LaneFrame]
    lanes: Sequence[LaneStanding]
    lanes_done: bool
    reference: ReferenceStanding
    apart: float | None
    radii: Text
    made: Text | None = None
    lineup: str | None = None


@contract
@dataclass(frozen=True)
class LanePlan:
    """What a lane will do. by_hand: its steps were given, not computed."""

    steps: int
    calls: int
    stochastic: bool
    by_hand: bool


@contract
@dataclass(frozen=True)
class Plan:
    """What all lanes will do, or why they cannot be run."""

    lanes: Sequence[LanePlan] = ()
    error: str = ""


@contract
@dataclass(frozen=True)
class GridAxis:
    """What changes along an axis, and its values as people call them."""

    title: str
    labels: Sequence[str]


@contract
@dataclass(frozen=True)
class CellNow:
    """The cell that is being filled in, and the share of its steps that is made."""

    row: int
    column: int
    share: float


@contract
@dataclass(frozen=True)
class GridProgress:
    """How far what the cells are held against is. left: seconds."""

    done: int
    total: int
    left: float


@contract
@dataclass(frozen=True)
class GridNews:
    """What is new of a grid: pictures of the cells from `first` on, and facts of all so far."""

    run: str
    rows: GridAxis
    columns: GridAxis
    first: int
    new: Sequence[Sheet]
    cells: Sequence[Mapping[str, Any]]
    total: int
    now: CellNow | None
    reference: GridProgress | None
    done: bool


@contract
@dataclass(frozen=True)
class Waiting:
    """Where a request stands in the queue; nothing where its turn has come."""

    waiting: Text | str  # nothing: it is at work


def waiting_message(place: Text | None) -> str:
    """Return a message that tells where this request stands in the queue."""
    return to_json(Waiting(place or ""))


def sheet(x: Tensor) -> Sheet:
    """Return pictures (B,C,H,W) in [-1, 1] one below the other."""
    pixels = tile(x, columns=1, gap=0)
    rgb = base64.b64encode(pixels.tobytes()).decode()
    return Sheet(pixels.shape[1], pixels.shape[0], len(x), rgb)
