"""Clouds of points in the plane, by name: a registry of functions that draw them.

Every entry takes a count and a generator and gives points (count,2) float64 in coordinates of its
own, with labels (count,) or None; `draw` standardises them.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from playground.diffusion.registry import Registry
from playground.diffusion.sample import generators
from playground.spaces.points import Frame, from_picture

Cloud = Callable[[int, torch.Generator], tuple[Tensor, Tensor | None]]
REFERENCE = 20_000  # points that tell a cloud's centre and scale

_registry: Registry[Cloud] = Registry("cloud")
register = _registry.register
names = _registry.names
entry = _registry.entry


def draw(name: str, count: int, seed: int) -> tuple[Tensor, Tensor | None]:
    """Standard points (count,2) float32 of this cloud, and their labels (count,) or None.

    The same seed gives the same points; InputError for an unknown name or a seed that is none.
    """
    points, labels = entry(name).function(count, generators(seed)[0])
    return frame(name).encode(points), labels


def held_out(name: str, count: int, seed: int) -> tuple[Tensor, Tensor | None]:
    """As `draw`, points of the same cloud that are not among those of this seed.

    Their seed is drawn from the given one: only the last 32 bits of a seed count, so that none
    that is merely larger is sure to be another.
    """
    other = torch.randint(2**32, (), generator=generators(seed)[0])
    return draw(name, count, int(other))


@lru_cache(maxsize=64)
def frame(name: str) -> Frame:
    """How this cloud's own coordinates become standard ones; the same for every draw."""
    return Frame.of(entry(name).function(REFERENCE, generators(0)[0])[0])


@lru_cache(maxsize=64)
def class_names(name: str) -> tuple[str, ...]:
    """The names of its classes; none where all points are of one kind."""
    labels = entry(name).function(1000, generators(0)[0])[1]
    count = 0 if labels is None else int(labels.max()) + 1
    return tuple("ABCDEFGHI"[:count])


def _uniform(count: int, g: torch.Generator) -> Tensor:
    return torch.rand(count, generator=g, dtype=torch.float64)


def _normal(count: int, g: torch.Generator) -> Tensor:
    return torch.randn(count, 2, generator=g, dtype=torch.float64)


def _which(count: int, kinds: int, g: torch.Generator) -> Tensor:
    return torch.randint(kinds, (count,), generator=g)


def _circle(angle: Tensor) -> Tensor:
    return torch.stack([angle.cos(), angle.sin()], 1)


