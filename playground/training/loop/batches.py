"""What one update sees: pictures, classes, noise and angles, all drawn from one generator."""

from typing import NamedTuple

import torch
from torch import Tensor

from playground.models.network import draw_noise
from playground.training.config import TrainConfig
from playground.training.data.augment import augment
from playground.training.data.dataset import Dataset


class Batch(NamedTuple):
    """B noisy pictures or points, before they are mixed; the arguments of prediction_loss."""

    x0: Tensor  # (B,*S)
    cond: Tensor | None  # (B,) int64, -1 where the class is hidden
    eps: Tensor  # (B,*S)
    phi: Tensor  # (B,) in [0, pi/2]
    told: Tensor | None = None  # (B,3) how each picture was changed, by augment

    def part(self, rows: slice, device: torch.device) -> "Batch":
        """Return these pictures of it, on a device."""
        return Batch(*[None if t is None else t[rows].to(device) for t in self])  # type: ignore[arg-type]


class Batches:
    """Draws batches from a dataset as the config says."""

    def __init__(self, seen: Dataset, config: TrainConfig, classes: int) -> None:
        self.config, self.x, self.noise = config, seen.x, seen.noise
        self.labels = seen.labels if classes else None
        self.schedule = config.levels()

    def draw(self, generator: torch.Generator) -> Batch:
        """Draw the next batch; all that is random in it comes from the generator."""
        count, g = self.config.batch, generator
        pick = torch.randint(len(self.x), (count,), generator=g)
        mirror = torch.rand(count, generator=g) < 0.5 if self.config.flip else None
        cond = None
        if self.labels is not None:
            hidden = torch.rand(count, generator=g) < self.config.label_dropout
            cond = torch.where(hidden, -1, self.labels[pick])
        eps, phi = draw_noise((count, *self.x.shape[1:]), g, self.schedule)
        eps = eps if self.noise is None else self.noise[pick]
        x0 = self.x[pick]
        if mirror is not None:
            x0 = torch.where(mirror[:, None, None, None], x0.flip(-1), x0)
        if not self.config.augment:
            return Batch(x0, cond, eps, phi)
        x0, told = augment(x0, self.config.augment, g)
        return Batch(x0, cond, eps, phi, told)
