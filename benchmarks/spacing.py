"""Where a sampler's levels should lie: the table of the spacing `optimised`, and whether it pays.

What is minimised: the sum over the steps of the error that each step of DDIM makes in the finished
picture. It is measured on the shipped networks. Along trajectories of small steps, the reference,
SPAN small steps are made as one at every log-SNR and the rest again by small steps; e is how far
the finished pictures are apart. A step of first order errs by g h^2 for a length h, so g = e / h^2,
and for a number of steps the sum of g h^2 is least where all err alike: h proportional to g^(-1/2).
The share of steps spent up to a log-SNR is thus the integral of e^(1/2) up to it. Equal errors are
the rule of Williams et al. 2024, and the aim is that of Sabour et al. 2024 (Align Your Steps), with
the error itself in place of a bound. What the networks themselves get wrong is in no such error.
"""

import argparse
import time

import numpy as np
import torch
from features import frechet, trained

import playground as pg
from checkpoints import SHIPPED, bundled_set, train_config
from playground.diffusion import spacings
from playground.diffusion.levels import CLEAN, Level
from playground.diffusion.schedules.closed_form import from_log_snr

FINE, SPAN, POINTS = 48, 2, 17  # small steps, of which one large one has so many; table entries
SAMPLES = 150
PATHS = ("cosine:optimised", "cosine:karras", "cosine:uniform", "cosine:log_snr", "edm:uniform")


def errors(name: str, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-SNRs (K,), and the error in the finished picture of a large step from each (K,)."""
    model = pg.Checkpoint.load(SHIPPED / f"{name}.safetensors").build()
    classes = len(bundled_set(name).class_names)
    log_snr = torch.linspace(spacings.NOISIEST, spacings.CLEANEST, FINE + 1, dtype=torch.float64)
    alpha, sigma = from_log_snr(log_snr)
    grid = [*map(Level, alpha.tolist(), sigma.tolist()), CLEAN]
    common = {"seeds": range(count), "cond": torch.arange(count) % classes}

    def walk(x: torch.Tensor | None, levels: list[Level]) -> list[torch.Tensor]:
        return [f.x for f in pg.sample(model, "cosine", "ddim", x=x, grid=levels, **common)]

    reference = walk(None, grid)
    found = []
    for k in range(FINE - SPAN + 1):
        (_, leapt) = walk(reference[k], [grid[k], grid[k + SPAN]])
        end = walk(leapt, grid[k + SPAN :])[-1]
        found.append(float((end - reference[-1]).square().mean().sqrt()))
    middle = (log_snr[: FINE - SPAN + 1] + log_snr[SPAN:]) / 2
    return middle, torch.tensor(found, dtype=torch.float64)


def table(names: list[str], count: int) -> list[float]:
    """The log-SNRs at which 0/16, 1/16, ..., 16/16 of the steps are spent, for all these models."""
    shares = 0
    for name in names:
        log_snr, e = errors(name, count)
        print(f"{name}: error of a step of {SPAN}/{FINE}", [f"{v:.1e}" for v in e[::4].tolist()])
        share = e.sqrt().cumsum(0)
        shares = shares + share / share[-1] / len(names)
    ends = [spacings.NOISIEST, spacings.CLEANEST]
    known = torch.cat([torch.tensor(ends[:1]), log_snr, torch.tensor(ends[1:])]).numpy()
    spent = torch.cat([torch.zeros(1), shares, torch.ones(1)]).numpy()
    return [float(v) for v in np.interp(np.linspace(0, 1, POINTS), spent, known)]


def quality(paths: list[str], samplers: list[str], calls: list[int], samples: int) -> None:
    """Print the Frechet distance of the emoji model's samples to held-out emoji, per spacing."""
    checkpoint = pg.Checkpoint.load(SHIPPED / "emoji.safetensors")
    data, config = bundled_set("emoji"), train_config(checkpoint.recipe["train"])
    seen, held = data.split(config.held_out, config.seed)
    judge, model = trained(seen, 30), checkpoint.build()
    cond = torch.arange(samples) * len(data.class_names) // samples
    real = judge.features(held.x)
    print(f"\n| levels | {' | '.join(f'{s}, {n} calls' for s in samplers for n in calls)} |")
    print("| --- |" + " --- |" * len(samplers) * len(calls))
    for schedule, _, spacing in (path.partition(":") for path in paths):
        path = pg.schedules.get(schedule, spacing=spacing)
        row = []
        for sampler in samplers:
            for steps in calls:
                made = []
                for part in torch.arange(samples).split(100):
                    about = {"seeds": part.tolist(), "cond": cond[part]}
                    *_, last = pg.sample(model, path, sampler, steps=steps, **about)
                    made.append(last.x)
                row.append(f"{frechet(judge.features(torch.cat(made)), real):.1f}")
        print(f"| `{schedule}`, `{spacing}` | {' | '.join(row)} |", flush=True)


def main() -> None:
    """Print the table, then how good samples are."""
    torch.set_num_threads(1)  # sums of more threads differ, and with them the classifier
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paths", nargs="+", default=PATHS, help="schedule:spacing")
    parser.add_argument("--samplers", nargs="+", default=["ddim", "dpmpp_2m"])
    parser.add_argument("--calls", nargs="+", type=int, default=[8, 12])
    parser.add_argument("--trajectories", type=int, default=8)
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--only", choices=("table", "quality"))
    args = parser.parse_args()
    start = time.perf_counter()
    if args.only != "quality":
        found = table(["emoji", "digits"], args.trajectories)
        print("OPTIMISED = (" + ", ".join(f"{v:.2f}" for v in found) + ")")
        print(f"{time.perf_counter() - start:.0f} s", flush=True)
    if args.only != "table":
        quality(args.paths, args.samplers, args.calls, args.samples)


if __name__ == "__main__":
    main()
