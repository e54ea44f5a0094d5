"""Pictures as files: one in the format of its name, a take's newest frame as a PNG sheet."""

from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from torch import Tensor

from playground.errors import InputError
from playground.export.take import Take
from playground.files import write_atomically
from playground.spaces.images import contact_sheet

SHORTEST = 64  # pixels a side under which pictures are enlarged
SUFFIXES: dict[str, tuple[str, dict[str, Any]]] = {  # Pillow's format, and how it is saved
    ".png": ("PNG", {}),
    ".jpg": ("JPEG", {"quality": 95, "subsampling": 0}),  # noise keeps its colours
    ".jpeg": ("JPEG", {"quality": 95, "subsampling": 0}),
    ".webp": ("WEBP", {"lossless": True}),
    ".tif": ("TIFF", {}),
    ".tiff": ("TIFF", {}),
    ".bmp": ("BMP", {}),
}
KEY = "diffusion-playground"  # of the text chunk that holds the settings


def enlargement(x: Tensor) -> int:
    """Return how often to repeat each pixel so that small pictures can be seen."""
    return max(1, 2 * SHORTEST // x.shape[-1])


def check_suffix(path: Path) -> None:
    """Raise InputError unless the file's name ends in that of a picture that can be written."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            "Cannot write {name}; end its name in .png, .jpg, .webp or .tif.", name=path.name
        )


def write_picture(path: Path, picture: Image.Image) -> None:
    """Write a picture in the format that its name ends in, atomically.

    InputError as of `check_suffix`, and where it cannot be written.
    """
    check_suffix(path)
    kind, options = SUFFIXES[path.suffix.lower()]
    write_atomically(path, lambda temporary: picture.save(temporary, kind, **options))


def write_png(path: Path, take: Take) -> None:
    """Write the newest frame's pictures in a grid."""
    sheet = contact_sheet(take.sheets[-1], scale=enlargement(take.sheets[-1]))
    sheet.save(path, "PNG", optimize=True, pnginfo=text_chunk(take.settings))


def text_chunk(settings: str) -> PngInfo:
    """Return the settings as a PNG's text, which is ASCII as JSON is written here."""
    info = PngInfo()
    if settings:
        info.add_text(KEY, settings)
    return info
