"""A smooth curve through points that never turns where they do not."""

import torch
from torch import Tensor


def interpolate(x: Tensor, y: Tensor, at: Tensor) -> Tensor:
    """Interpolate (x, y), each (N,) with x rising and N >= 3, by cubic Hermite pieces at any `at`.

    The slopes are those of Fritsch & Butland 1984 (PCHIP), so it is monotone wherever y is. What
    lies outside x is given the value of the end.
    """
    h = x.diff()
    rise = y.diff() / h
    before, after = rise[:-1], rise[1:]
    w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    inner = torch.where(before * after > 0, (w1 + w2) / (w1 / before + w2 / after), 0.0)
    first = _end(h[0], h[1], rise[0], rise[1])
    last = _end(h[-1], h[-2], rise[-1], rise[-2])
    slope = torch.cat([first[None], inner, last[None]])

    at = at.clamp(x[0], x[-1])
    k = (torch.searchsorted(x, at.contiguous(), right=True) - 1).clamp(0, len(h) - 1)
    u = (at - x[k]) / h[k]
    v = 1 - u
    ends = v * v * (1 + 2 * u) * y[k] + u * u * (1 + 2 * v) * y[k + 1]
    return ends + h[k] * u * v * (v * slope[k] - u * slope[k + 1])


def _end(h0: Tensor, h1: Tensor, rise0: Tensor, rise1: Tensor) -> Tensor:
    """Return the slope at an end: a parabola's through three points, kept from overshooting."""
    slope = ((2 * h0 + h1) * rise0 - h0 * rise1) / (h0 + h1)
    if slope * rise0 <= 0:
        return torch.zeros_like(slope)
    return 3 * rise0 if rise0 * rise1 < 0 and slope.abs() > 3 * rise0.abs() else slope
