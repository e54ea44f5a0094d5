"""What the page of the Reference tab is sent, and what it asks."""

from dataclasses import dataclass

from playground.ui.page.contracts import contract


@contract
@dataclass(frozen=True)
class Curve:
    """A schedule at evenly spaced t; null where a value is beyond what is drawn."""

    name: str
    title: str
    log_snr: list[float | None]
    alpha: list[float]
    sigma: list[float]


@contract
@dataclass(frozen=True)
class Sampler:
    """A deterministic sampler and the order of convergence that it claims."""

    name: str
    title: str
    order: int


@contract
@dataclass(frozen=True)
class Named:
    """An entry of a registry."""

    name: str
    title: str


@contract
@dataclass(frozen=True)
class Catalogue:
    """What can be looked at."""

    curves: list[Curve]
    samplers: list[Sampler]
    spacings: list[Named]
    chosen: list[str]


@contract
@dataclass(frozen=True)
class SpacingQuestion:
    """Where do the levels of a grid lie?"""

    schedule: str
    steps: int


@contract
@dataclass(frozen=True)
class Spacing:
    """One spacing's grid: log-SNR at each step, null where it is infinite."""

    name: str
    title: str
    log_snr: list[float | None]


@contract
@dataclass(frozen=True)
class OrderQuestion:
    """How fast does this sampler's error fall under this schedule?"""

    sampler: str
    schedule: str
    spacing: str


@contract
@dataclass(frozen=True)
class Order:
    """Errors on Gaussian data by network calls; slope: the order measured, null where unknown."""

    sampler: str
    calls: list[int]
    errors: list[float]
    slope: float | None
