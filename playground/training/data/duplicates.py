"""Pictures that look nearly the same: kept, since a burst is no mistake, but told."""

import torch
from torch import Tensor
from torch.nn import functional as F

SIDE = 8
# Root mean square difference of 8x8 copies, of a range of 2. The same photograph compressed or
# resized again differs by under 0.01; of 1,674 emoji 4 differ by less than this, of 1,797 digits
# none, while a difference hash calls most of those digits the same.
NEAR = 0.02
ROWS = 512


def duplicates(x: Tensor, near: float = NEAR) -> Tensor:
    """Return which of (N,C,H,W) in [-1, 1] look nearly the same as another of them; (N,) bool."""
    small = F.adaptive_avg_pool2d(x, SIDE).flatten(1)
    small = small - small.mean(0)  # smaller numbers lose less in the subtraction below
    norms = small.square().sum(1)
    found = torch.zeros(len(x), dtype=torch.bool)
    for start in range(0, len(x), ROWS):  # each pair once: rows against those from here on
        rows, others = small[start : start + ROWS], small[start:]
        distance = torch.addmm(norms[start:], rows, others.T, alpha=-2)
        distance += norms[start : start + ROWS, None]
        pairs = (distance < small.shape[1] * near**2).triu(1)
        found[start : start + ROWS] |= pairs.any(1)
        found[start:] |= pairs.any(0)
    return found
