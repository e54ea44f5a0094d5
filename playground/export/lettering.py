"""The font in which pictures are labelled."""

from typing import Any

from PIL import ImageFont

FONTS = ("NotoSansCJK-Regular.ttc", "DejaVuSans.ttf", "Arial Unicode.ttf", "arial.ttf")
INK, PAPER, PALE = (30, 41, 59), (255, 255, 255), (226, 232, 240)


def font(size: int) -> Any:
    """Return a font of this machine that knows many scripts, or else Pillow's own."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:  # not on this machine
            continue
    return ImageFont.load_default(size)
