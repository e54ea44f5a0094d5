"""What the Live tab's page asks and is told: a place of the slider, and the pictures there."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract


@contract
@dataclass(frozen=True)
class LiveModel:
    """A model to choose, and whether it was made for few calls."""

    name: str
    classes: Sequence[str]
    few: bool


@contract
@dataclass(frozen=True)
class Question:
    """What to draw. teacher: in its many calls; page and ticket: who asks, and how newly."""

    model: str
    class_name: str | None = None
    calls: int = 1
    pictures: int = 4
    seed: float = 0.0
    teacher: bool = False
    page: str = ""
    ticket: int = 0


@contract
@dataclass(frozen=True)
class Drawing:
    """Pictures as a data address, by whom they were drawn, how, and in how many milliseconds."""

    picture: str
    ms: float
    calls: int
    steps: int
    by: str
    how: Text


@contract
@dataclass(frozen=True)
class Opening:
    """What the tab opens with: the same noise in few calls and in many, and its settings.

    many: None before the first of its steps; until the last its pictures are noisy.
    """

    question: Question
    few: Drawing
    many: Drawing | None
    made: Text
