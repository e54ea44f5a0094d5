"""How good the shipped checkpoints are; prints the figures that stand on their cards.

A small classifier is trained on the pictures that the checkpoint was trained on. Its 32 features
are the space of the Frechet distance; for digits it also judges whether samples show the class that
was asked for. Held-out pictures are those that neither it nor the checkpoint has seen.
"""

import argparse

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import playground as pg
from playground.library import SHIPPED
from playground.sources import bundled
from playground.training.run import train_config

SAMPLES, STEPS, SAMPLER, SCHEDULE = 1000, 20, "dpmpp_2m", "cosine"


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


def copies(samples: Tensor, data: Tensor) -> float:
    """Share of samples nearer to a training picture than that is to its own nearest neighbour."""
    known = data.flatten(1)
    distance, nearest = torch.cdist(samples.flatten(1), known).min(1)
    own = torch.cdist(known, known).fill_diagonal_(torch.inf).min(1).values
    return float((distance < own[nearest]).float().mean())


def figures(name: str) -> dict[str, float]:
    """All figures of one shipped checkpoint."""
    checkpoint = pg.Checkpoint.load(SHIPPED / f"{name}.safetensors")
    data, config = bundled(name), train_config(checkpoint.recipe["train"])
    seen, held = data.split(config.held_out, config.seed)
    judge = trained(seen, 30)
    classes = len(data.class_names)
    cond = torch.arange(SAMPLES) * classes // SAMPLES
    made = []
    for part in torch.arange(SAMPLES).split(100):
        frames = pg.sample(
            checkpoint.build(), SCHEDULE, SAMPLER, steps=STEPS, seeds=part.tolist(), cond=cond[part]
        )
        *_, last = frames
        made.append(last.x)
    x = torch.cat(made)
    with torch.no_grad():
        right = judge(held.x).argmax(1) == held.labels
        asked = judge(x).argmax(1) == cond
        features = [judge.body(part) for part in (x, seen.x, held.x)]
    return {
        "classifier right on held-out real, %": 100 * float(right.float().mean()),
        "samples in the asked class, %": 100 * float(asked.float().mean()),
        "Frechet distance, samples to held-out": frechet(features[0], features[2]),
        "Frechet distance, real to held-out": frechet(features[1], features[2]),
        "copies among samples, %": 100 * copies(x, seen.x),
        "copies among held-out real, %": 100 * copies(held.x, seen.x),
        "held-out pictures": len(held),
    }


def main() -> None:
    """Print the figures of the named checkpoints."""
    torch.set_num_threads(1)  # sums of more threads differ, and with them the classifier
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=["digits", "emoji"])
    for name in parser.parse_args().names:
        print(f"{name}: {SAMPLES} samples, {STEPS} steps of {SAMPLER}, {SCHEDULE}, guidance 1")
        for what, value in figures(name).items():
            print(f"  {what:<42} {value:8.2f}")


if __name__ == "__main__":
    main()
