"""The picture that is edited, at the model's size, and the mask over it."""

import json
import re
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from playground.bundled import SETS, SIDE, bundled_pictures, bundled_set
from playground.errors import InputError
from playground.sources import Source
from playground.spaces.crops import square
from playground.spaces.images import encode, open_picture, to_pil
from playground.spaces.strokes import strokes
from playground.ui.media.pictures import path_of

MASK = "Give a mask as [left, top, right, bottom] in pixels, or as a data: address of a PNG."


def source(given: str | None, shape: tuple[int, ...]) -> Tensor:
    """Return a picture as (C,H,W) in [-1, 1] at this shape.

    given: an upload's path, a bundled photo's name, or "emoji 12" for a picture of a bundled set.
    """
    channels, size, _ = shape
    named = re.fullmatch(r"(\w+) (\d+)", given or "")
    if named and named[1] in SETS:
        pictures = bundled_set(named[1]).x
        if int(named[2]) >= len(pictures):
            raise InputError(
                "The {named} set has the pictures 0 to {count}.",
                named=named[1],
                count=len(pictures) - 1,
            )
        return _fitted(pictures[int(named[2])], shape)
    return encode([reduced(path_of(given))], size, channels)[0]


def reduced(path: Path) -> Image.Image:
    """Return the middle square of an upload, at most SIDE pixels wide: all that is kept of it."""
    image = open_picture(path)
    side = min(image.size)
    if side > SIDE:
        return square(image, SIDE)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def training_picture(shape: tuple[int, ...], number: int) -> Tensor:
    """Return a picture of the bundled set of this shape, or else a bundled photo; any number."""
    for name, (size, channels) in SETS.items():
        if (channels, size, size) == tuple(shape):
            pictures = bundled_set(name).x
            return pictures[number % len(pictures)]
    photos = bundled_pictures()
    return _fitted(photos[number % len(photos)], shape)


def own_picture(source: Source) -> Tensor:
    """Return a picture that this model was trained on, if there are any, or one of its shape."""
    shape = tuple(source.denoiser.shape)
    try:
        x = source.data(light=True).x
    except InputError:
        return training_picture(shape, 0)
    return _fitted(x[0], shape)


def _fitted(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    return x if tuple(x.shape) == tuple(shape) else encode([to_pil(x)], shape[1], shape[0])[0]


def masked(given: Any, shape: tuple[int, ...]) -> Tensor:
    """Return where to draw anew, (C,H,W) bool: what was painted, or a box of pixels."""
    found = given
    if isinstance(given, str) and given.lstrip().startswith("["):
        try:
            found = json.loads(given)
        except ValueError as error:
            raise InputError(MASK) from error
    if isinstance(found, list):
        if len(found) != 4 or not all(isinstance(edge, int) and edge >= 0 for edge in found):
            raise InputError(MASK)
        left, top, right, bottom = found
        where = torch.zeros(shape, dtype=torch.bool)
        where[:, top:bottom, left:right] = True
        return where
    if found is not None and not isinstance(found, str):
        raise InputError(MASK)
    painted = strokes(found, shape)
    return torch.zeros(shape, dtype=torch.bool) if painted is None else painted[1]
