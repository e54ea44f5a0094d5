"""Points in the plane as a space of samples: coordinates to tensors and back.

A cloud is standardised as a whole (mean 0, mean square 1 along an axis, one scale for both), so
that it is as wide as the noise that dissolves it, and every schedule does to it what it does to
pictures.
"""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from playground.errors import InputError

FEWEST, MOST = 2, 200_000  # points that can be given
INKS = (  # of classes; the first ones can be told apart by those who see few colours
    *((79, 70, 229), (213, 94, 0), (0, 158, 115), (204, 121, 167), (184, 134, 11)),
    *((86, 180, 233), (220, 38, 38), (115, 115, 115), (120, 53, 15), (77, 124, 15)),
)


@dataclass(frozen=True)
class Frame:
    """How coordinates of a cloud become standard ones: (x - centre) / scale."""

    centre: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0

    @classmethod
    def of(cls, points: Tensor) -> "Frame":
        """Find the frame in which these points (N,2) have mean 0 and mean square 1 along an axis.

        InputError where all of them are one point.
        """
        points = points.double()
        centre = points.mean(0)
        scale = float((points - centre).square().mean().sqrt())
        if not (math.isfinite(scale) and scale > 0):
            raise InputError("All points are the same; give points that differ.")
        return cls((float(centre[0]), float(centre[1])), scale)

    def encode(self, points: Tensor) -> Tensor:
        """Turn coordinates (N,2) into standard ones, float32."""
        return ((points.double() - torch.tensor(self.centre)) / self.scale).float()

    def decode(self, x: Tensor) -> Tensor:
        """Turn standard coordinates (N,2) into those of the cloud, float64."""
        return x.double() * self.scale + torch.tensor(self.centre)


def encode(points: Any) -> tuple[Tensor, Frame]:
    """Turn coordinates (N,2) of any kind into standard ones, float32; return their frame, too.

    InputError for what is not finite, has another shape, or too few or many points.
    """
    try:
        made = torch.as_tensor(np.asarray(points, dtype=np.float64))
    except (TypeError, ValueError):
        made = torch.empty(0)
    if made.ndim != 2 or made.shape[1] != 2:
        raise InputError("Points must be pairs of numbers, x and y.")
    if not FEWEST <= len(made) <= MOST:
        raise InputError(
            "Give {fewest} to {most} points; you gave {count}.",
            fewest=FEWEST,
            most=f"{MOST:,}",
            count=f"{len(made):,}",
        )
    if not bool(made.isfinite().all()):
        raise InputError("Every coordinate must be a finite number.")
    frame = Frame.of(made)
    return frame.encode(made), frame


def classes_of(kinds: Sequence[str]) -> tuple[Tensor | None, tuple[str, ...]]:
    """Return labels (N,) and the names of these classes, in order; none where there is one only."""
    names = tuple(sorted(set(kinds)))
    if len(names) < 2:
        return None, ()
    place = {name: index for index, name in enumerate(names)}
    return torch.tensor([place[kind] for kind in kinds]), names


def write_csv(points: Tensor, labels: Tensor | None = None, names: Sequence[str] = ()) -> str:
    """Write lines of x,y (and class) with a header; points (N,2)."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    kinds = [] if labels is None else [names[int(label)] for label in labels]
    writer.writerow(["x", "y", "class"] if kinds else ["x", "y"])
    for index, (x, y) in enumerate(points.tolist()):
        writer.writerow([f"{x:.6g}", f"{y:.6g}", *kinds[index : index + 1]])
    return told.getvalue()


def scatter(x: Tensor, side: int = 480, reach: float = 3.0, labels: Tensor | None = None) -> Tensor:
    """Draw standard points (N,2) as dots on white, within reach, y up: uint8 (1,3,side,side).

    labels (N,): classes, each in a colour of its own.
    """
    dots = torch.full((1, 3, side, side), 255, dtype=torch.uint8)
    place = ((x.detach().double() * torch.tensor([1, -1]) / reach + 1) * side / 2).long()
    inside = ((place >= 0) & (place < side - 1)).all(1)
    right, down = place[inside].T
    kinds = torch.zeros(len(x), dtype=torch.long) if labels is None else labels
    ink = torch.tensor(INKS, dtype=torch.uint8)[kinds[inside] % len(INKS)].T
    for across, below in ((0, 0), (0, 1), (1, 0), (1, 1)):
        dots[0, :, down + below, right + across] = ink
    return dots


def from_picture(picture: Image.Image, count: int, generator: torch.Generator) -> Tensor:
    """Draw points (count,2) as densely as the picture is dark, y up; InputError for a white one."""
    small = picture.convert("L")
    small.thumbnail((256, 256))
    dark = 1 - torch.from_numpy(np.asarray(small, dtype=np.float64) / 255)
    dark = torch.where(dark < 0.1, 0.0, dark)  # paper is never quite white
    if float(dark.sum()) <= 0:
        raise InputError("The picture is white all over; give one with something dark on it.")
    place = torch.multinomial(dark.flatten(), count, replacement=True, generator=generator)
    jitter = torch.rand(count, 2, generator=generator, dtype=torch.float64)
    row, column = place // dark.shape[1], place % dark.shape[1]
    return torch.stack([column + jitter[:, 0], dark.shape[0] - row - jitter[:, 1]], 1)
