"""What the page of the Denoise tab is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract


@contract
@dataclass(frozen=True)
class Sheet:
    """Pictures as one sheet, RGB in base64."""

    w: int
    h: int
    rgb: str


@contract
@dataclass(frozen=True)
class Gain:
    """What a guidance scale gains and loses, or what real pictures have."""

    fidelity: float
    diversity: float


@contract
@dataclass(frozen=True)
class Column:
    """One scale of a sweep: some of its pictures, and its two numbers."""

    place: int
    scale: float
    gain: Gain
    nfe: int
    sheet: Sheet


@contract
@dataclass(frozen=True)
class SweepNews:
    """A sweep so far: of messages that follow each other fast some get lost, so each tells all."""

    run: str
    text: Text
    real: Gain | None = None
    columns: Sequence[Column] = ()


@contract
@dataclass(frozen=True)
class CardShown:
    """One sampling that the page made: what it says of itself."""

    key: str
    line: Text
    model: str
    short: Sequence[Text]  # two lines more
    count: int
    starred: bool
    stopped: int | None  # the step at which it was stopped
