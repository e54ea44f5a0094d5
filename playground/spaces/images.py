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
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import Tensor

from playground.errors import InputError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")  # none of these runs a helper program
KINDS = "PNG, JPEG, GIF, WebP, BMP or TIFF"
MAX_PIXELS = 64_000_000  # decoded, 64 megapixels are 256 MB
WHITE = (255, 255, 255)


def open_picture(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    background: tuple[int, int, int] = WHITE,
    max_pixels: int = MAX_PIXELS,
    at_least: int | None = None,
) -> Image.Image:
    """One picture as 8-bit RGB: upright, first frame, transparency laid over `background`.

    at_least: pixels a side that suffice; a JPEG is then decoded at a half, a quarter or an eighth
    where that many are left, several times as fast.

    Takes 1, 8 and 16 bit, float, palette, CMYK and animated files. Raises InputError, in one
    sentence, for what is no picture, is cut off, or has over `max_pixels` (told by its header,
    before anything is decoded).
    """
    if name is None:
        name = Path(source).name if isinstance(source, str | Path) else "The file"
    data = _read(source, name)
    if not data:
        raise InputError(f"{name} is empty; choose another file.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit, below, is the one that is told
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > max_pixels:
                raise InputError(
                    f"{name} has {image.width} x {image.height} pixels; make it smaller than "
                    f"{max_pixels // 1_000_000} megapixels."
                )
            if at_least and image.format == "JPEG":
                image.draft(None, (at_least, at_least))
            image.load()
    except InputError:
        raise
    except UnidentifiedImageError as error:
        raise InputError(f"{name} is not a picture; use {KINDS}.") from error
    except Image.DecompressionBombError as error:
        raise InputError(f"{name} has far too many pixels; make it smaller.") from error
    except Exception as error:  # Pillow's decoders raise many kinds on damaged files
        raise InputError(f"{name} is damaged or cut off; save it again.") from error
    return _flatten(ImageOps.exif_transpose(image), background)


def _read(source: str | Path | bytes | BinaryIO, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    if not isinstance(source, str | Path):
        return source.read()
    try:
        return Path(source).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"There is no file {source}; check the path.") from error
    except IsADirectoryError as error:
        raise InputError(f"{name} is a folder; choose a picture.") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read; check its permissions.") from error


def _flatten(image: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    """Any mode to RGB: values rescaled, never clipped; transparency composited, never dropped."""
    if image.mode.startswith("I") or image.mode == "F":
        return from_array(np.asarray(image))
    if image.has_transparency_data:
        back = Image.new("RGBA", image.size, (*background, 255))
        back.alpha_composite(image.convert("RGBA"))
        return back.convert("RGB")
    return image.convert("RGB")


def from_array(array: np.ndarray[Any, Any]) -> Image.Image:
    """An (H,W), (H,W,1), (H,W,3) or (H,W,4) array as RGB.

    uint8 as it is, wider integers from 16 bits, floats from [0, 1] or else their own range.
    """
    if array.dtype.kind == "f":
        finite = np.nan_to_num(array.astype(np.float64))
        low, high = min(0.0, finite.min()), max(1.0, finite.max())
        array = ((finite - low) / (high - low) * 255).round().astype(np.uint8)
    elif array.dtype != np.uint8:
        array = (array.astype(np.float64).clip(0, 65535) / 257).round().astype(np.uint8)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    return _flatten(Image.fromarray(array), WHITE)


def square(
    image: Image.Image,
    size: int,
    *,
    fit: str = "crop",
    background: tuple[int, int, int] = WHITE,
) -> Image.Image:
    """A size x size picture: its middle (fit="crop"), or all of it on `background` ("pad")."""
    fitted = ImageOps.fit if fit == "crop" else ImageOps.contain
    image = fitted(image, (size, size), Image.Resampling.LANCZOS)
    if image.size == (size, size):
        return image
    whole = Image.new("RGB", (size, size), background)
    whole.paste(image, ((size - image.width) // 2, (size - image.height) // 2))
    return whole


def encode(
    images: Sequence[Image.Image], size: int, channels: int = 3, *, fit: str = "crop"
) -> Tensor:
    """Pictures to (N,C,size,size) float32 in [-1, 1]; channels 3 is RGB, 1 grey (ITU-R 601)."""
    mode = "RGB" if channels == 3 else "L"
    arrays = [np.asarray(square(image, size, fit=fit).convert(mode)) for image in images]
    stacked = np.stack(arrays).reshape(len(arrays), size, size, channels)
    return from_uint8(torch.from_numpy(stacked).permute(0, 3, 1, 2).contiguous())


def from_uint8(values: Tensor) -> Tensor:
    """0..255 to [-1, 1] float32."""
    return values.float() / 127.5 - 1


def decode(x: Tensor) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """(B,C,H,W) or (C,H,W) in [-1, 1] (clipped) to uint8 (B,H,W,3); grey becomes RGB."""
    x = x[None] if x.ndim == 3 else x
    values = ((x.detach().float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    shown = values.permute(0, 2, 3, 1).expand(-1, -1, -1, 3)
    return np.ascontiguousarray(shown.cpu().numpy())


def to_pil(x: Tensor) -> Image.Image:
    """One (C,H,W) picture in [-1, 1] as RGB."""
    return Image.fromarray(decode(x)[0])


def tile(
    x: Tensor, columns: int | None = None, gap: int = 2
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """(B,C,H,W) laid out in a grid, uint8 (rows*(H+gap)-gap, columns*(W+gap)-gap, 3)."""
    pictures = decode(x)
    count, height, width, _ = pictures.shape
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, 3), 255, np.uint8)
    for i, picture in enumerate(pictures):
        top, left = i // columns * (height + gap), i % columns * (width + gap)
        sheet[top : top + height, left : left + width] = picture
    return sheet


def contact_sheet(
    x: Tensor, columns: int | None = None, *, scale: int = 1, gap: int = 2
) -> Image.Image:
    """(B,C,H,W) as one picture, each pixel enlarged to scale x scale."""
    sheet = Image.fromarray(tile(x, columns, gap))
    return sheet.resize((sheet.width * scale, sheet.height * scale), Image.Resampling.NEAREST)
