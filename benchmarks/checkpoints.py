"""How good the shipped checkpoints are; prints the figures that stand on their cards.

A small classifier is trained on the pictures that the checkpoint was trained on. Its 32 features
are the space of the Frechet distance; for digits it also judges whether samples show the class that
was asked for. Held-out pictures are those that neither it nor the checkpoint has seen.
"""

import argparse

import torch
from features import frechet, trained
from torch import Tensor

import playground as pg
from playground.bundled import bundled_set
from playground.library import SHIPPED
from playground.training.config import train_config

SAMPLES, STEPS, SAMPLER = 1000, 20, "dpmpp_2m"


def copies(samples: Tensor, data: Tensor) -> float:
    """Share of samples nearer to a training picture than that is to its own nearest neighbour."""
    known = data.flatten(1)
    distance, nearest = torch.cdist(samples.flatten(1), known).min(1)
    own = torch.cdist(known, known).fill_diagonal_(torch.inf).min(1).values
    return float((distance < own[nearest]).float().mean())


def figures(name: str, schedule: str) -> dict[str, float]:
    """All figures of one shipped checkpoint."""
    checkpoint = pg.Checkpoint.load(SHIPPED / f"{name}.safetensors")
    data, config = bundled_set(name), train_config(checkpoint.recipe["train"])
    seen, held = data.split(config.held_out, config.seed)
    judge = trained(seen, 30)
    classes = len(data.class_names)
    cond = torch.arange(SAMPLES) * classes // SAMPLES
    made = []
    for part in torch.arange(SAMPLES).split(100):
        frames = pg.sample(
            checkpoint.build(), schedule, SAMPLER, steps=STEPS, seeds=part.tolist(), cond=cond[part]
        )
        *_, last = frames
        made.append(last.x)
    x = torch.cat(made)
    with torch.no_grad():
        right = judge(held.x).argmax(1) == held.labels
        asked = judge(x).argmax(1) == cond
        features = [judge.features(part) for part in (x, seen.x, held.x)]
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
    parser.add_argument("--schedule", default="edm")
    args = parser.parse_args()
    for name in args.names:
        about = f"{STEPS} steps of {SAMPLER}, {args.schedule}, guidance 1"
        print(f"{name}: {SAMPLES} samples, {about}", flush=True)
        for what, value in figures(name, args.schedule).items():
            print(f"  {what:<42} {value:8.2f}")


if __name__ == "__main__":
    main()
