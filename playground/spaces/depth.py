"""Values of more than 8 bits, whole or float, as 8: by the scale that is known, or their own."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
STRAY = 1000  # one value of so many may be a stray one: a hot pixel, a mark for "nothing here"
APART = 2  # how often the range of all others a stray value lies outside
DARK = 1 / 16  # of its scale: a picture that fills no more looks black, and was scaled otherwise


def to_8bit(values: Array, white: float | None = None) -> Array:
    """Return the values as uint8 of the same shape.

    white: the value that is white (0 is black), where the file tells; values outside widen the
    scale. Where it does not tell, and where all would be nearly black, the least value is black and
    the largest white, apart from stray ones and those that are not finite. NaN becomes black.
    """
    if values.dtype == np.uint8:
        return values
    exact = values.astype(np.float64)
    low, high = reach(exact)
    if white is not None and high > white * DARK:
        low, high = min(0.0, low), max(white, high)
    if high <= low:  # one colour all over: nothing tells how bright it is meant to be
        low, high = min(0.0, low), max(white or _scale_of(values), high)
    exact = np.nan_to_num(exact, nan=low, posinf=high, neginf=low)
    return ((exact.clip(low, high) - low) / (high - low) * 255).round().astype(np.uint8)


def reach(values: Array) -> tuple[float, float]:
    """Return the least and the largest value, stray ones and those that are not finite aside.

    One value in `STRAY` at either end, and one at least, is stray where it lies further from the
    rest than `APART` times their range. (0, 0) where no value is finite.
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 0.0
    low, high = float(finite.min()), float(finite.max())
    few = -(-finite.size // STRAY)
    if finite.size <= 2 * few:
        return low, high
    ends = np.partition(finite, (few, finite.size - 1 - few))
    inner = float(ends[few]), float(ends[-1 - few])
    span = APART * (inner[1] - inner[0])
    if span <= 0:  # a few bright ones on one ground are the picture
        return low, high
    return (
        inner[0] if low < inner[0] - span else low,
        inner[1] if high > inner[1] + span else high,
    )


def _scale_of(values: Array) -> float:
    return 65535.0 if values.dtype.kind in "iu" else 1.0
