"""A judge of samples: a small classifier of the training pictures, trained in seconds.

It has nothing of the model that it judges. Its accuracy on pictures that it has not seen says how
far its word can be trusted.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from playground.errors import InputError
from playground.training.data.dataset import Dataset

HELD_OUT, BATCH, EPOCHS, MOST = 0.1, 64, 10, 300  # MOST: updates, however many pictures
FEATURES = 32


class Judge(nn.Module):
    """Three convolutions, 32 features and a class for each; x (B,C,H,W) -> logits (B,classes)."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *(nn.Conv2d(channels, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(4)),
            *(nn.Flatten(), nn.Linear(1024, FEATURES)),
        )
        self.head = nn.Linear(FEATURES, classes)
        self.accuracy = 0.0  # the share of held-out pictures that it gets right

    def forward(self, x: Tensor) -> Tensor:
        return self.head(F.relu(self.body(x)))

    @torch.no_grad()
    def share(self, x: Tensor, kind: int) -> float:
        """Return the share of x (B,C,H,W) that it takes for this class."""
        return float((self(x).argmax(1) == kind).float().mean())

    @torch.no_grad()
    def spread(self, x: Tensor) -> float:
        """Return the mean distance between two of x (B,C,H,W), B >= 2, in its features."""
        return float(torch.pdist(self.body(x)).mean())


def training(data: Dataset) -> Iterator[tuple[float, Judge]]:
    """Train a judge, always alike: the share of the work done so far, and the judge as it is.

    InputError for pictures without classes.
    """
    if data.labels is None:
        raise InputError("The model's pictures have no classes; choose a model that has.")
    seen, held = data.split(HELD_OUT if len(data) >= 50 else 0.0, seed=0)
    generator = torch.Generator().manual_seed(0)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(0)
        judge = Judge(data.shape[0], len(data.class_names))
    optimizer = torch.optim.AdamW(judge.parameters(), 1e-3)
    updates = min(MOST, EPOCHS * -(-len(seen) // BATCH))
    order: list[Tensor] = []
    for done in range(1, updates + 1):
        order = order or list(torch.randperm(len(seen), generator=generator).split(BATCH))
        _update(judge, optimizer, seen, order.pop())
        yield done / (updates + 1), judge
    judge.eval().requires_grad_(False)
    asked = held if len(held) else seen
    judge.accuracy = float((judge(asked.x).argmax(1) == asked.labels).float().mean())
    yield 1.0, judge


def _update(judge: Judge, optimizer: torch.optim.Optimizer, data: Dataset, pick: Tensor) -> None:
    assert data.labels is not None
    loss = F.cross_entropy(judge(data.x[pick]), data.labels[pick])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
