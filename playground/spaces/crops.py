"""How a picture of any shape becomes a square one: its middle, its busiest part, or all of it."""

import numpy as np
from PIL import Image, ImageOps

from playground.errors import unknown

FITS = ("centre", "smart", "whole")
WHITE = (255, 255, 255)
SKETCH = 48  # pixels of the shorter side, on which detail is looked for
PULL = 0.2  # of its detail a window at the end loses, so that the centre wins where all is alike


def square(
    image: Image.Image,
    size: int,
    *,
    fit: str = "centre",
    background: tuple[int, int, int] = WHITE,
) -> Image.Image:
    """Return an RGB picture as size x size.

    fit: "centre" takes its middle, "smart" the square with the most detail, "whole" all of it on
    `background`. Raises InputError for any other.
    """
    if fit not in FITS:
        raise unknown("crop", fit, FITS)
    if fit == "whole":
        return ImageOps.pad(image, (size, size), Image.Resampling.LANCZOS, background)
    place = busiest(image) if fit == "smart" else 0.5
    # ImageOps.fit's centering is the share of what is cut that is cut at the left and at the top
    return ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS, centering=(place, place))


def busiest(image: Image.Image) -> float:
    """Return where along its longer side a picture's most detailed square lies: 0 start, 1 end.

    Detail is the sum of the absolute differences between neighbouring pixels of a small grey copy,
    with a slight pull to the centre. A plain picture gives 0.5.
    """
    scale = SKETCH / min(image.size)
    width, height = (max(SKETCH, round(side * scale)) for side in image.size)
    if width == height:
        return 0.5
    reduced = image.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    grey = np.asarray(reduced.convert("L"), np.int64)
    if height > width:
        grey = grey.T  # the longer side runs along the columns from here on
    detail = np.zeros(grey.shape[1], np.int64)
    detail[1:-1] += np.abs(grey[:, 2:] - grey[:, :-2]).sum(0)
    detail += np.abs(np.diff(grey, axis=0)).sum(0)
    until = np.concatenate([[0], detail.cumsum()])
    inside = until[SKETCH:] - until[:-SKETCH]  # of the window that begins at each column
    place = np.linspace(0, 1, len(inside))
    away = (2 * place - 1) ** 2
    return float(place[np.argmax((inside + 1) * (1 - PULL * away))])
