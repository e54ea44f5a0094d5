"""What a network of few updates makes of 50 pictures: with and without the best linear guess.

For each kind of set, number of updates and recipe, the "2 minutes" preset with the updates as its
end (`--size 32`: about 145 are what a busy laptop makes in a minute):
- fine: rms of the finest diagonal differences of samples over that of the training pictures;
  right is 1, more is grain;
- grain: standard deviation of noise in a sample, in 255ths, by the median of the same differences
  (Donoho & Johnstone 1994); beside it that of the training pictures;
- Frechet distance to the training pictures in a classifier's 32 features, and that of others of
  the kind, where there is no training at all;
- error: rms of the guess of x0 of others of the kind, in 255ths, at some levels (angle in rad).
  `identity` is x itself, `linear` the best linear guess, which is the network before any training.

Counted in updates and processor time, so that other programs do not matter. Writes a picture of 16
samples each. Needs the test dependencies.
"""

import argparse
import math
import time
from pathlib import Path

import torch
from features import Classifier, frechet, trained
from kinds import KINDS, pictures_of
from torch import Tensor
from torch.nn import functional as F

import playground as pg
from playground.bundled import bundled_set
from playground.diffusion.levels import mix
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.process import prepare
from playground.spaces.images import contact_sheet
from playground.training import presets
from playground.training.data import invent

COUNT, CALLS = 50, 20
ANGLES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.2)
RECIPES = {"without": {"wiener": False}, "with": {"wiener": True}}
LEVELS = " ".join(f"{angle:>5}" for angle in ANGLES)
HEAD = f"{'set':10} {'updates':>7} {'recipe':9} {'fine':>5} {'grain':>11} {'Frechet':>9} {'s':>5}"


def differences(x: Tensor) -> Tensor:
    """The diagonal band of Haar's wavelets, of each picture, (N,C*H*W/4)."""
    return (
        (x[..., ::2, ::2] - x[..., 1::2, ::2] - x[..., ::2, 1::2] + x[..., 1::2, 1::2]) / 2
    ).flatten(1)


def fine(x: Tensor) -> float:
    """Root mean square of the finest differences."""
    return float(differences(x).square().mean().sqrt())


def grain(x: Tensor) -> float:
    """Mean standard deviation of noise, in 255ths."""
    return float(differences(x).abs().median(1).values.mean()) / 0.6745 * 127.5


def errors(denoiser: pg.Denoiser, x0: Tensor) -> list[float]:
    """Root mean square errors of the guess at ANGLES, in 255ths."""
    eps = torch.randn(x0.shape, generator=torch.Generator().manual_seed(0))
    made = []
    for angle in ANGLES:
        alpha, sigma = (torch.full((len(x0),), f(angle)) for f in (math.cos, math.sin))
        off = denoiser(mix(x0, eps, alpha, sigma), alpha, sigma) - x0
        made.append(float(off.square().mean().sqrt()) * 127.5)
    return made


def told(values: list[float]) -> str:
    """Numbers in columns."""
    return " ".join(f"{value:5.1f}" for value in values)


def judge_of(size: int, epochs: int) -> Classifier:
    """A classifier of the bundled emoji at this size."""
    data = bundled_set("emoji")
    x = F.interpolate(data.x, (size, size), mode="bilinear", antialias=True).clamp(-1, 1)
    return trained(pg.Dataset(x, data.labels, data.class_names), epochs)


def sampled(denoiser: pg.Denoiser, count: int) -> Tensor:
    """Samples as the page makes them by default."""
    frames = pg.sample(denoiser, SCHEDULE, SAMPLER, steps=CALLS, seeds=range(count))
    *_, last = frames
    return last.x.clamp(-1, 1)


def compare(kind: str, judge: Classifier, args: argparse.Namespace) -> None:
    """Print a line a recipe and number of updates for one kind."""
    x, others = (pictures_of(kind, COUNT, args.size, seed) for seed in (0, 1))
    held, real = others[:16], judge.features(x)
    identity = told([127.5 * math.tan(angle) for angle in ANGLES])
    floor = frechet(judge.features(others), real)
    print(f"{kind:10} {'':7} {'others':9} {fine(others) / fine(x):5.2f} {'':11} {floor:9.1f}")
    print(f"{kind:10} {'':7} {'identity':9} {'':33}| {identity}")
    share = invent.share(invent.AUTO, COUNT)
    for updates in args.updates:
        for name in args.recipes:
            settings = {"minutes": None, "steps": updates, "augment": share, **RECIPES[name]}
            config = presets.config("2 minutes", precision="float32", **settings)
            run = pg.TrainingRun(config, pg.Dataset(x))
            if name == "with" and updates == args.updates[0]:
                linear = told(errors(run.denoiser(), held))
                print(f"{kind:10} {0:7} {'linear':9} {'':33}| {linear}", flush=True)
            began = time.process_time()
            for _ in run.steps():
                pass
            took = time.process_time() - began
            y = sampled(run.denoiser(), args.samples)
            file = f"young-{kind.replace(' ', '-')}-{updates}-{name}.png"
            contact_sheet(y[:16], 16, scale=2).save(args.out / file)
            quality = f"{fine(y) / fine(x):5.2f} {grain(y):5.1f} ({grain(x):3.1f})"
            distance = frechet(judge.features(y), real)
            off = told(errors(run.denoiser(), held))
            print(
                f"{kind:10} {updates:7} {name:9} {quality} {distance:9.1f} {took:5.0f} | {off}",
                flush=True,
            )


def main() -> None:
    """Run every kind, number of updates and recipe that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=KINDS)
    parser.add_argument("--updates", nargs="*", type=int, default=[145, 290, 1000])
    parser.add_argument("--recipes", nargs="*", default=list(RECIPES), choices=list(RECIPES))
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="16x16, 145 updates, 64 samples")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    args = parser.parse_args()
    if args.quick:
        args.size, args.updates, args.samples = 16, [145], 64
    prepare()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    judge = judge_of(args.size, 5 if args.quick else 15)
    print(f"{HEAD} | {LEVELS}")
    for kind in args.kinds:
        compare(kind, judge, args)


if __name__ == "__main__":
    main()
