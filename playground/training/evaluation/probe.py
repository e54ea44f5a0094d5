"""The loss by noise band, on pictures, noise and levels that stay the same."""

import math

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.levels import Level, mix, v_from_x0
from playground.diffusion.sample import generators, standard_noise
from playground.training.data.dataset import Dataset

BANDS = 5  # of equal width in the angle phi, from clean to pure noise
LEVELS = tuple(
    Level(math.cos(phi), math.sin(phi))
    for phi in ((band + 0.5) * math.pi / 2 / BANDS for band in range(BANDS))
)
MOST = 32  # pictures: with noise and levels fixed, a few tell the trend, in half a second
ENOUGH = 50  # pictures from which some are held out
SHARE = 0.1


def held_out_share(pictures: int) -> float:
    """Return the share of so many pictures to hold out: a tenth, of few pictures none."""
    return SHARE if pictures >= ENOUGH else 0.0


class Probe:
    """Measures a denoiser on the same pictures, noise and levels every time.

    The loss of a training step mostly tells which pictures and levels were drawn. Here only the
    network changes, so that a change of the number is a change of the network.
    """

    def __init__(self, dataset: Dataset, classes: int = 0, most: int = MOST) -> None:
        self.x0 = dataset.x[:most].clone()
        labelled = classes and dataset.labels is not None
        self.cond: Tensor | None = dataset.labels[:most] if labelled else None  # type: ignore[index]
        self.eps = standard_noise(generators(range(len(self.x0))), dataset.shape)

    @torch.no_grad()
    def losses(self, denoiser: Denoiser) -> list[float]:
        """Return the mean squared error of v at each of `LEVELS`, the cleanest first."""
        return [self._loss(denoiser, level) for level in LEVELS]

    def _loss(self, denoiser: Denoiser, level: Level) -> float:
        x = mix(self.x0, self.eps, *level)
        alpha, sigma = (torch.full((len(x),), value) for value in level)
        guess = denoiser(x, alpha, sigma, self.cond)
        error = v_from_x0(x, guess, *level) - v_from_x0(x, self.x0, *level)
        return float(error.square().mean())
