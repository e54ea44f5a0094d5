"""Clouds of points in the plane, by name."""

from playground.spaces.clouds import sets, shapes  # noqa: F401  (they register)
from playground.spaces.clouds.base import (
    LATENTS,
    class_names,
    draw,
    entry,
    frame,
    held_out,
    names,
    register,
)

__all__ = ["LATENTS", "class_names", "draw", "entry", "frame", "held_out", "names", "register"]
