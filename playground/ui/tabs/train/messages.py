"""What the page of the Train tab is sent."""

from dataclasses import dataclass

from playground.ui.i18n.text import Text
from playground.ui.page.contracts import contract


@contract
@dataclass(frozen=True)
class TrainingLoss:
    """The loss of each update; points: step, loss, smoothed loss."""

    run: str
    points: list[tuple[float, float, float]]


@contract
@dataclass(frozen=True)
class Band:
    """A band of noise levels, and the sigma at which its loss is measured."""

    name: Text
    sigma: float


@contract
@dataclass(frozen=True)
class BandLoss:
    """The losses at one step, a number a band; held_out is null where no picture is."""

    step: int
    train: list[float]
    held_out: list[float] | None


@contract
@dataclass(frozen=True)
class BandLosses:
    """The loss by noise band over steps, and what it says."""

    run: str
    bands: list[Band]
    losses: list[BandLoss]
    says: list[Text]


@contract
@dataclass(frozen=True)
class LevelDraws:
    """How often training draws which log-SNR, from +12 to -12; even: the same, even in angle.

    density is empty where the settings are wrong, and says tells why.
    """

    even: list[float]
    density: list[float]
    shares: list[float]
    says: list[Text | str]


@contract
@dataclass(frozen=True)
class ComparedRun:
    """One of the runs compared; points: step or seconds, smoothed loss; row: its newest samples."""

    name: str
    state: str
    step: int
    points: list[tuple[float, float]]
    row: str
    row_step: int


@contract
@dataclass(frozen=True)
class Comparison:
    """Runs beside each other, over "steps" or "seconds"."""

    over: str
    runs: list[ComparedRun]


@contract
@dataclass(frozen=True)
class Verdict:
    """How near a sample is to a training picture, and that to its own nearest neighbour."""

    distance: float
    neighbour: float | None
    copy: bool | None


@contract
@dataclass(frozen=True)
class Copies:
    """Samples beside their nearest training pictures; shares: step, share of copies so far."""

    run: str
    step: int
    headline: Text
    base: Text
    warning: Text | None
    rule: Text
    matches: list[Verdict]
    samples: str
    nearest: str
    shares: list[tuple[int, float | None]]


@contract
@dataclass(frozen=True)
class RowList:
    """The steps of a run's rows of samples and of its kept models."""

    run: str
    steps: list[int]
    kept: list[int]
    ideal: bool


@contract
@dataclass(frozen=True)
class RowQuestion:
    """Which row of samples? step: a number, or "ideal"."""

    run: str
    step: int | str


@contract
@dataclass(frozen=True)
class Row:
    """Samples side by side as a PNG in base64, and what to say of them."""

    png: str
    says: list[Text]


@contract
@dataclass(frozen=True)
class RunCard:
    """What a card tells of a run; began: seconds since 1970, 0 where unknown."""

    name: str
    state: str
    message: Text
    facts: list[Text]
    began: float
