"""Which moments of a run are kept as models: few, evenly spread in the logarithm of the step."""

import math
from collections.abc import Sequence

MOST = 24
APART = 1.15  # at least this factor between the steps of two


def is_due(step: int, kept: Sequence[int]) -> bool:
    """Return whether the step lies far enough from the newest that is kept."""
    return not kept or step >= APART * max(kept)


def to_drop(kept: Sequence[int], most: int = MOST) -> list[int]:
    """Return the steps to drop so that `most` are left, evenly; never the first or the last."""
    left, dropped = sorted(kept), []
    while len(left) > max(2, most):
        gaps = [math.log(left[i + 1] / left[i - 1]) for i in range(1, len(left) - 1)]
        dropped.append(left.pop(1 + gaps.index(min(gaps))))
    return dropped
