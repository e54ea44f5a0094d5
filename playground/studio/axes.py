"""The two axes of a grid: what changes down the rows, and what across the columns."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from playground.diffusion import samplers, schedules
from playground.errors import InputError, unknown

MOST = 64  # cells


@dataclass(frozen=True)
class Kind:
    """Something that a cell can be set to, and how people call its values."""

    title: str
    told: Callable[[Any], str]


def _number(value: Any) -> str:
    return str(value).strip()


KINDS = {
    "sampler": Kind("Sampler", lambda name: samplers.entry(name).title),
    "schedule": Kind("Schedule", lambda name: schedules.entry(name).title),
    "steps": Kind("Steps", _number),
    "calls": Kind("Network calls", _number),
    "guidance": Kind("Guidance", _number),
    "class": Kind("Class", str),
    "seed": Kind("Seed", _number),
}


@dataclass(frozen=True)
class Axis:
    """by: one of KINDS; values: what it is set to, in order."""

    by: str
    values: tuple[Any, ...]

    @property
    def title(self) -> str:
        return KINDS[self.by].title

    @property
    def labels(self) -> list[str]:
        """Its values as people call them."""
        return [KINDS[self.by].told(value) for value in self.values]


def read_axes(given: Any) -> tuple[Axis, Axis, dict[str, Any]]:
    """Read rows, columns and the other settings of all cells.

    given: {"rows": {by: values}, ...}, or the same as JSON.

    {"rows": {"sampler": ["ddim", "heun"]}, "columns": {"steps": [5, 10]}, "schedule": "cosine"}.
    InputError for what cannot be used; whether a number fits is for the cell to say.
    """
    try:
        found = json.loads(given) if isinstance(given, str) else given
    except ValueError as error:
        raise InputError("The grid cannot be read as JSON ({error}).", error=error) from error
    if not isinstance(found, dict):
        raise InputError('A grid must be given by name: {"rows": {"sampler": ["ddim", "heun"]}}.')
    rest = {key: value for key, value in found.items() if key not in ("rows", "columns")}
    rows, columns = (_axis(key, found.get(key)) for key in ("rows", "columns"))
    if rows.by == columns.by:
        raise InputError("Rows and columns both change the {by}; choose two kinds.", by=rows.by)
    if {rows.by, columns.by} == {"steps", "calls"}:
        raise InputError("Network calls decide the steps; choose one of the two as an axis.")
    cells = len(rows.values) * len(columns.values)
    if cells > MOST:
        raise InputError(
            "A grid has at most {most} cells; these axes make {cells}.", most=MOST, cells=cells
        )
    return rows, columns, rest


def _axis(place: str, given: Any) -> Axis:
    if not isinstance(given, dict) or len(given) != 1:
        raise InputError(
            'The {place} must be one kind with its values: {"steps": [5, 10]}.', place=place
        )
    by, values = next(iter(given.items()))
    if by not in KINDS:
        raise unknown("axis", by, KINDS)
    if not isinstance(values, Sequence) or isinstance(values, str) or not values:
        raise InputError(
            "The {place} need one value or more of {lower}.",
            place=place,
            lower=KINDS[by].title.lower(),
        )
    if not all(isinstance(value, str | int | float) for value in values):
        raise InputError("The {place} must be words or numbers.", place=place)
    for name in values:
        if by == "sampler":
            samplers.entry(str(name))
        if by == "schedule":
            schedules.entry(str(name))
    told = map(str, values) if by == "class" else values  # the class 3 is called "3"
    return Axis(by, tuple(dict.fromkeys(told)))
