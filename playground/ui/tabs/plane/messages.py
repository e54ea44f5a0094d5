"""What the page of the Plane tab is sent; arrays are base64 of `pack`."""

from dataclasses import dataclass, field
from typing import Any

from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract
from playground.ui.tabs.plane.request import Control


@contract
@dataclass(frozen=True)
class PlaneFacts:
    """What can be chosen."""

    controls: tuple[Control, ...]
    clouds: list[tuple[str, str]]  # name and title, as in the following
    schedules: list[tuple[str, str]]
    samplers: list[tuple[str, str]]
    guidance: list[tuple[str, str]]
    stochastic: list[str]  # samplers of no fixed order
    classed: list[str]  # kinds of guidance that need a class
    racers: tuple[str, ...]
    targets: tuple[str, ...]
    knobs: dict[str, Any]  # by "schedule", "sampler" or "guidance", then by entry


@contract
@dataclass(frozen=True)
class FieldMessage:
    """A denoiser's guesses of x0 on a grid, at even angles from clean to noise."""

    x0: str
    cells: int
    turns: int
    reach: float
    errors: list[float] | None = None  # of each angle, against the exact denoiser


@contract
@dataclass(frozen=True)
class DecoderMessage:
    """How a point of a latent cloud decodes: picture = mean + x * axes[0] + y * axes[1]."""

    mean: str
    axes: str
    side: int
    share: float  # of the variance that two numbers keep


@contract
@dataclass(frozen=True)
class CloudMessage:
    """A cloud, the noise that dissolves it, and its exact density at all levels."""

    name: str
    count: int
    x0: str
    eps: str
    labels: str
    class_names: list[str]
    density: str
    cells: int
    turns: int
    reach: float
    trained_on: int
    held_out: int
    models: list[str]  # kept networks that may draw
    levels: str
    field: FieldMessage
    bands_floor: list[float]
    decoder: DecoderMessage | None


@contract
@dataclass(frozen=True)
class LevelsMessage:
    """A schedule's alpha, then its sigma, at even t."""

    levels: str


@contract
@dataclass(frozen=True)
class SpaceTimeMessage:
    """The plane over t as Plotly's traces and layout."""

    traces: list[dict[str, Any]]
    layout: dict[str, Any]


@contract
@dataclass(frozen=True)
class PathMessage:
    """The paths of particles, and how far their ends are from held-out points."""

    levels: list[tuple[float, float]]
    u: str  # x / r at each of the levels
    x0: str  # the guesses that led on
    labels: str
    count: int
    nfe: int
    distance: float
    floor: float  # the mean distance of as many real points
    band: tuple[float, float]  # between which chance moves it
    longer: float  # how many times as long as straight lines the paths are
    field: FieldMessage | None = None
    space_time: SpaceTimeMessage | None = None
    milliseconds: float | None = None


@contract
@dataclass(frozen=True)
class CurvePoint:
    """One look at a network while it trains."""

    step: int
    seconds: float
    loss: float
    distance: float


@contract
@dataclass(frozen=True)
class TrainMessage(PathMessage):
    """A go of training, and where the network now takes its noise."""

    new: bool = False  # whether a network began with it
    step: int = 0
    seconds: float = 0.0
    loss: float = 0.0
    points_per_second: float = 0.0
    parameters: int = 0
    bands: list[float] | None = None
    bands_floor: list[float] | None = None
    curve: list[CurvePoint] = field(default_factory=list)  # what was measured before, where kept


@contract
@dataclass(frozen=True)
class LanePoint:
    """One rung of a race: a sampler at so many network calls."""

    calls: int
    distance: float
    floor: float
    band: tuple[float, float]


@contract
@dataclass(frozen=True)
class LaneMessage:
    """One sampler's curve so far."""

    points: list[LanePoint]


@contract
@dataclass(frozen=True)
class SavedMessage:
    """A file to keep, in base64."""

    name: str
    data: str
    said: Text


@contract
@dataclass(frozen=True)
class RestoredMessage:
    """What a film's page showed: its controls by name, and a cloud of one's own or none."""

    state: dict[str, Any]
    own: dict[str, Any] | None
    said: Text
    lacks: bool  # whether `said` tells what cannot be had again


@contract
@dataclass(frozen=True)
class KeptMessage:
    """The name under which a network was kept, and all that may draw."""

    kept: str
    models: list[str]
