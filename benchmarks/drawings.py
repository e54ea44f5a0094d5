"""Pictures of one kind, drawn from a seed: faces, sunsets and leaves that no emoji model knows.

Each comes with the sort that it is of its kind, for a classifier to learn. Drawn large and made
small, so that edges are as soft as a photograph's. They are this program's own, and free.
"""

import colorsys
import math
import random
from collections.abc import Callable

import torch
from PIL import Image, ImageDraw, ImageFilter

import playground as pg
from playground.spaces.images import encode

SIDE = 160  # of a drawing, before it is made small
Colour = tuple[int, int, int]


def colour(hue: float, saturation: float, value: float) -> Colour:
    """Hue, saturation and value (0 to 1; the hue goes round) as 8-bit RGB."""
    r, g, b = colorsys.hsv_to_rgb(hue % 1, min(1, max(0, saturation)), min(1, max(0, value)))
    return round(255 * r), round(255 * g), round(255 * b)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """The colour at this share of the way from a to b."""
    r, g, b_ = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, b_


def face(dice: random.Random, mood: int) -> Image.Image:
    """A face with hair before a plain wall: it smiles, frowns or is surprised."""
    u = dice.uniform
    picture = Image.new("RGB", (SIDE, SIDE), colour(u(0, 1), u(0.1, 0.5), u(0.6, 1)))
    draw = ImageDraw.Draw(picture)
    x, y, w, h = 80 + u(-10, 10), 86 + u(-8, 8), u(38, 50), u(46, 60)
    hair, skin = colour(u(0, 0.12), u(0.3, 0.9), u(0.1, 0.8)), colour(u(0.03, 0.1), 0.45, u(0.4, 1))
    long, top = u(0, 50), u(6, 14)
    draw.ellipse((x - w - 6, y - h - top, x + w + 6, y + 10), hair)
    draw.rectangle((x - w - 6, y - h / 2, x + w + 6, y - 10 + long), hair)
    draw.rectangle((x - 14, y + h - 20, x + 14, 2 * SIDE), mixed(skin, (0, 0, 0), 0.15))
    draw.rectangle((x - 60, y + h + 14, x + 60, 2 * SIDE), colour(u(0, 1), 0.6, u(0.4, 0.9)))
    draw.ellipse((x - w, y - h, x + w, y + h), skin)
    draw.chord((x - w, y - h, x + w, y + h * u(0, 0.3)), 200, 340, hair)
    gap, eye, look = w * u(0.38, 0.5), u(7, 11), u(-3, 3)
    iris = colour(u(0, 0.7), 0.6, u(0.1, 0.6))
    for side in (-1, 1):
        at = x + side * gap
        draw.ellipse((at - eye, y - 12 - eye, at + eye, y - 12 + eye), (255, 255, 255))
        draw.ellipse((at - 5 + look, y - 17, at + 5 + look, y - 7), iris)
    draw.line((x, y - 2, x + u(-6, 6), y + 12), mixed(skin, (0, 0, 0), 0.35), 5)
    red, m, low = colour(u(0.95, 1.02), 0.7, u(0.4, 0.8)), w * u(0.4, 0.6), y + h * 0.5
    if mood == 0:
        draw.chord((x - m, low - 16, x + m, low + 14), 0, 180, red)
    elif mood == 1:
        draw.arc((x - m, low, x + m, low + 24), 190, 350, red, 7)
    else:
        draw.ellipse((x - 9, low - 8, x + 9, low + 14), red)
    return picture


