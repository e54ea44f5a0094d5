"""What the Noise tab's page is sent, and what it asks."""

from dataclasses import dataclass
from typing import Any

from playground.sources import PICTURES
from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract


@contract
@dataclass(frozen=True)
class Noise:
    """A seed, and some values of its noise, by which the page knows that it draws the same."""

    seed: int
    first: list[float]
    last: list[float]


@contract
@dataclass(frozen=True)
class LevelsMessage:
    """A schedule: its alpha and then its sigma at every step, as base64 of float64."""

    schedule: str
    knobs: dict[str, Any]
    moved: dict[str, Any]  # the knobs that are not as they are by default
    title: Text
    summary: Text
    source: str
    levels: str


@contract
@dataclass(frozen=True)
class Scene:
    """All that a guess depends on, besides t."""

    path: str | None
    schedule: LevelsMessage
    seed: int
    by: str
    bundled: str | None  # the file of a bundled picture


@contract
@dataclass(frozen=True)
class GuessRequest:
    """A guess at one position of the slider, t in [0, 1]."""

    path: str | None
    schedule: str
    knobs: dict[str, Any]
    seed: int
    by: str
    t: float


@contract
@dataclass(frozen=True)
class Guess:
    """A picture as an address, who guessed it, and what its memory has to do with that."""

    picture: str
    caption: Text
    note: Text | None = None


@contract
@dataclass(frozen=True)
class LevelsRequest:
    """The levels of a schedule."""

    schedule: str
    knobs: dict[str, Any] | None = None


@contract
@dataclass(frozen=True)
class ReverseRequest:
    """The field's way back from x_t, t in (0, 1]."""

    path: str | None
    schedule: str
    knobs: dict[str, Any]
    seed: int
    t: float


@contract
@dataclass(frozen=True)
class Reversed:
    """A picture as an address, and its error in 255ths."""

    picture: str
    error: float


@contract
@dataclass(frozen=True)
class OnePassRequest:
    """A picture from pure noise in so many calls."""

    path: str | None
    schedule: str
    knobs: dict[str, Any]
    seed: int
    calls: int = 1
    by: str = PICTURES


@contract
@dataclass(frozen=True)
class Drawn:
    """A picture as an address, and who drew it."""

    picture: str
    caption: Text


@contract
@dataclass(frozen=True)
class NoiseRequest:
    """All values of a seed's noise."""

    seed: int


@contract
@dataclass(frozen=True)
class Recipe:
    """One term: what it is called, what it means in a sentence or two, how it is computed."""

    title: Text
    about: Text
    code: str


@contract
@dataclass(frozen=True)
class Choice:
    """A schedule to choose."""

    name: str
    title: Text


@contract
@dataclass(frozen=True)
class LabState:
    """Which view is open, and where its slider stands: t in [0, 1]."""

    view: str = "one"
    t: float = 0.3
