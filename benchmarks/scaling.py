"""Training on one process and on two, side by side: images/s, one thread each, and a reckoning on.

Each row is `TrainingRun` under torchrun as `playground train` runs it, by the wall clock. The rows
take turns, round after round, so that a machine that drifts drifts for all; the median counts. The
batch is once the same for all processes together and once the same for each. What one update is
made of is measured beside it, and reckoned on to more processes: forward and backward share the
batch, the rest does not; exchanging gradients is taken to hide behind nothing, and to cost
2 (N - 1) / N times their size on a wire as fast as the one here. Needs as many idle cores as
processes; takes 3 minutes at most.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist

import playground as pg
from playground.machine import fastest_precision
from playground.models.network import loss_weight, prediction_loss
from playground.training.distributed import parallel
from playground.training.optim.ema import follow

SHAPE, BATCH = (3, 32, 32), 64
ROWS = ((1, BATCH), (2, BATCH), (2, 2 * BATCH))  # processes, batch of all together
FURTHER = (4, 8, 16)


def measure(batch: int, precision: str, seconds: float) -> None:
    """One process of a row: trains, and the first one prints what it found as JSON."""
    torch.set_num_threads(1)
    g = torch.Generator().manual_seed(0)
    data = pg.Dataset(torch.rand(512, *SHAPE, generator=g) * 2 - 1)
    with parallel.joined() as world:
        run = pg.TrainingRun(pg.TrainConfig(batch=batch, precision=precision), data, world=world)
        steps = run.steps()
        for _ in range(3):  # the first ones also prepare kernels
            next(steps)
        world.highest(0)  # all at once
        began, count = time.perf_counter(), 0
        while not world.highest(int(time.perf_counter() - began > seconds)):
            next(steps)
            count += 1
        found: dict[str, Any] = {"speed": batch * count / (time.perf_counter() - began)}
        weights = sum(w.numel() for w in run.network.parameters())
        if world.size == 1:
            found["parts"] = parts(run) | {"megabytes": 4 * weights / 1e6}
        else:
            found["exchange"] = median_time(lambda held=torch.zeros(weights): dist.all_reduce(held))
        if world.is_main:
            print(json.dumps(found))


def median_time(do: Any, count: int = 5) -> float:
    """Seconds that it takes, by the median."""
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        do()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def parts(run: pg.TrainingRun) -> dict[str, float]:
    """Seconds of what one update is made of, on one process."""
    batch = run.batches.draw(run.generator)

    def learn() -> None:
        enabled = run.config.precision == "bfloat16"
        with torch.autocast("cpu", torch.bfloat16, enabled=enabled):
            losses, phi = prediction_loss(run.network, *batch)
        (losses * loss_weight(phi)).mean().backward()

    def update() -> None:
        torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
        for optimizer in run.optimizers.peaks:  # the gradients stay, to do it again
            optimizer.step()
        follow(run.ema, run.network, run.step, run.config.ema)

    draw = median_time(lambda: run.batches.draw(run.generator))
    return {"draw": draw, "learn": median_time(learn), "update": median_time(update)}


def launch(processes: int, batch: int, precision: str, seconds: float) -> dict[str, Any]:
    """One row in processes of its own, through torchrun."""
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    options = ["--worker", f"--batch={batch}", f"--precision={precision}", f"--seconds={seconds}"]
    command = [*torchrun, f"--nproc-per-node={processes}", __file__, *options]
    path = os.pathsep.join([str(Path(__file__).resolve().parents[1]), *sys.path])
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(told.stdout.splitlines()[-1]))


def table(found: dict[tuple[int, int], list[dict[str, Any]]]) -> str:
    """What was measured, and what follows from it, in Markdown."""
    speed = {row: statistics.median(r["speed"] for r in told) for row, told in found.items()}
    one = speed[ROWS[0]]
    lines = [
        "| processes | batch | images/s | to one process | of the ideal |",
        "|---|---|---|---|---|",
    ]
    for (processes, batch), value in speed.items():
        ratio = value / one
        lines.append(
            f"| {processes} | {batch} | {value:.0f} | {ratio:.2f}x | {ratio / processes:.0%} |"
        )
    each = [told["parts"] for told in found[ROWS[0]]]
    part = {name: statistics.median(p[name] for p in each) for name in each[0]}
    exchange = statistics.median(r["exchange"] for row in ROWS[1:] for r in found[row])
    rest = part["draw"] + part["update"]
    lines += [
        "",
        f"One update at batch {BATCH}: {1e3 * part['learn']:.0f} ms forward and backward, which "
        f"processes share; {1e3 * part['draw']:.0f} ms to draw the batch and "
        f"{1e3 * part['update']:.0f} ms to move weights and average, which each does; and "
        f"{1e3 * exchange:.0f} ms for {part['megabytes']:.1f} MB of gradients between two.",
        "",
        "| processes, reckoned | batch of 64 together | batch of 64 each |",
        "|---|---|---|",
    ]
    whole = part["learn"] + rest
    for n in (2, *FURTHER):
        wire = exchange * 2 * (n - 1) / n
        together = whole / (part["learn"] / n + rest + wire)
        apart = n * whole / (whole + wire)
        lines.append(f"| {n} | {together:.1f}x | {apart:.1f}x |")
    return "\n".join(lines)


def main() -> None:
    """Measure all rows in turn and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--batch", type=int, default=BATCH, help=argparse.SUPPRESS)
    parser.add_argument("--precision", default="", help="float32 or bfloat16; else the faster one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=7.0)
    args = parser.parse_args()
    if args.worker:
        measure(args.batch, args.precision, args.seconds)
        return
    precision = args.precision or fastest_precision()
    found: dict[tuple[int, int], list[dict[str, Any]]] = {row: [] for row in ROWS}
    for _ in range(args.rounds):
        for row in ROWS:
            found[row].append(launch(*row, precision, args.seconds))
    print(f"{SHAPE}, {precision}, one thread a process\n\n{table(found)}")


if __name__ == "__main__":
    main()