def sunset(dice: random.Random, ground: int) -> Image.Image:
    """A low sun in a sky of two colours, over the sea, hills or a town."""
    u = dice.uniform
    picture = Image.new("RGB", (SIDE, SIDE))
    draw = ImageDraw.Draw(picture)
    high, low = colour(u(0.6, 0.95), u(0.4, 0.9), u(0.2, 0.7)), colour(u(0.0, 0.14), u(0.6, 1), 1)
    horizon = u(85, 125)
    for row in range(SIDE):
        draw.line((0, row, SIDE, row), mixed(high, low, min(1, row / horizon)))
    x, y, r = u(30, 130), horizon - u(-8, 45), u(12, 24)
    glow = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(glow).ellipse((x - 2 * r, y - 2 * r, x + 2 * r, y + 2 * r), 130)
    picture.paste(colour(0.13, 0.5, 1), mask=glow.filter(ImageFilter.GaussianBlur(12)))
    draw = ImageDraw.Draw(picture)
    sun = colour(u(0.06, 0.16), u(0.2, 0.8), 1)
    draw.ellipse((x - r, y - r, x + r, y + r), sun)
    dark = colour(u(0, 1), u(0.2, 0.7), u(0.08, 0.3))
    if ground == 0:
        sea = mixed(high, dark, 0.5)
        draw.rectangle((0, horizon, SIDE, SIDE), sea)
        for step in range(9):
            row, wide = horizon + 4 + step * 8, r * u(0.4, 1.2)
            draw.line((x - wide, row, x + wide, row), mixed(sea, sun, 0.8 - step * 0.07), 4)
    elif ground == 1:
        for depth in range(2):
            lift, phase, wave = 12 - 22 * depth, u(0, 6.3), u(0.02, 0.05)
            tops = [
                (c, horizon - lift + 14 * math.sin(phase + wave * c)) for c in range(0, SIDE + 8, 8)
            ]
            draw.polygon([(0, SIDE), *tops, (SIDE, SIDE)], mixed(dark, high, 0.35 * (1 - depth)))
    else:
        left = -10.0
        draw.rectangle((0, horizon + 10, SIDE, SIDE), dark)
        while left < SIDE:
            wide = u(14, 32)
            draw.rectangle((left, horizon - u(-8, 45), left + wide, SIDE), dark)
            left += wide
    return picture


def leaf(dice: random.Random, shape: int) -> Image.Image:
    """One leaf with its veins before a light ground: long, round or lobed."""
    u = dice.uniform
    picture = Image.new("RGB", (SIDE, SIDE), colour(u(0.05, 0.6), u(0, 0.15), u(0.85, 1)))
    draw = ImageDraw.Draw(picture)
    green = colour(u(0.02, 0.4), u(0.5, 0.95), u(0.35, 0.85))
    dark, turn, size = mixed(green, (20, 20, 0), 0.45), u(-0.7, 0.7), u(52, 68)
    slim = (u(0.25, 0.4), u(0.7, 0.9), u(0.75, 0.95))[shape]
    lobes, depth = dice.choice((5, 7, 9)), u(0.2, 0.4)

    def at(along: float, across: float) -> tuple[float, float]:
        c, s = math.cos(turn), math.sin(turn)
        return 80 + size * (c * across - s * along), 80 + size * (s * across + c * along)

    edge = []
    for step in range(120):
        angle = step / 120 * 2 * math.pi
        reach = 1 - (depth * (0.5 + 0.5 * math.cos(lobes * angle)) if shape == 2 else 0)
        across = math.sin(angle) * slim * (1 - 0.25 * math.cos(angle)) * reach
        edge.append(at(-math.cos(angle) * reach, across))
    draw.line((*at(0.9, 0), *at(1.35, u(-0.2, 0.2))), dark, 7)
    draw.polygon(edge, green, dark)
    draw.line((*at(-0.8, 0), *at(0.95, 0)), dark, 5)
    for step in range(-2, 4):
        for side in (-1, 1):
            along, out = step / 4, slim * (0.7 - 0.12 * abs(step))
            draw.line((*at(along, 0), *at(along - 0.3, side * out)), dark, 3)
    return picture


KINDS: dict[str, Callable[[random.Random, int], Image.Image]] = {
    "faces": face,
    "sunsets": sunset,
    "leaves": leaf,
}
SORTS = 3  # of each kind


def drawings(kind: str, count: int, seed: int, size: int = 32) -> pg.Dataset:
    """So many drawings of a kind, their sorts as classes."""
    dice = random.Random(f"{kind} {seed}")
    sorts = [dice.randrange(SORTS) for _ in range(count)]
    x = encode([KINDS[kind](dice, sort) for sort in sorts], size)
    return pg.Dataset(x, torch.tensor(sorts), tuple(f"{kind} {i}" for i in range(SORTS)))
