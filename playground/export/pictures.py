"""A take's newest frame as a PNG contact sheet."""

from pathlib import Path

from PIL.PngImagePlugin import PngInfo
from torch import Tensor

from playground.export.take import Take
from playground.spaces.images import contact_sheet

SHORTEST = 64  # pixels a side under which pictures are enlarged
KEY = "diffusion-playground"  # of the text chunk that holds the settings


def enlargement(x: Tensor) -> int:
    """How often to repeat each pixel so that small pictures can be seen."""
    return max(1, 2 * SHORTEST // x.shape[-1])


def write_png(path: Path, take: Take) -> None:
    """The newest frame's pictures in a grid."""
    sheet = contact_sheet(take.sheets[-1], scale=enlargement(take.sheets[-1]))
    sheet.save(path, "PNG", optimize=True, pnginfo=text_chunk(take.settings))


def text_chunk(settings: str) -> PngInfo:
    """The settings as a PNG's text, which is ASCII as JSON is written here."""
    info = PngInfo()
    if settings:
        info.add_text(KEY, settings)
    return info
