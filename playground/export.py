"""Frames to files: a PNG contact sheet of the result, or a GIF of the way there."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from playground.errors import InputError
from playground.files import write_atomically
from playground.spaces.images import contact_sheet
from playground.spaces.points import scatter

SHORTEST = 64  # pixels a side under which pictures are enlarged


def enlargement(x: Tensor) -> int:
    """How often to repeat each pixel so that small pictures can be seen."""
    return max(1, 2 * SHORTEST // x.shape[-1])


def save(
    path: str | Path, sheets: Sequence[Tensor], *, fps: float = 20.0, hold: float = 2.0
) -> None:
    """Write (B,C,H,W) batches in [-1, 1], or points (B,2): the last as .png, or all as .gif.

    A GIF ends by holding the last picture for `hold` seconds. InputError for another suffix, or
    where the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".png", ".gif"):
        raise InputError(f"Cannot write {Path(path).name}; end its name in .png or .gif.")
    if not sheets:
        raise InputError("There is nothing to save yet; generate first.")
    if sheets[-1].ndim == 2:
        pictures = [scatter(x) for x in sheets]
    else:
        scale = enlargement(sheets[-1])
        some = sheets[-1:] if suffix == ".png" else sheets
        pictures = [contact_sheet(x, scale=scale) for x in some]
    if suffix == ".png":
        sheet = pictures[-1]
        write_atomically(path, lambda p: sheet.save(p, "PNG", optimize=True))
        return
    palette = _palette(pictures)
    shown = [p.quantize(palette=palette, dither=Image.Dither.NONE) for p in pictures]
    step = max(20, round(1000 / fps))
    times = [step] * (len(shown) - 1) + [round(1000 * hold)]

    def write(p: Path) -> None:
        shown[0].save(
            p, "GIF", save_all=True, append_images=shown[1:], duration=times, loop=0, disposal=1
        )

    write_atomically(path, write)


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """256 colours for all frames at once, mostly the last ones: one a frame would flicker."""
    some = [pictures[round(i)] for i in np.linspace(0, len(pictures) - 1, 4)] + [pictures[-1]] * 3
    small = [np.asarray(p.resize((256, 256), Image.Resampling.NEAREST)) for p in some]
    return Image.fromarray(np.concatenate(small)).quantize(256, Image.Quantize.MEDIANCUT)
