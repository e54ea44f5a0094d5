"""Clouds that the field tests its models on, letters, and digits by two numbers."""

import math
from functools import lru_cache

import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from playground.spaces import latent
from playground.spaces.clouds.base import circle, normal, register, uniform, which
from playground.spaces.points import from_picture


@register("moons", title="Two moons", source="as in scikit-learn, make_moons")
def moons(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Two half circles that reach into each other."""
    kind, angle = which(count, 2, g), math.pi * uniform(count, g)
    arc = circle(angle)
    other = torch.stack([1 - arc[:, 0], 0.5 - arc[:, 1]], 1)
    return torch.where(kind[:, None] == 0, arc, other) + 0.06 * normal(count, g), kind


@register("swiss_roll", title="Swiss roll", source="as in scikit-learn, make_swiss_roll, flat")
def swiss_roll(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """One long sheet, rolled up."""
    angle = 1.5 * math.pi * (1 + 2 * uniform(count, g))
    return angle[:, None] * circle(angle) + 0.3 * normal(count, g), None


@register("spiral", title="Two spirals", source="Lang & Witbrock 1988, the two-spirals problem")
def spiral(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Two arms wound into each other."""
    kind, way = which(count, 2, g), uniform(count, g).sqrt()
    angle = 3 * math.pi * way + math.pi * kind
    return (0.1 + way)[:, None] * circle(angle) + 0.02 * normal(count, g), kind


@register("rings", title="Three rings", source="concentric circles, as in FFJORD")
def rings(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Rings one within the other, each a class; no path leads between them."""
    kind = torch.multinomial(torch.tensor([1.0, 2.0, 3.0]), count, replacement=True, generator=g)
    angle = 2 * math.pi * uniform(count, g)
    return (kind + 1)[:, None] * circle(angle) + 0.08 * normal(count, g), kind


@register("checkerboard", title="Checkerboard", source="Grathwohl et al. 2019 (FFJORD)")
def checkerboard(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Eight squares with sharp edges, of even density: hard for what is smooth."""
    x, y = 4 * uniform(count, g), 2 * uniform(count, g)
    return torch.stack([x, y.floor() * 2 + x.floor() % 2 + y % 1], 1), None


@register("gaussians", title="Grid of Gaussians", source="nine modes, as in GAN studies")
def gaussians(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Nine separate blobs; a class each row. Does a sampler reach all of them?"""
    place = which(count, 9, g)
    centre = torch.stack([place % 3, place // 3], 1).double()
    return centre + 0.08 * normal(count, g), place // 3


@register("pinwheel", title="Pinwheel", source="Johnson et al. 2016")
def pinwheel(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Five blades, bent; a class each."""
    kind, blade = which(count, 5, g), normal(count, g)
    out, across = 1 + 0.3 * blade[:, 0], 0.09 * blade[:, 1]
    angle = 2 * math.pi / 5 * kind + 0.9 * out
    side = circle(angle + math.pi / 2)
    return out[:, None] * circle(angle) + across[:, None] * side, kind


@register("letters", title="Letters", source="Pillow's own font")
def letters(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """Three letters, a class each."""
    kind = which(count, 3, g)
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


@register("digits", title="Digits, by two numbers", source="principal components, Pearson 1901")
def digits(count: int, g: torch.Generator) -> tuple[Tensor, Tensor | None]:
    """The bundled handwritten digits by their first two principal components; a class each digit.

    There are 1,797, so that each point is one of them, moved by a little chance.
    """
    pictures, kinds = latent.pictures()
    chosen = which(count, len(pictures), g)
    codes = latent.digits().encode(pictures)[chosen]
    return codes + 0.08 * normal(count, g), kinds[chosen]
