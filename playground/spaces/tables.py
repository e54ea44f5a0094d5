"""Tables of points as people and programs write them: separators, headers, comments, indices."""

import csv
import io
import re
from collections.abc import Sequence

import torch
from torch import Tensor

from playground.classes import tidy
from playground.errors import InputError
from playground.spaces.points import MOST, classes_of

CLASS = {"class", "classes", "label", "labels", "kind", "target", "category", "group", "cluster"}
CLASS |= {"species", "hue"}
INDEX = {"", "index", "id", "unnamed: 0", "no", "nr", "#", "row"}
DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
MANY = 100  # different numbers are no classes


def read_csv(text: str) -> tuple[Tensor, Tensor | None, tuple[str, ...]]:
    """Read points (N,2) float64, labels (N,) or None and class names of a table `x,y[,class]`.

    Commas, semicolons, tabs or blanks between; decimal commas where these do not separate. Lines
    that begin with # are comments. A header may name the columns x, y and class (or label, ...) in
    any order; without one they are x, y, class, after a column that only counts, if there is one.
    InputError, naming the line or the columns, for what cannot be read.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if _says(line)]
    rows = _rows(lines)
    if not rows:
        raise InputError("There are no points in it; give lines of x,y.")
    header = rows[0][1] if not any(_number(cell) is not None for cell in rows[0][1]) else None
    rows = rows[1:] if header else rows
    if not rows:
        raise InputError("There are no points in it; give lines of x,y.")
    if len(rows) > MOST:
        raise InputError("There are more than {most} points; give fewer.", most=f"{MOST:,}")
    x, y, kind = _named(header, rows) if header else _unnamed(rows)
    points = torch.tensor([_point(n, cells, x, y) for n, cells in rows], dtype=torch.float64)
    kinds = [cells[kind] if kind is not None and kind < len(cells) else "" for _, cells in rows]
    labels, names = classes_of([tidy(name) if name else "" for name in kinds])
    if len(names) > MANY and all(_number(name) is not None for name in names):
        raise InputError(
            "Column {value} holds {count} different numbers, which are no classes; name the "
            "columns x, y and class in a first line.",
            value=(kind or 0) + 1,
            count=f"{len(names):,}",
        )
    return points, labels, names


Row = tuple[int, list[str]]  # the number of its line, its cells


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _rows(lines: Sequence[tuple[int, str]]) -> list[Row]:
    """Split lines by what separates most of the first of them."""
    head = "\n".join(line for _, line in lines[:20])
    mark = next((mark for mark in ";\t" if mark in head), "," if "," in head else " ")
    if mark == "," and all(_spaced_decimals(line) for _, line in lines[1:20]) and len(lines) > 1:
        mark = " "  # 1,5 2,5
    rows = []
    for number, line in lines:
        try:
            cells = next(csv.reader(io.StringIO(line), delimiter=mark, skipinitialspace=True), [])
        except csv.Error as error:
            raise InputError("This is no table of numbers; give lines of x,y.") from error
        cells = [cell.strip() for cell in cells]
        if mark == " ":
            cells = [cell for cell in cells if cell]
        if mark != ",":
            cells = [c.replace(",", ".") if DECIMAL_COMMA.fullmatch(c) else c for c in cells]
        if any(cells):
            rows.append((number, cells))
    return rows


def _spaced_decimals(line: str) -> bool:
    cells = line.split()
    return len(cells) > 1 and all(DECIMAL_COMMA.fullmatch(cell) for cell in cells[:2])


def _named(header: Sequence[str], rows: Sequence[Row]) -> tuple[int, int, int | None]:
    """Find the columns of x, y and class by name; where names do not tell, by their order."""
    names = [name.strip().lower() for name in header]
    kind = next((place for place, name in enumerate(names) if name in CLASS), None)
    if "x" in names and "y" in names:
        x, y = names.index("x"), names.index("y")
        left = [p for p, name in enumerate(names) if p not in (x, y) and name not in INDEX]
        return x, y, kind if kind is not None else (left[0] if left == [2] else None)
    left = [p for p, name in enumerate(names) if p != kind and name not in INDEX]
    if len(left) == 2:
        return left[0], left[1], kind
    if len(left) == 3 and kind is None and _number(rows[0][1][-1]) is None:
        return left[0], left[1], left[2]
    given = ", ".join(name or "(no name)" for name in header[:8])
    raise InputError(
        "Which columns are the points? These are {given}; call two of them x and y.", given=given
    )


def _unnamed(rows: Sequence[Row]) -> tuple[int, int, int | None]:
    """Take the first columns, after one that only counts the lines."""
    if len(rows) > 2 and all(len(cells) > 2 for _, cells in rows):
        first = [_number(cells[0]) for _, cells in rows]
        counts = first[0] in (0, 1) and first == [first[0] + k for k in range(len(rows))]
        if counts and all(_number(cells[2]) is not None for _, cells in rows):
            return 1, 2, 3
    return 0, 1, 2


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _point(number: int, cells: Sequence[str], x: int, y: int) -> tuple[float, float]:
    found = [_number(cells[place]) if place < len(cells) else None for place in (x, y)]
    if found[0] is None or found[1] is None:
        raise InputError("Line {number} must be two numbers, x and y.", number=number)
    return found[0], found[1]
