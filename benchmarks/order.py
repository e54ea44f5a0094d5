"""Order of convergence of every deterministic sampler, measured on Gaussian data.

There the probability flow is known in closed form. Prints a markdown table: how fast the error
falls with the number of steps, on grids that differ in what they hold a sampler to.

    python benchmarks/order.py [--steps 40 80 160 320 640]
"""

import argparse
import math
from collections.abc import Sequence

import torch

import playground as pg
from playground.diffusion.levels import CLEAN, Level
from playground.diffusion.samplers import entry, names
from playground.studio.order import error, slope


def by_ratio(ratio: float) -> Level:
    """The variance-preserving level of this sigma / alpha."""
    return Level(1 / math.hypot(1, ratio), ratio / math.hypot(1, ratio))


def angle(n: int) -> list[Level]:
    """From alpha = 0 to clean, uniform in the angle."""
    phis = [math.pi / 2 * (1 - i / n) for i in range(1, n)]
    return [Level(0.0, 1.0), *(Level(math.cos(p), math.sin(p)) for p in phis), CLEAN]


def log_snr(n: int) -> list[Level]:
    """From sigma / alpha = e^3 to e^-3, uniform in log-SNR."""
    return [by_ratio(math.exp(3 - 6 * i / n)) for i in range(n + 1)]


def eased(n: int) -> list[Level]:
    """The same with short first steps, while a multistep method has little to remember."""
    return [by_ratio(math.exp(3 - 6 * (i / n) ** 2)) for i in range(n + 1)]


def ratio(n: int) -> list[Level]:
    """From sigma / alpha = 8 to 0.2, uniform in it."""
    return [by_ratio(8 - 7.8 * i / n) for i in range(n + 1)]


def time(n: int) -> Sequence[Level]:
    """A schedule, uniform in its t: sigma falls as sqrt(t) there, too steep for the last step."""
    return pg.schedules.get("scaled_linear").grid(n)


GRIDS = (angle, log_snr, eased, ratio, time)


def claims() -> list[tuple[str, dict[str, object], int]]:
    """(sampler, knobs, claimed order): each choice of word, and each `order`, is a row."""
    rows: list[tuple[str, dict[str, object], int]] = []
    for name in names():
        about = entry(name)
        if about.order is None:
            continue
        if "order" in about.knobs:
            knob = about.knobs["order"]
            for order in range(int(knob.low), int(knob.high) + 1):
                rows.append((name, {"order": order}, about.order + order - knob.default))
        else:
            words = [(k, w) for k, knob in about.knobs.items() for w in knob.choices]
            rows += [(name, {k: w}, about.order) for k, w in words] or [(name, {}, about.order)]
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, nargs="+", default=[40, 80, 160, 320, 640])
    steps = parser.parse_args().steps
    torch.set_num_threads(1)
    print(f"| sampler | claimed | calls a step | {' | '.join(g.__name__ for g in GRIDS)} |")
    print("| --- " * (3 + len(GRIDS)) + "|")
    for name, knobs, order in claims():
        sampler = pg.samplers.get(name, **knobs)
        told = "".join(f", {k} {v}" for k, v in knobs.items())
        found = [slope(steps, [error(sampler, grid(n))[0] for n in steps]) for grid in GRIDS]
        numbers = " | ".join(f"{f:.2f}" for f in found)
        print(f"| `{name}`{told} | {order} | {entry(name).calls} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
