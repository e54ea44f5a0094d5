"""What one update on points sees: as little chance as there can be, and no bias.

Data, noise and levels lie evenly over all that they could be, and what is to be predicted of a
noised point is the mean over all points of the batch that it may have come from. Pictures have too
many dimensions for either.
"""

from functools import lru_cache

import torch
from torch import Tensor

from playground.models.network import angles, unit_level
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.loop.batches import Batch, Batches

BITS = 10  # of a cell of the data along each axis


def batches_for(seen: Dataset, config: TrainConfig, classes: int) -> Batches:
    """Return what draws batches of these pictures, or points."""
    kind = PointBatches if len(seen.shape) == 1 else Batches
    return kind(seen, config, classes)


class PointBatches(Batches):
    """Draws batches of points as the config says."""

    def __init__(self, seen: Dataset, config: TrainConfig, classes: int) -> None:
        super().__init__(seen, config, classes)
        self.order = in_order(self.x, self.labels)

    def draw(self, generator: torch.Generator) -> Batch:
        """Draw the next batch; all that is random in it comes from the generator."""
        count, size = self.config.batch, self.x.shape[1]
        place, angle, hide, *noise = spread(count, 3 + size, generator).unbind(1)
        pick = self.order[(place * len(self.x)).long()]
        x0, phi = self.x[pick], angles(angle, self.schedule).float()
        cond = other = None
        if self.labels is not None:
            labels = self.labels[pick]
            cond = torch.where(hide < self.config.label_dropout, -1, labels)
            other = (cond[:, None] >= 0) & (cond[:, None] != labels)
        if self.noise is not None:  # in pairs, x may have come from its own datum alone
            return Batch(x0, cond, self.noise[pick], phi)
        eps = torch.special.ndtri(torch.stack(noise, 1).clamp(min=1e-9)).float()
        x0, eps = stable(x0, eps, phi, other)
        return Batch(x0, cond, eps, phi)


def spread(count: int, dimensions: int, generator: torch.Generator) -> Tensor:
    """Return numbers (count,dimensions) in [0, 1) float64: each uniform, together even.

    Sobol's points, all moved by the same random shift. Source: Cranley & Patterson 1976.
    """
    shift = torch.rand(dimensions, generator=generator, dtype=torch.float64)
    return (_sobol(count, dimensions) + shift) % 1


@lru_cache(maxsize=8)
def _sobol(count: int, dimensions: int) -> Tensor:
    return torch.quasirandom.SobolEngine(dimensions).draw(count, dtype=torch.float64)


def in_order(x: Tensor, labels: Tensor | None) -> Tensor:
    """Return the places (N,) of x (N,D), class by class, neighbours mostly near one another.

    By the bits of their ranks along the axes in turn. Source: Morton 1966.
    """
    count, size = x.shape
    cell = x.argsort(0).argsort(0) * 2**BITS // count
    code = torch.zeros(count, dtype=torch.int64) if labels is None else labels << BITS * size
    for bit in range(BITS):
        for axis in range(size):
            code = code | (cell[:, axis] >> bit & 1) << (bit * size + axis)
    return code.argsort()


def stable(
    x0: Tensor, eps: Tensor, phi: Tensor, other: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Return the means (B,D) of all x0 and eps that may be in the same x, for each pair.

    Each x may have come from any datum of the batch, but for those that other (B,B) excludes, as
    likely as the noise would be. Given x, its own datum is a draw of what it came from and the rest
    are draws of the data, so that the expectation of the mean is E[x0 | x], exactly: it is what
    iterated sampling importance resampling keeps invariant.
    Source: Xu, Tong & Jaakkola 2023 (Stable Target Field), Sec. 3.
    """
    alpha, sigma = (part[:, None] for part in unit_level(phi))
    # float64, as near clean the parts of |x - alpha x0|^2 / (2 sigma^2) are large; |x|^2 cancels
    x, data, sharp = (part.double() for part in (alpha * x0 + sigma * eps, x0, alpha / sigma**2))
    norms = data.square().sum(1, keepdim=True)
    logits = torch.cat([sharp * x, sharp * alpha / -2], 1) @ torch.cat([data, norms], 1).T
    if other is not None:
        logits = logits.masked_fill(other, -torch.inf)
    mean = (logits.softmax(1) @ data).float()
    return mean, eps + alpha * (x0 - mean) / sigma
