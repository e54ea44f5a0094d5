"""Small sets of pictures of unlike kinds, drawn here or cut from what is shipped."""

import colorsys
import math
from collections.abc import Callable

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor
from torch.nn import functional as F

from playground.bundled import bundled_set
from playground.resources import ASSETS
from playground.spaces.images import encode

SIDE = 256  # what is drawn at, before it is made small
Draw = Callable[[np.random.Generator, int], Image.Image]


def hue(g: np.random.Generator, saturation: float = 1.0, value: float = 1.0) -> tuple[int, ...]:
    """Any hue, of this saturation and value, in 255ths."""
    return tuple(round(255 * c) for c in colorsys.hsv_to_rgb(g.random(), saturation, value))


def shape(g: np.random.Generator, i: int, ground: str | tuple[int, ...] = "white") -> Image.Image:
    """A disc, square, triangle, star or hexagon of one saturated colour."""
    image = Image.new("RGB", (SIDE, SIDE), ground)
    pen, r = ImageDraw.Draw(image), SIDE * g.uniform(0.2, 0.38)
    x, y = g.uniform(r, SIDE - r, 2)
    colour = hue(g, g.uniform(0.8, 1), g.uniform(0.8, 1))
    corners = (0, 4, 3, 10, 6)[i % 5]
    if not corners:
        pen.ellipse((x - r, y - r, x + r, y + r), colour)
        return image
    turn = math.pi / 4 if corners == 4 else -math.pi / 2
    reach = [r, 0.4 * r] * 5 if corners == 10 else [r] * corners
    at = [(turn + 2 * math.pi * j / corners, q) for j, q in enumerate(reach)]
    pen.polygon([(x + q * math.cos(a), y + q * math.sin(a)) for a, q in at], colour)
    return image


def on_colour(g: np.random.Generator, i: int) -> Image.Image:
    """Such a shape on a saturated ground."""
    return shape(g, i, hue(g, 1, g.uniform(0.3, 0.7)))


def line(g: np.random.Generator, i: int) -> Image.Image:
    """A face, a house, an asterisk or a wave in black lines."""
    image = Image.new("RGB", (SIDE, SIDE), "white")
    pen, r, wide = ImageDraw.Draw(image), SIDE * g.uniform(0.25, 0.4), 12
    x, y = g.uniform(r, SIDE - r, 2)
    if i % 4 == 0:
        pen.ellipse((x - r, y - r, x + r, y + r), outline="black", width=wide)
        pen.line((x - r / 2, y + r / 3, x + r / 2, y + r / 3), "black", wide)
    elif i % 4 == 1:
        pen.rectangle((x - r, y - r / 2, x + r, y + r), outline="black", width=wide)
        pen.line([(x - r, y - r / 2), (x, y - r), (x + r, y - r / 2)], "black", wide)
    elif i % 4 == 2:
        for dx, dy in ((0, r), (r, 0), (0.7 * r, 0.7 * r)):
            pen.line((x - dx, y - dy, x + dx, y + dy), "black", wide)
    else:
        wave = [(x + r * t, y + 0.7 * r * math.sin(8 * t)) for t in np.linspace(-1, 1, 21)]
        pen.line(wave, "black", wide)
    return image


def gradient(g: np.random.Generator, i: int) -> Image.Image:
    """One colour turning into another, along a line or around a point."""
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    ends = np.array([hue(g, 0.9, 1), hue(g, 0.6, 0.8)])
    turn, far = g.uniform(0, 2 * math.pi), g.uniform(-0.3, 0.3, 2)
    share = (x * math.cos(turn) + y * math.sin(turn)) / 1.2 + 0.5
    if i % 2:
        share = np.hypot(x - far[0], y - far[1]) / 0.9
    share = share.clip(0, 1)[..., None]
    return Image.fromarray((ends[0] * share + ends[1] * (1 - share)).astype(np.uint8))


def sprite(g: np.random.Generator, i: int) -> Image.Image:
    """Pixel art: a mirrored figure of 8x8 squares in two colours on black."""
    half = g.random((8, 4)) < 0.55
    ink = np.where(g.random((8, 4)) < 0.5, 1, 2) * half
    palette = np.array([(0, 0, 0), hue(g), hue(g, 0.6, 0.9)], np.uint8)
    small = palette[np.concatenate([ink, ink[:, ::-1]], 1)]
    return Image.fromarray(small).resize((SIDE, SIDE), Image.Resampling.NEAREST)


def photo(g: np.random.Generator, i: int) -> Image.Image:
    """A square cut from one of the shipped pictures."""
    files = sorted((ASSETS / "pictures").iterdir())
    image = Image.open(files[i % len(files)]).convert("RGB")
    side = int(g.integers(min(image.size) // 4, min(image.size) // 2))
    x, y = int(g.integers(image.width - side)), int(g.integers(image.height - side))
    return image.crop((x, y, x + side, y + side))


DRAWN: dict[str, Draw] = {
    "shapes": shape,
    "on colour": on_colour,
    "lines": line,
    "gradients": gradient,
    "pixel art": sprite,
    "photos": photo,
}
BUNDLED = {"smileys": ("emoji", "Smileys & Emotion"), "digits": ("digits", None)}
KINDS = (*DRAWN, *BUNDLED)


def pictures_of(kind: str, count: int, size: int, seed: int) -> Tensor:
    """Pictures (count,3,size,size) of a kind; others, of the same kind, with another seed."""
    if kind in DRAWN:
        g = np.random.default_rng(seed)
        return encode([DRAWN[kind](g, i) for i in range(count)], size)
    name, only = BUNDLED[kind]
    data = bundled_set(name)
    if only:
        data = data.take((data.labels == data.class_names.index(only)).nonzero()[:, 0])
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(0))
    x = data.x[order[seed * count :][:count]]
    x = F.interpolate(x, (size, size), mode="bilinear", antialias=True)
    return x.clamp(-1, 1).expand(-1, 3, -1, -1).contiguous()
