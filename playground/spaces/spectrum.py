"""How much of a picture is coarse and how much is fine: its power by spatial frequency."""

from functools import lru_cache

import torch
from torch import Tensor


def band_power(x: Tensor) -> Tensor:
    """Return the mean power (bands,) float64 of (B,C,H,W) at 1, 2, ... min(H, W) // 2 waves a side.

    Averaged over pictures, channels and the rings |k| of round(length) in the plane of
    frequencies. Scaled so that standard noise has power 1 in every band; the mean is left out.
    """
    return band_powers(x[None])[0]


def band_powers(x: Tensor) -> Tensor:
    """Return the same of K batches (K,B,C,H,W) at once, (K,bands) float64."""
    half = torch.fft.rfft2(x.float(), norm="ortho")  # a real picture's other half mirrors this one
    parts = torch.view_as_real(half).flatten(1, 2).flatten(2)  # (K,B*C,H*(W//2+1)*2)
    squares = torch.einsum("kni,kni->ki", parts, parts)  # four times as fast as a norm over n
    power = squares.unflatten(1, (-1, 2)).sum(-1) / parts.shape[1]
    return power.double().cpu() @ _rings(*x.shape[-2:])


@lru_cache(maxsize=8)
def _rings(height: int, width: int) -> Tensor:
    """Return the weight of each frequency of rfft2 in each ring's mean: columns sum to 1."""
    down = torch.fft.fftfreq(height, 1 / height)
    across = torch.fft.rfftfreq(width, 1 / width)
    ring = torch.hypot(down[:, None], across[None]).round().long().flatten()
    twice = torch.where((across > 0) & (across < width / 2), 2.0, 1.0).double()  # and its mirror
    bands = torch.arange(1, min(height, width) // 2 + 1)
    weights = (ring[:, None] == bands) * twice.repeat(height)[:, None]
    return weights / weights.sum(0)
