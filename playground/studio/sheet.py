"""A grid as one picture with its labels, and as tables for programs."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw

from playground.export.lettering import INK, PALE, PAPER
from playground.export.lettering import font as font_of
from playground.spaces.images import contact_sheet
from playground.studio.grid import Made, Plan

SIDE = 128  # pixels a cell, at least
GAP, MARGIN, TEXT = 8, 16, 18


def picture(plan: Plan, made: Sequence[Made]) -> Image.Image:
    """Draw the cells made so far, with the axes' titles and values beside them."""
    font = font_of(TEXT)
    tiles = {(one.cell.row, one.cell.column): _tile(one) for one in made}
    side = max([SIDE, *(tile.width for tile in tiles.values())])
    under = 2 * TEXT + 8 if any(one.distance is not None for one in made) else TEXT + 4
    rows, columns = plan.rows.labels, plan.columns.labels
    across = [_wrapped(label, font, side) for label in columns]
    left = MARGIN + int(max(font.getlength(t) for t in [plan.rows.title, *rows])) + 2 * GAP
    top = MARGIN + TEXT + GAP + max(map(len, across)) * (TEXT + 4) + GAP
    wide, high = side + GAP, side + under + GAP
    size = (left + len(columns) * wide + MARGIN, top + len(rows) * high + MARGIN)
    sheet = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(sheet)
    middle = left + (len(columns) * wide - GAP) / 2
    pen.text((middle, MARGIN), plan.columns.title, INK, font_of(TEXT), anchor="ma")
    pen.text((MARGIN, top - TEXT - GAP - 2), plan.rows.title, INK, font)
    for j, lines in enumerate(across):
        for k, line in enumerate(reversed(lines)):
            place = (left + j * wide + side / 2, top - GAP - k * (TEXT + 4))
            pen.text(place, line, INK, font, anchor="md")
    small = font_of(TEXT - 4)
    for i, label in enumerate(rows):
        pen.text((left - 2 * GAP, top + i * high + side / 2), label, INK, font, anchor="rm")
        for j in range(len(columns)):
            corner = (left + j * wide, top + i * high)
            pen.rectangle((*corner, corner[0] + side - 1, corner[1] + side - 1), PALE)
            if (i, j) in tiles:
                sheet.paste(tiles[i, j], corner)
    for one in made:
        place = left + one.cell.column * wide, top + one.cell.row * high + side + 2
        told = [f"{one.nfe} calls"]
        told += [] if one.distance is None else [f"distance {one.distance:.3f}"]
        pen.multiline_text(place, "\n".join(told), INK, small, spacing=1)
    return sheet


def as_json(plan: Plan, made: Sequence[Made]) -> str:
    """Write the axes, and each cell's settings, calls, seconds and distance."""
    axes = {"rows": plan.rows, "columns": plan.columns}
    told: dict[str, Any] = {k: {"by": a.by, "values": a.values} for k, a in axes.items()}
    return json.dumps(told | {"cells": [one.about for one in made]}, indent=1)


def as_csv(plan: Plan, made: Sequence[Made]) -> str:
    """Write a line a cell: place, settings, calls, seconds, distance."""
    text = io.StringIO()
    lines = [one.about for one in made]
    writer = csv.DictWriter(text, list(lines[0]) if lines else ["row", "column"])
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def _tile(one: Made) -> Image.Image:
    plain = contact_sheet(one.x, gap=1)
    scale = max(1, -(-SIDE // plain.width))
    return contact_sheet(one.x, scale=scale, gap=1)


def _wrapped(label: str, font: Any, width: int) -> list[str]:
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
