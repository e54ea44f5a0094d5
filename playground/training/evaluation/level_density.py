"""Where the noise levels of training lie: their density over log-SNR, and shares by noise band."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.diffusion.schedules import Schedule
from playground.models.network import angles
from playground.models.unet import LOG_SNR_LIMIT
from playground.training.evaluation.probe import BANDS

DRAWS = 20_000  # at the middles of as many equal parts of [0, 1]
BINS = 96  # of equal width, from the cleanest that the network tells apart to the noisiest


@dataclass(frozen=True)
class LevelDensity:
    """How often training draws which level, with t uniform."""

    density: tuple[float, ...]  # per unit of log-SNR in each bin; its ends hold what lies beyond
    shares: tuple[float, ...]  # of each noise band of `probe`, the cleanest first
    cleanest: float  # log-SNR
    noisiest: float


def level_density(schedule: Schedule | None) -> LevelDensity:
    """Find out how often training meets the levels of a schedule, or even angles without one."""
    phi = angles((torch.arange(DRAWS, dtype=torch.float64) + 0.5) / DRAWS, schedule)
    log_snr = -2 * phi.tan().log()
    low, high = -LOG_SNR_LIMIT, LOG_SNR_LIMIT
    counts = torch.histc(log_snr.clamp(low, high), BINS, low, high).flip(0)
    width = (high - low) / BINS
    return LevelDensity(
        tuple((counts / DRAWS / width).tolist()),
        tuple((_by_band(phi) / DRAWS).tolist()),
        float(log_snr.max()),
        float(log_snr.min()),
    )


def _by_band(phi: Tensor) -> Tensor:
    band = (phi / (math.pi / 2) * BANDS).long().clamp(max=BANDS - 1)
    return torch.bincount(band, minlength=BANDS)
