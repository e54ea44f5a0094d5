"""Clouds that a person drew, brought as a table, or photographed: from JSON to a CloudSet."""

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import torch
from PIL import Image

from playground.errors import InputError
from playground.spaces.images import MAX_PIXELS, open_picture
from playground.spaces.points import from_picture
from playground.spaces.tables import read_csv
from playground.training.data import clouds
from playground.training.data.clouds import CloudSet

DARK = 5000  # points of a picture
TEXT = 4_000_000  # characters of a table of points


def own_cloud(source: Mapping[str, Any]) -> CloudSet:
    """Return the cloud of {"points": [[x, y, class?], ...]}, {"csv": text} or {"picture": base64}.

    Raise InputError, naming what is wrong, for anything else.
    """
    text = json.dumps(source)
    if len(text) > TEXT:
        raise InputError("These are too many points; give fewer.")
    return _read(text)


def file_in(text: Any, name: str) -> bytes:
    """Return a file from its base64, which may come as a data address; InputError for others."""
    try:
        return base64.b64decode(text.partition(",")[2] or text, validate=True)
    except (ValueError, AttributeError) as error:
        raise InputError("{name} must be a file in base64.", name=name) from error


def picture_in(text: Any, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Return a picture from the base64 of its file; raise InputError as `open_picture` does."""
    return open_picture(file_in(text, "The picture"), name="The picture", max_pixels=max_pixels)


@lru_cache(maxsize=16)  # a page that trains asks many times for the same
def _read(text: str) -> CloudSet:
    source = json.loads(text)
    if isinstance(source.get("csv"), str):
        return clouds.given(*read_csv(source["csv"]))
    if isinstance(source.get("picture"), str):
        generator = torch.Generator().manual_seed(0)
        return clouds.given(from_picture(picture_in(source["picture"]), DARK, generator))
    if isinstance(source.get("points"), list):
        return _painted(source["points"])
    raise InputError(
        'A cloud is a name, {"points": [[x, y], ...]}, {"csv": "x,y ..."} or {"picture": '
        '"a PNG in base64"}.'
    )


def _painted(points: list[Any]) -> CloudSet:
    try:
        pairs = [(float(p[0]), float(p[1])) for p in points]
        kinds = [int(p[2]) if len(p) > 2 else 0 for p in points]
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise InputError("Points must be pairs of numbers, x and y.") from error
    found = sorted(set(kinds))
    if len(found) < 2:
        return clouds.given(pairs, as_drawn=True)
    labels = torch.tensor([found.index(kind) for kind in kinds])
    return clouds.given(pairs, labels, tuple("ABCDEFGHI"[: len(found)]), as_drawn=True)
