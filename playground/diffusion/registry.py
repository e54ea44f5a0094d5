"""One list a kind (schedules, samplers): name -> function, its source and its typed knobs.

The UI's dropdowns and sliders, the command line's flags, the reference and the parametrised tests
are all read from here, so that a new entry is one function in one file.
"""

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from playground.errors import InputError, unknown
from playground.texts import t

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Knob:
    """A number (or, with `choices`, a word) that a person may set; low and high are inclusive."""

    default: Any
    low: float = -math.inf
    high: float = math.inf
    step: float = 0.01
    help: str = ""
    choices: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """True where only whole numbers make sense."""
        return isinstance(self.default, int)

    def check(self, name: str, value: Any) -> Any:
        """Return the value in the knob's own type; InputError where it does not fit."""
        if self.choices:
            if value not in self.choices:
                raise unknown(t("value for {name}", name=name), str(value), self.choices)
            return value
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        fits = self.low <= number <= self.high and (not self.whole or number == int(number))
        if not fits:
            raise InputError(
                "{name} must be a whole number from {low} to {high}; you gave {given}."
                if self.whole
                else "{name} must be a number from {low} to {high}; you gave {given}.",
                name=name,
                low=f"{self.low:.16g}",
                high=f"{self.high:.16g}",
                given=t("nothing") if value is None else value,
            )
        return int(number) if self.whole else number


def knob(default: Any, low: float = -math.inf, high: float = math.inf, **rest: Any) -> Any:
    """Return a parameter's default with its range, step and help (typed Any, as a default is)."""
    return Knob(default, low, high, **rest)


@dataclass(frozen=True)
class Entry(Generic[F]):
    """One registered function with what people see of it."""

    name: str
    title: str
    source: str
    function: F
    knobs: dict[str, Knob] = field(default_factory=dict)
    # of a sampler, its knobs at their defaults:
    order: int | None = None  # claimed order of convergence; None where chance decides
    calls: int | None = None  # network calls a step; None where it decides them itself
    remembers: bool = False  # whether a step depends on more than where the last one ended

    def nfe(self, steps: int) -> int | None:
        """Return the network calls of so many steps; the last, which is the guess, asks once."""
        return self.calls and self.calls * (steps - 1) + 1

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    def settings(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return every knob's value: those given, checked, over the defaults; or InputError."""
        for name in given:
            if name not in self.knobs:
                if not self.knobs:
                    raise InputError(
                        "{name} has no knobs; leave out {name2}.", name=self.name, name2=name
                    )
                raise unknown(t("knob of {name}", name=self.name), name, self.knobs)
        return {
            name: k.check(name, given[name]) if name in given else k.default
            for name, k in self.knobs.items()
        }


class Registry(Generic[F]):
    """The functions of one kind, in the order in which they were registered."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.entries: dict[str, Entry[F]] = {}

    def register(
        self,
        name: str,
        *,
        title: str,
        source: str,
        order: int | None = None,
        calls: int | None = None,
        remembers: bool = False,
    ) -> Callable[[F], F]:
        """Enter the decorated function; its parameters with a `knob(...)` default are its knobs.

        order, calls, remembers: of a sampler, see `Entry`.
        """

        def enter(function: F) -> F:
            parameters = inspect.signature(function).parameters.values()
            knobs = {p.name: p.default for p in parameters if isinstance(p.default, Knob)}
            about = (title, source, function, knobs, order, calls, remembers)
            self.entries[name] = Entry(name, *about)
            return function

        return enter

    def names(self) -> list[str]:
        """Return all names, in order."""
        return list(self.entries)

    def entry(self, name: str) -> Entry[F]:
        """Return the entry of that name; InputError, naming near ones, where there is none."""
        if name not in self.entries:
            raise unknown(self.kind, name, self.entries)
        return self.entries[name]
