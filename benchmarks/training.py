"""Training speed beside other projects' networks: images/s at 32x32x3, batch 64, two threads.

Every contestant does whole updates: forward, backward, optimizer, average of the weights. Ours is
`TrainingRun` as it trains for people; the others get fused AdamW and an EMA by one fused call. All
run in turn, round after round, so that a machine that drifts drifts for all; the median counts.
Each is measured in float32 and in bfloat16 autocast. Needs what peers.py names.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import torch
from peers import PEERS, Loss
from torch import nn

import playground as pg
from playground.process import prepare

BATCH, SHAPE = 64, (3, 32, 32)
WIDTHS, BLOCKS = (48, 64, 96), (1, 1, 2)  # 2.6M parameters, as the others
Update = Callable[[], object]


def theirs(network: nn.Module, loss: Loss, data: torch.Tensor, precision: torch.dtype) -> Update:
    """One update as these projects do it, at its best: fused, channels_last."""
    network.to(memory_format=torch.channels_last)
    weights = list(network.parameters())
    average = [w.detach().clone() for w in weights]
    optimizer = torch.optim.AdamW(weights, lr=1e-4, fused=True)

    def update() -> None:
        x0 = data[torch.randint(len(data), (BATCH,))].contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == torch.bfloat16):
            value = loss(x0)
        value.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        torch._foreach_lerp_(average, [w.detach() for w in weights], 0.005)

    return update


def ours(data: torch.Tensor, precision: torch.dtype) -> tuple[int, Update]:
    """One update of a run, and the number of its parameters."""
    name = {torch.float32: "float32", torch.bfloat16: "bfloat16"}[precision]
    config = pg.TrainConfig(widths=WIDTHS, blocks=BLOCKS, batch=BATCH, precision=name)
    run = pg.TrainingRun(config, pg.Dataset(data))
    steps = run.steps()
    return sum(w.numel() for w in run.network.parameters()), lambda: next(steps)


def contestants(precision: torch.dtype) -> dict[str, tuple[int, Update]]:
    """Name -> number of parameters, update."""
    torch.manual_seed(0)
    data = torch.rand(512, *SHAPE) * 2 - 1
    found = {"playground": ours(data, precision)}
    for name, make in PEERS.items():
        network, loss = make(SHAPE[0], SHAPE[1])
        count = sum(w.numel() for w in network.parameters())
        found[name] = count, theirs(network, loss, data, precision)
    return found


def speeds(updates: dict[str, Update], rounds: int, seconds: float) -> dict[str, float]:
    """Median images/s of each, measured in turn."""
    for update in updates.values():
        for _ in range(3):  # the first also prepare kernels
            update()
    taken: dict[str, list[float]] = {name: [] for name in updates}
    for _ in range(rounds):
        for name, update in updates.items():
            began, count = time.perf_counter(), 0
            while time.perf_counter() - began < seconds:
                update()
                count += 1
            taken[name].append(BATCH * count / (time.perf_counter() - began))
    return {name: statistics.median(values) for name, values in taken.items()}


def main() -> None:
    """Measure in both precisions and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    args = parser.parse_args()
    prepare()  # for all alike, as a trainer does
    torch.set_num_threads(args.threads)
    for precision in (torch.float32, torch.bfloat16):
        found = contestants(precision)
        measured = speeds({n: u for n, (_, u) in found.items()}, args.rounds, args.seconds)
        best = max(speed for name, speed in measured.items() if name in PEERS)
        print(f"{precision}, batch {BATCH}, {SHAPE}, {args.threads} threads")
        for name, speed in measured.items():
            print(f"  {name:32} {found[name][0] / 1e6:5.2f}M  {speed:7.1f} images/s")
        print(f"  playground / fastest of the others: {measured['playground'] / best:.2f}x")


if __name__ == "__main__":
    main()
