"""Shapes in the manner of the Datasaurus dozen: clouds that figures of a mean cannot tell apart."""

import math

import torch
from torch import Tensor

from playground.spaces.clouds.base import circle as on_circle
from playground.spaces.clouds.base import normal, outline, register, uniform, which

SOURCE = "in the manner of Matejka & Fitzmaurice 2017"
# Snout, back, tail, hind legs, arm and jaw of a dinosaur that looks to the right
DINOSAUR = (
    *((9.0, 8.6), (7.6, 9.3), (6.2, 9.4), (5.3, 8.9), (4.9, 7.8), (4.3, 6.6), (3.2, 5.6)),
    *((1.9, 4.9), (0.6, 4.0), (-1.2, 3.0), (-3.2, 2.2), (-5.4, 1.7), (-7.6, 1.6), (-9.2, 1.9)),
    *((-7.4, 0.9), (-5.0, 0.6), (-3.0, 0.5), (-1.6, 0.3), (-0.6, -0.6), (-0.2, -2.0)),
    *((-0.9, -3.2), (-0.4, -4.6), (-0.6, -5.6), (0.9, -5.6), (0.7, -4.4), (1.3, -3.2)),
    *((1.9, -2.2), (2.6, -3.4), (2.4, -4.6), (2.2, -5.6), (3.7, -5.6), (3.6, -4.4)),
    *((3.9, -3.0), (4.0, -1.4), (4.6, 0.4), (5.1, 2.2), (5.9, 1.9), (6.5, 2.3), (5.9, 2.6)),
    *((5.3, 3.3), (5.6, 4.6), (6.0, 5.6), (6.8, 6.0), (8.4, 6.2), (8.9, 6.6), (7.4, 7.0)),
    *((9.1, 7.5), (9.0, 8.6)),
)
EYE = (6.9, 8.4)


@register("dinosaur", title="Dinosaur", source=SOURCE)
def dinosaur(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The outline of a dinosaur, and its eye."""
    skin = outline(torch.tensor(DINOSAUR, dtype=torch.float64), count, g)
    eye = torch.tensor(EYE, dtype=torch.float64) + 0.12 * normal(count, g)
    return torch.where(uniform(count, g)[:, None] < 0.03, eye, skin + 0.07 * normal(count, g)), None


@register("star", title="Star", source=SOURCE)
def star(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The outline of a five-pointed star."""
    turn = math.pi / 2 + 4 * math.pi / 5 * torch.arange(6, dtype=torch.float64)
    return outline(on_circle(turn), count, g) + 0.015 * normal(count, g), None


@register("heart", title="Heart", source="the curve x = 16 sin^3 t")
def heart(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The outline of a heart."""
    t = torch.linspace(0, 2 * math.pi, 400, dtype=torch.float64)
    y = 13 * t.cos() - 5 * (2 * t).cos() - 2 * (3 * t).cos() - (4 * t).cos()
    curve = torch.stack([16 * t.sin() ** 3, y], 1)
    return outline(curve, count, g) + 0.35 * normal(count, g), None


@register("bullseye", title="Bullseye", source=SOURCE)
def bullseye(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """A spot in a ring."""
    kind, angle = which(count, 3, g).clamp(max=1), 2 * math.pi * uniform(count, g)
    radius = torch.where(kind == 0, 0.3 * uniform(count, g).sqrt(), 1.0)
    return radius[:, None] * on_circle(angle) + 0.03 * normal(count, g), kind


@register("cross", title="Cross", source=SOURCE)
def cross(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Two lines that cross; a class each."""
    kind, way = which(count, 2, g), 2 * uniform(count, g) - 1
    line = torch.stack([way, way * (1 - 2 * kind)], 1)
    return line + 0.03 * normal(count, g), kind


@register("lines", title="Lines, slanted up", source=SOURCE)
def lines(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Five slanted lines side by side."""
    place, way = which(count, 5, g), 2 * uniform(count, g) - 1
    line = torch.stack([place * 0.5 - 1 + 0.3 * way, way], 1)
    return line + 0.02 * normal(count, g), None


@register("slant_down", title="Lines, slanted down", source=SOURCE)
def slant_down(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The slanted lines, mirrored."""
    points, _ = lines(count, g)
    return points * torch.tensor([-1, 1]), None


@register("h_lines", title="Lines across", source=SOURCE)
def h_lines(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Five lines, one over the other."""
    line = torch.stack([2 * uniform(count, g) - 1, which(count, 5, g) / 2 - 1], 1)
    return line + 0.02 * normal(count, g), None


@register("v_lines", title="Lines upright", source=SOURCE)
def v_lines(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Five lines side by side."""
    return h_lines(count, g)[0].flip(1), None


@register("high_lines", title="Two bands across", source=SOURCE)
def high_lines(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """A band above and one below, nothing between; a class each."""
    kind = which(count, 2, g)
    band = torch.stack([2 * uniform(count, g) - 1, 1.4 * kind - 0.7], 1)
    return band + 0.1 * normal(count, g), kind


@register("wide_lines", title="Two bands upright", source=SOURCE)
def wide_lines(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """A band at the left and one at the right; a class each."""
    points, kind = high_lines(count, g)
    return points.flip(1), kind


@register("circle", title="Circle", source=SOURCE)
def circle(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """One thin ring: all that is learned is a radius."""
    return on_circle(2 * math.pi * uniform(count, g)) + 0.03 * normal(count, g), None


@register("away", title="Away from the middle", source=SOURCE)
def away(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """A square with a hole, where the mean lies: the first guess of all noise is no point of it."""
    angle = 2 * math.pi * uniform(count, g)
    edge = 1 / torch.maximum(angle.cos().abs(), angle.sin().abs())  # of the square, from the middle
    far = (0.36 + uniform(count, g) * (edge**2 - 0.36)).sqrt()
    return far[:, None] * on_circle(angle), None
