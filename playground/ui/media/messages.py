"""What the page is told of a film."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract


@contract
@dataclass(frozen=True)
class IdealShown:
    """The ideal denoiser's sheets of one step, RGB in base64."""

    x: str
    x0: str  # empty where there is no guess yet


@contract
@dataclass(frozen=True)
class FrameShown:
    """One frame: its sheets, RGB in base64, their spectra and the calls of its step."""

    index: int
    total: int
    w: int  # pixels of a sheet
    h: int
    x: str
    x0: str  # empty where there is no guess yet
    bands_x: Sequence[float]  # log10 of the power at 1, 2, ... cycles a picture
    bands_x0: Sequence[float] | None
    floor: float | None  # of the noise in x; None where it is clean
    asked: Sequence[Sequence[float]]  # [step, lowest, highest log-SNR] of calls
    text: Text
    ideal: IdealShown | None = None
    effective: Sequence[float] | None = None  # by picture: how many its ideal guess is made of
    pictures: int | None = None  # that the ideal denoiser remembers


@contract
@dataclass(frozen=True)
class FilmNews:
    """What is new of a film: frames that the page may not have yet."""

    run: str
    frames: Sequence[FrameShown]
    count: int = 0  # pictures in a sheet
    data: Sequence[float] | None = None  # the spectrum of the training pictures
    beside: bool = False  # the ideal denoiser's frames are there, too
    note: Text | None = None
    made: Text | None = None  # of a film that nobody asked for: its settings
    waiting: Text | None = None  # before the first frame: where the request stands


@contract
@dataclass(frozen=True)
class Place:
    """The training pictures of one class, where they lie."""

    name: str  # of the class; empty where there are no classes
    points: Sequence[Sequence[float]]


@contract
@dataclass(frozen=True)
class JourneyShown:
    """The ways of a run's samples from noise to their places, on three principal directions."""

    run: str
    steps: Sequence[int]  # of the frames, noise first
    paths: Sequence[Sequence[Sequence[float]]]  # a sample, a frame, its place
    labels: Sequence[str]  # of the samples
    places: Sequence[Place]
    share: float  # of the training pictures' variance that these directions hold
    sheet: str  # a data address: a row a sample, a column a frame
    side: int  # pixels of a picture on the sheet
