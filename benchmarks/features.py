"""The feature space in which pictures are compared, and distances in it."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import playground as pg


class Classifier(nn.Module):
    """Three convolutions and 32 features."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *(nn.Conv2d(channels, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(4)),
            *(nn.Flatten(), nn.Dropout(0.3), nn.Linear(1024, 32)),
        )
        self.head = nn.Linear(32, classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(F.relu(self.body(x)))

    @torch.no_grad()
    def features(self, x: Tensor) -> Tensor:
        """The 32 features of each picture, (N,32)."""
        return self.body(x)


def trained(data: pg.Dataset, epochs: int) -> Classifier:
    """A classifier of this data, from a fixed seed."""
    torch.manual_seed(0)
    network = Classifier(data.shape[0], len(data.class_names))
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3)
    for _ in range(epochs):
        for pick in torch.randperm(len(data)).split(64):
            loss = F.cross_entropy(network(data.x[pick]), data.labels[pick])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network.eval()


def frechet(a: Tensor, b: Tensor) -> float:
    """Frechet distance of two sets of features (N,D) as Gaussians (Heusel et al. 2017, Eq. 6)."""
    a, b = a.double(), b.double()
    ca, cb = a.T.cov(), b.T.cov()
    # the trace of (ca cb)^(1/2) from the eigenvalues of the product, which are real and >= 0
    root = torch.linalg.eigvals(ca @ cb).real.clamp(min=0).sqrt().sum()
    return float((a.mean(0) - b.mean(0)).square().sum() + ca.trace() + cb.trace() - 2 * root)
