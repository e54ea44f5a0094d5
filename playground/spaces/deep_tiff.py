"""Colour TIFFs with 16 bits a channel of which a camera filled fewer, 10 or 12 say.

Pillow keeps the upper byte of each value, in which such a picture is nearly black. The lower bytes
are what it keeps of the same file read in the other byte order.
"""

import io
import sys
from typing import Any

import numpy as np
from PIL import Image

from playground.spaces.depth import Array, reach, to_8bit

BITS_PER_SAMPLE = 258  # the tag (TIFF 6.0, section 8)
OTHER = {"L": "B", "B": "L"}
OTHER["N"] = OTHER["L" if sys.byteorder == "little" else "B"]  # "native", of what is compressed


def brightened(image: Image.Image, data: bytes) -> Image.Image:
    """Return a loaded picture with its channels scaled by the bits that they fill.

    data: the file. Whatever is no TIFF in 16 bit colour, or fills all bits, is returned as it is.
    """
    if image.format != "TIFF" or image.mode not in ("RGB", "RGBA"):
        return image
    if 16 not in image.tag_v2.get(BITS_PER_SAMPLE, ()):  # type: ignore[attr-defined]
        return image
    upper = np.asarray(image)
    if reach(upper[..., :3])[1] >= 128:
        return image
    low = Image.open(io.BytesIO(data), formats=["TIFF"])
    low.tile = [tile._replace(args=_swapped(tile.args)) for tile in low.tile]
    values = upper.astype(np.uint16) << 8 | np.asarray(low)
    parts = [_scaled(values[..., :3]), _scaled(values[..., 3:])]
    made = Image.fromarray(np.concatenate(parts, axis=2))
    made.info = image.info
    return made


def _swapped(args: Any) -> tuple[Any, ...]:
    raw = args[0]  # such as "RGB;16L"
    return (raw[:-1] + OTHER[raw[-1]], *args[1:])


def _scaled(values: Array) -> Array:
    if not values.size:
        return values.astype(np.uint8)
    bits = max(8, int(reach(values)[1]).bit_length())
    return to_8bit(values.clip(0, 2**bits - 1), 2**bits - 1)
