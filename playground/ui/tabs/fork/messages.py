"""What the Fork tab's page is sent: frames of films, and how each film came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from playground.diffusion.sample import Frame
from playground.ui.i18n.text import Text, t
from playground.ui.media.film_facts import level
from playground.ui.media.film_pack import packed
from playground.ui.page.contracts import contract, to_json


@contract
@dataclass(frozen=True)
class ForkFrame:
    """One step of a film: x as it is shown and the guess, RGB in base64; x0 may be empty."""

    index: int
    w: int
    h: int
    x: str
    x0: str
    text: Text | str


@contract
@dataclass(frozen=True)
class FilmTold:
    """How a film came about, for the tree. step: of its parent, where it begins."""

    number: int
    parent: int | None
    step: int
    total: int
    title: Text | str
    painted: bool
    note: Text | str


@contract
@dataclass(frozen=True)
class Comparison:
    """Films whose pictures at a step stand beside each other, and the words below."""

    long: int
    short: int
    step: int
    words: Sequence[Text]


@contract
@dataclass(frozen=True)
class ForkNews:
    """What is new of one film."""

    frames: Sequence[ForkFrame]
    film: FilmTold
    compare: Comparison | None = None


@contract
@dataclass(frozen=True)
class ForkOpening:
    """The films that the tab opens with, whole. film, step: where they fork; made: settings."""

    films: Sequence[ForkNews]
    film: int
    step: int
    made: Text


@contract
@dataclass(frozen=True)
class Cleared:
    """All films are forgotten."""

    clear: Literal[True] = True


@contract
@dataclass(frozen=True)
class Waiting:
    """Where a request stands in the queue; nothing where its turn has come."""

    waiting: Text | str


def waiting_message(place: Text | None) -> str:
    """Return a message that tells where this request stands in the queue."""
    return to_json(Waiting(place or ""))


def shown(frame: Frame) -> ForkFrame:
    """Return a frame of one picture as the page shows it."""
    sheet = packed(frame.shown)
    return ForkFrame(
        frame.index,
        sheet["w"],
        sheet["h"],
        sheet["rgb"],
        "" if frame.x0 is None else packed(frame.x0)["rgb"],
        t(
            "step {k} of {n} · {level} · NFE {nfe}",
            k=frame.index,
            n=frame.total,
            level=level(frame),
            nfe=frame.nfe,
        ),
    )
