"""Order of convergence of every deterministic sampler, measured on Gaussian data.

There the probability flow is known in closed form. Prints a markdown table: how fast the error
falls with the number of steps, on grids that differ in what they hold a sampler to.

    python benchmarks/order.py [--steps 40 80 160 320 640]
"""

import argparse
import math
from collections.abc import Sequence

import torch
from torch import Tensor

import playground as pg
from playground.diffusion.levels import CLEAN, Level
from playground.diffusion.samplers import entry, names

MEAN = torch.tensor([0.4, -0.2, 0.0, 0.7], dtype=torch.float64)
STD = torch.tensor([0.2, 0.5, 0.8, 1.5], dtype=torch.float64)


class Gaussian:
    """The exact denoiser of data from N(MEAN, diag(STD^2))."""

    shape = tuple(MEAN.shape)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        a, s = alpha[:, None], sigma[:, None]
        return MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (x - a * MEAN)


def exact(x: Tensor, start: Level, end: Level) -> Tensor:
    """Where the probability flow takes x: to the same quantile at the other level."""
    before, after = ((at.alpha**2 * STD**2 + at.sigma**2).sqrt() for at in (start, end))
    return end.alpha * MEAN + (x - start.alpha * MEAN) * after / before


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


def error(sampler: pg.samplers.Sampler, grid: Sequence[Level]) -> float:
    """Root mean square distance to the closed form at the end of the grid."""
    count = 8
    x = torch.linspace(-2, 2, count, dtype=torch.float64)[:, None].expand(-1, len(MEAN))
    *_, end = pg.sample(Gaussian(), "cosine", sampler, x=x, seeds=range(count), grid=grid)
    return float((end.x - exact(x, grid[0], grid[-1])).square().mean().sqrt())


def slope(steps: Sequence[int], errors: Sequence[float]) -> float:
    """-d log(error) / d log(steps) by least squares."""
    n, e = torch.tensor(steps).double().log(), torch.tensor(errors).double().log()
    n = n - n.mean()
    return -float((n * e).sum() / (n * n).sum())


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
        found = [slope(steps, [error(sampler, grid(n)) for n in steps]) for grid in GRIDS]
        numbers = " | ".join(f"{f:.2f}" for f in found)
        print(f"| `{name}`{told} | {order} | {entry(name).calls} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
