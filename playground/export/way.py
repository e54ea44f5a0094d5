"""The way from noise to pictures on one labelled sheet: frames across, pictures down."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

from playground.diffusion.levels import Level
from playground.export.lettering import INK, PALE, PAPER, font
from playground.export.pictures import text_chunk
from playground.export.take import Take
from playground.spaces.images import to_pil

COLUMNS, ROWS = 8, 16  # at most
SIDE = 96  # pixels a cell, at least
GAP, MARGIN, TEXT = 6, 20, 17


def write_sheet(path: Path, take: Take) -> None:
    """Write a PNG of about COLUMNS frames of the first ROWS pictures."""
    sheet(take).save(path, "PNG", optimize=True, pnginfo=text_chunk(take.settings))


def sheet(take: Take) -> Image.Image:
    """Draw a title, step and sigma over each column, a seed (and class) before each row."""
    places = sorted({round(i * (len(take.sheets) - 1) / (COLUMNS - 1)) for i in range(COLUMNS)})
    count = min(ROWS, len(take.sheets[-1]))
    plain, small = font(TEXT), font(TEXT - 4)
    scale = max(1, math.ceil(SIDE / take.sheets[-1].shape[-1]))
    high, wide = (int(side) * scale for side in take.sheets[-1].shape[-2:])
    rows = [str(row) for row in take.rows[:count]] or [str(i + 1) for i in range(count)]
    title = take.title
    if count < len(take.sheets[-1]):
        title += f" (the first {count} are shown)"
    left = MARGIN + math.ceil(max(plain.getlength(row) for row in rows)) + 2 * GAP
    top = MARGIN + TEXT + 4 * GAP + 2 * (TEXT + 2) + GAP
    needed = math.ceil(plain.getlength(title)) + 2 * MARGIN
    width = max(left + len(places) * (wide + GAP) - GAP + MARGIN, needed)
    made = Image.new("RGB", (width, top + count * (high + GAP) - GAP + MARGIN), PAPER)
    pen = ImageDraw.Draw(made)
    pen.text((MARGIN, MARGIN), title, INK, plain)
    for column, place in enumerate(places):
        x = left + column * (wide + GAP)
        middle = x + wide / 2
        step = take.steps[place] if take.steps else place
        pen.text((middle, top - GAP - TEXT - 2), f"step {step}", INK, plain, anchor="md")
        if take.levels:
            pen.text((middle, top - GAP), _level(take.levels[place]), INK, small, anchor="md")
        for row in range(count):
            y = top + row * (high + GAP)
            pen.rectangle((x - 1, y - 1, x + wide, y + high), outline=PALE)
            one = to_pil(take.sheets[place][row])
            made.paste(one.resize((wide, high), Image.Resampling.NEAREST), (x, y))
    for row, label in enumerate(rows):
        middle = top + row * (high + GAP) + high / 2
        pen.text((left - 2 * GAP, middle), label, INK, plain, anchor="rm")
    return made


def _level(level: Level) -> str:
    return f"σ {level.sigma:.3g}"