@register("moons", title="Two moons", source="as in scikit-learn, make_moons")
def moons(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Two half circles that reach into each other."""
    kind, angle = _which(count, 2, g), math.pi * _uniform(count, g)
    arc = _circle(angle)
    other = torch.stack([1 - arc[:, 0], 0.5 - arc[:, 1]], 1)
    return torch.where(kind[:, None] == 0, arc, other) + 0.06 * _normal(count, g), kind


@register("swiss_roll", title="Swiss roll", source="as in scikit-learn, make_swiss_roll, flat")
def swiss_roll(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """One long sheet, rolled up."""
    angle = 1.5 * math.pi * (1 + 2 * _uniform(count, g))
    return angle[:, None] * _circle(angle) + 0.3 * _normal(count, g), None


@register("spiral", title="Two spirals", source="Lang & Witbrock 1988, the two-spirals problem")
def spiral(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Two arms wound into each other."""
    kind, way = _which(count, 2, g), _uniform(count, g).sqrt()
    angle = 3 * math.pi * way + math.pi * kind
    return (0.1 + way)[:, None] * _circle(angle) + 0.02 * _normal(count, g), kind


@register("rings", title="Three rings", source="concentric circles, as in FFJORD")
def rings(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Rings one within the other, each a class; no path leads between them."""
    kind = torch.multinomial(torch.tensor([1.0, 2.0, 3.0]), count, replacement=True, generator=g)
    angle = 2 * math.pi * _uniform(count, g)
    return (kind + 1)[:, None] * _circle(angle) + 0.08 * _normal(count, g), kind


@register("checkerboard", title="Checkerboard", source="Grathwohl et al. 2019 (FFJORD)")
def checkerboard(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Eight squares with sharp edges, of even density: hard for what is smooth."""
    x, y = 4 * _uniform(count, g), 2 * _uniform(count, g)
    return torch.stack([x, y.floor() * 2 + x.floor() % 2 + y % 1], 1), None


@register("gaussians", title="Grid of Gaussians", source="nine modes, as in GAN studies")
def gaussians(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Nine separate blobs; a class each row. Does a sampler reach all of them?"""
    place = _which(count, 9, g)
    centre = torch.stack([place % 3, place // 3], 1).double()
    return centre + 0.08 * _normal(count, g), place // 3


@register("pinwheel", title="Pinwheel", source="Johnson et al. 2016")
def pinwheel(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Five blades, bent; a class each."""
    kind, blade = _which(count, 5, g), _normal(count, g)
    out, across = 1 + 0.3 * blade[:, 0], 0.09 * blade[:, 1]
    angle = 2 * math.pi / 5 * kind + 0.9 * out
    side = _circle(angle + math.pi / 2)
    return out[:, None] * _circle(angle) + across[:, None] * side, kind


@register("letters", title="Letters", source="Pillow's own font")
def letters(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Three letters, a class each."""
    kind = _which(count, 3, g)
    drawn = torch.stack([from_picture(_letter(one), count, g) for one in "ABC"])
    points = drawn[kind, torch.arange(count)]
    points[:, 0] += 62 * kind
    return points, kind


@lru_cache(maxsize=8)
def _letter(letter: str) -> Image.Image:
    picture = Image.new("L", (96, 96), 255)
    font = ImageFont.load_default(80)
    ImageDraw.Draw(picture).text((48, 48), letter, 0, font=font, anchor="mm")
    return picture


@register("star", title="Star", source="in the manner of Matejka & Fitzmaurice 2017")
def star(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The outline of a five-pointed star."""
    turn = math.pi / 2 + 4 * math.pi / 5 * torch.arange(6, dtype=torch.float64)
    return _outline(_circle(turn), count, g) + 0.015 * _normal(count, g), None


@register("heart", title="Heart", source="the curve x = 16 sin^3 t")
def heart(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The outline of a heart."""
    t = torch.linspace(0, 2 * math.pi, 400, dtype=torch.float64)
    y = 13 * t.cos() - 5 * (2 * t).cos() - 2 * (3 * t).cos() - (4 * t).cos()
    curve = torch.stack([16 * t.sin() ** 3, y], 1)
    return _outline(curve, count, g) + 0.35 * _normal(count, g), None


@register("bullseye", title="Bullseye", source="in the manner of Matejka & Fitzmaurice 2017")
def bullseye(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """A spot in a ring."""
    kind, angle = _which(count, 3, g).clamp(max=1), 2 * math.pi * _uniform(count, g)
    radius = torch.where(kind == 0, 0.3 * _uniform(count, g).sqrt(), 1.0)
    return radius[:, None] * _circle(angle) + 0.03 * _normal(count, g), kind


@register("cross", title="Cross", source="in the manner of Matejka & Fitzmaurice 2017")
def cross(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Two lines that cross; a class each."""
    kind, way = _which(count, 2, g), 2 * _uniform(count, g) - 1
    line = torch.stack([way, way * (1 - 2 * kind)], 1)
    return line + 0.03 * _normal(count, g), kind


@register("lines", title="Slanted lines", source="in the manner of Matejka & Fitzmaurice 2017")
def lines(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Five slanted lines side by side."""
    place, way = _which(count, 5, g), 2 * _uniform(count, g) - 1
    line = torch.stack([place * 0.5 - 1 + 0.3 * way, way], 1)
    return line + 0.02 * _normal(count, g), None


def _outline(corners: Tensor, count: int, g: torch.Generator) -> Tensor:
    """Points (count,2) spread evenly along the line through these corners (K,2)."""
    sides = corners.diff(dim=0)
    length = sides.norm(dim=1)
    side = torch.multinomial(length, count, replacement=True, generator=g)
    return corners[side] + _uniform(count, g)[:, None] * sides[side]
