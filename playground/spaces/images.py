"""Pictures and tensors: the only place that decodes a picture file.

Tensors are (B,C,H,W) float32 in [-1, 1]; -1 is black.
"""

import io
import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from PIL import Image, UnidentifiedImageError
from torch import Tensor

from playground.errors import InputError
from playground.spaces.bare import bare
from playground.spaces.colour import SPACES, to_srgb
from playground.spaces.crops import WHITE, square
from playground.spaces.deep_tiff import brightened
from playground.spaces.depth import to_8bit

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")  # none runs a helper program
KINDS = "PNG, JPEG, GIF, WebP, AVIF, BMP or TIFF"
MAX_PIXELS = 64_000_000  # decoded, 64 megapixels are 256 MB
ORIENTATION = 0x0112  # EXIF's tag for how the camera was held (CIPA DC-008, 4.6.5)
TURNS = {  # its values, and what brings the picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
DEEP_WHITE = {"PNG": 65535.0}  # 16 bits are all used (PNG, 4.6); a TIFF does not say how many are


def open_picture(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    background: tuple[int, int, int] = WHITE,
    max_pixels: int = MAX_PIXELS,
    at_least: int | None = None,
) -> Image.Image:
    """Open one picture as 8-bit RGB: upright, first frame, transparency laid over `background`.

    at_least: pixels a side that suffice; a JPEG is then decoded at a half, a quarter or an eighth
    where that many are left, several times as fast.

    Takes 1, 8 and 16 bit, float, palette, CMYK and animated files, and turns the colours of an ICC
    profile into sRGB. What else a file says of itself (EXIF, comments) may be damaged. Raises
    InputError, in one sentence, for what is no picture, is cut off, or has over `max_pixels` (told
    by its header, before anything is decoded).
    """
    if name is None:
        name = Path(source).name if isinstance(source, str | Path) else "The file"
    data = _read(source, name)
    if not data:
        raise InputError("{name} is empty; choose another file.", name=name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit, below, is the one that is told
            return _decoded(data, name, background, max_pixels, at_least)
    except InputError:
        raise
    except UnidentifiedImageError as error:
        raise InputError("{name} is not a picture; use {kinds}.", name=name, kinds=KINDS) from error
    except Image.DecompressionBombError as error:
        raise InputError("{name} has far too many pixels; make it smaller.", name=name) from error
    except Exception as error:  # Pillow's decoders raise many kinds on damaged files
        raise InputError("{name} is damaged or cut off; save it again.", name=name) from error


def _decoded(
    data: bytes,
    name: str,
    background: tuple[int, int, int],
    max_pixels: int,
    at_least: int | None,
) -> Image.Image:
    try:
        image, turn = _loaded(data, name, max_pixels, at_least)
    except (InputError, Image.DecompressionBombError):
        raise
    except Exception:
        if (without := bare(data)) is None:
            raise
        image, turn = _loaded(without, name, max_pixels, at_least)
    made = _flatten(image, background)
    return made if turn is None else made.transpose(turn)


def _loaded(
    data: bytes, name: str, max_pixels: int, at_least: int | None
) -> tuple[Image.Image, Image.Transpose | None]:
    """Read the pixels as they are stored, and what brings them upright."""
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    if image.width * image.height > max_pixels:
        raise InputError(
            "{name} has {width} x {height} pixels; make it smaller than {max_pixels} megapixels.",
            name=name,
            width=image.width,
            height=image.height,
            max_pixels=max_pixels // 1000000,
        )
    if at_least and image.format == "JPEG":
        image.draft(None, (at_least, at_least))
    turn = _turn(image)
    image.load()
    return brightened(image, data), turn


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Take out of the EXIF how the camera was held, so that none else acts on it.

    Pillow's `exif_transpose` writes all of the EXIF anew, and fails on whatever is wrong in it.
    """
    try:
        exif = image.getexif()
        turn = TURNS.get(exif.get(ORIENTATION, 1))
        if turn is not None:
            del exif[ORIENTATION]
        return turn
    except Exception:  # a dozen kinds, and none of them matters to the pixels
        return None


def _read(source: str | Path | bytes | BinaryIO, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    if not isinstance(source, str | Path):
        return source.read()
    try:
        return Path(source).read_bytes()
    except FileNotFoundError as error:
        raise InputError("There is no file {source}; check the path.", source=source) from error
    except IsADirectoryError as error:
        raise InputError("{name} is a folder; choose a picture.", name=name) from error
    except OSError as error:
        raise InputError("{name} cannot be read; check its permissions.", name=name) from error


def _flatten(image: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    """Turn any mode into sRGB: values rescaled, never clipped; transparency composited."""
    if image.mode.startswith("I") or image.mode == "F":
        values = to_8bit(np.asarray(image), DEEP_WHITE.get(image.format or ""))
        image, deep = Image.fromarray(values), image
        image.info = deep.info
    if image.has_transparency_data:
        image = image.convert("LA" if image.mode in ("L", "LA", "La") else "RGBA")
    elif image.mode not in SPACES:
        image = image.convert("RGB")
    image = to_srgb(image)
    if "A" in image.getbands():
        back = Image.new("RGBA", image.size, (*background, 255))
        back.alpha_composite(image.convert("RGBA"))
        image = back
    return image.convert("RGB")


def encode(
    images: Sequence[Image.Image], size: int, channels: int = 3, *, fit: str = "centre"
) -> Tensor:
    """Turn pictures into (N,C,size,size) float32 in [-1, 1]; 3 channels: RGB, 1: grey (ITU-R 601).

    fit: which part of a picture that is not square is taken, as in `crops.square`.
    """
    arrays = [to_uint8(image, size, channels, fit=fit) for image in images]
    return from_uint8(torch.from_numpy(np.stack(arrays)))


def to_uint8(
    image: Image.Image,
    size: int,
    channels: int = 3,
    *,
    fit: str = "centre",
    background: tuple[int, int, int] = WHITE,
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Turn one picture into uint8 (C,size,size), a quarter of the memory of `encode`'s."""
    fitted = square(image, size, fit=fit, background=background)
    array = np.asarray(fitted.convert("RGB" if channels == 3 else "L"))
    return np.ascontiguousarray(array.reshape(size, size, channels).transpose(2, 0, 1))


def from_uint8(values: Tensor) -> Tensor:
    """Turn 0..255 into [-1, 1] float32."""
    return values.float().div_(127.5).sub_(1)  # in place: a set of 20,000 would not fit twice


def to_bytes(x: Tensor) -> Tensor:
    """Turn [-1, 1] (clipped) into 0..255, uint8 of the same shape; what is uint8 stays as it is."""
    if x.dtype == torch.uint8:
        return x
    return x.detach().float().clamp(-1, 1).add_(1).mul_(127.5).round_().to(torch.uint8)


def decode(x: Tensor) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Turn (B,C,H,W) or (C,H,W), as for `to_bytes`, into uint8 (B,H,W,3); grey becomes RGB."""
    x = x[None] if x.ndim == 3 else x
    shown = to_bytes(x).permute(0, 2, 3, 1).expand(-1, -1, -1, 3)
    return np.ascontiguousarray(shown.cpu().numpy())


def to_pil(x: Tensor) -> Image.Image:
    """Turn one (C,H,W) picture in [-1, 1] into RGB."""
    return Image.fromarray(decode(x)[0])


def tile(
    x: Tensor, columns: int | None = None, gap: int = 2
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Lay (B,C,H,W) or (C,H,W) out in a grid: uint8 (rows*(H+gap)-gap, columns*(W+gap)-gap, 3)."""
    return tiles(x[None, None] if x.ndim == 3 else x[None], columns, gap)[0]


def tiles(
    x: Tensor, columns: int | None = None, gap: int = 2
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Lay K batches (K,B,C,H,W) out, each in a grid as by `tile`: uint8 (K,...,3)."""
    number, count = x.shape[:2]
    pictures = decode(x.flatten(0, 1))
    height, width = pictures.shape[1:3]
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    cells = (number, rows, height + gap, columns, width + gap, 3)
    sheets = np.full(cells, 255, np.uint8)
    if count < rows * columns:
        none = np.full((number, rows * columns - count, *pictures.shape[1:]), 255, np.uint8)
        given = pictures.reshape(number, count, *pictures.shape[1:])
        pictures = np.concatenate([given, none], 1)
    laid = pictures.reshape(number, rows, columns, height, width, 3).swapaxes(2, 3)
    sheets[:, :, :height, :, :width] = laid
    whole = sheets.reshape(number, rows * (height + gap), columns * (width + gap), 3)
    return whole[:, : whole.shape[1] - gap, : whole.shape[2] - gap]


def contact_sheet(
    x: Tensor, columns: int | None = None, *, scale: int = 1, gap: int = 2
) -> Image.Image:
    """Lay (B,C,H,W) out as one picture, each pixel enlarged to scale x scale."""
    sheet = Image.fromarray(tile(x, columns, gap))
    return sheet.resize((sheet.width * scale, sheet.height * scale), Image.Resampling.NEAREST)
