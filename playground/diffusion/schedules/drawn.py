"""The schedule that a person draws: log-SNRs at evenly spaced t, joined by a falling curve."""

from typing import Any

import torch
from torch import Tensor

from playground.diffusion.monotone import interpolate
from playground.diffusion.registry import knob
from playground.diffusion.schedules.base import register
from playground.diffusion.schedules.closed_form import from_log_snr
from playground.diffusion.spacings import Path

LEAST_FALL = 0.05  # of the log-SNR from one point to the next
POINTS = 9


def _point(k: int, log_snr: float) -> Any:
    return knob(log_snr, -15.0, 15.0, step=0.1, help=f"log-SNR at t = {k / (POINTS - 1):g}.")


def falling(points: Tensor) -> Tensor:
    """Lower each of the points (N,) that does not lie below the one before it."""
    slope = LEAST_FALL * torch.arange(len(points), dtype=points.dtype)
    return (points + slope).cummin(0).values - slope


@register("drawn", title="drawn by you", source="Kingma et al. 2021 (VDM): any falling log-SNR")
def drawn(
    *,
    p0: float = _point(0, 10.0),
    p1: float = _point(1, 3.2),
    p2: float = _point(2, 1.8),
    p3: float = _point(3, 0.8),
    p4: float = _point(4, 0.0),
    p5: float = _point(5, -0.8),
    p6: float = _point(6, -1.8),
    p7: float = _point(7, -3.2),
    p8: float = _point(8, -10.0),
) -> Path:
    """The log-SNR falls as you draw it.

    Between the points it is a monotone cubic (PCHIP, Fritsch & Butland 1984). A point that does not
    lie below the one before it is lowered by as much as it needs. alpha^2 + sigma^2 = 1, and t = 0
    itself is clean.

    Formula: log-SNR = falling curve through p0, ..., p8 at t = 0, 1/8, ..., 1.
    For: asking what a schedule is: any falling curve will do, and the same model samples with it.
    """
    points = torch.tensor([p0, p1, p2, p3, p4, p5, p6, p7, p8], dtype=torch.float64)
    x = torch.linspace(0, 1, POINTS, dtype=torch.float64)
    curve = falling(points)
    return lambda t: from_log_snr(interpolate(x, curve, t))
