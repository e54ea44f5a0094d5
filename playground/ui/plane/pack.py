"""Numbers for the page: arrays as base64, so that thousands of points are one short message."""

import base64
from typing import Any

import torch
from torch import Tensor

from playground.diffusion import fields
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.sample import generators
from playground.diffusion.schedules import Schedule
from playground.training.clouds import CloudSet

SHOWN = 5000  # points that dissolve
REACH = 3.0  # the picture goes from -REACH to REACH in u = x / r
CELLS, TURNS = 80, 33  # of the density: cells a side, levels
ARROWS, ANGLES = 24, 13  # of guesses: cells a side, levels
EXACT = 4000  # data of the exact denoiser
CURVE = 200  # levels of a schedule


def floats(x: Tensor) -> str:
    """Any tensor as base64 of half precision numbers, in order."""
    return base64.b64encode(x.detach().half().contiguous().numpy().tobytes()).decode()


def singles(x: Tensor) -> str:
    """The same in single precision."""
    return base64.b64encode(x.detach().float().contiguous().numpy().tobytes()).decode()


def octets(x: Tensor) -> str:
    """The same as whole numbers from 0 to 255."""
    return base64.b64encode(x.to(torch.uint8).contiguous().numpy().tobytes()).decode()


def levels(schedule: Schedule) -> str:
    """The schedule's alpha, then its sigma, at even t from 0 to 1."""
    t = torch.arange(CURVE + 1, dtype=torch.float64) / CURVE
    return singles(torch.stack(schedule(t)))


def cloud_message(cloud: CloudSet, whole: CloudSet, seed: int) -> dict[str, Any]:
    """Points, their classes and noise, and the exact density at all levels."""
    count = min(SHOWN, len(cloud.data))
    eps = torch.randn(count, 2, generator=generators(seed)[0])
    grids = [fields.density(cloud.data.x, at, CELLS, REACH) for at in fields.turn(TURNS)]
    shades = torch.stack([(p / p.max()).sqrt() * 255 for p in grids])
    labels = whole.data.labels
    return {
        "name": cloud.name,
        "count": count,
        "x0": floats(cloud.data.x[:count]),
        "eps": floats(eps),
        "labels": octets(labels[:count]) if labels is not None else "",
        "class_names": list(whole.data.class_names),
        "density": octets(shades),
        "cells": CELLS,
        "turns": TURNS,
        "reach": REACH,
        "trained_on": len(cloud.data),
        "held_out": len(cloud.held_out),
    }


def field(denoiser: Denoiser, cond: int | None = None) -> dict[str, Any]:
    """A denoiser's guesses on a grid, at levels from clean to noise."""
    guesses = [
        fields.guesses(denoiser, at, ARROWS, REACH, cond) for at in _levels_with_noise(ANGLES)
    ]
    return {"x0": floats(torch.stack(guesses)), "cells": ARROWS, "turns": ANGLES, "reach": REACH}


def _levels_with_noise(count: int) -> tuple[fields.Level, ...]:
    """As `fields.turn`, but the first has a little noise: a guess of what is clean is itself."""
    first, *rest = fields.turn(count)
    small = 0.03
    return (first._replace(alpha=(1 - small**2) ** 0.5, sigma=small), *rest)
