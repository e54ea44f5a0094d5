"""Do the stochastic samplers draw from the right distribution? 20,000 samples of each.

The data is a mixture of three Gaussians in the plane, whose posterior mean, mean and covariance are
known in closed form, so that nothing is left to err but the sampler. Consistency is asked with the
flow itself, which is what a consistency model learns, and with the posterior mean.
"""

import argparse
import math
from typing import Any

import torch
from torch import Tensor

import playground as pg
from playground.diffusion.levels import Level
from playground.diffusion.samplers.base import Denoise

WEIGHTS = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
MEANS = torch.tensor([[0.6, 0.4], [-0.7, 0.2], [0.1, -0.8]], dtype=torch.float64)
COVARIANCES = torch.tensor(
    [[[0.05, 0.03], [0.03, 0.04]], [[0.02, 0.0], [0.0, 0.08]], [[0.04, -0.02], [-0.02, 0.03]]],
    dtype=torch.float64,
)
MEAN = WEIGHTS @ MEANS
COVARIANCE = torch.einsum(
    "k,kij->ij", WEIGHTS, COVARIANCES + MEANS[:, :, None] * MEANS[:, None, :]
) - torch.outer(MEAN, MEAN)

RUNS: list[tuple[str, dict[str, Any]]] = [
    ("ddim", {"eta": 0.5}),
    ("ddpm", {}),
    ("euler_ancestral", {}),
    ("dpmpp_2s_ancestral", {}),
    ("dpmpp_sde", {}),
    ("dpmpp_2m_sde", {}),
    ("dpmpp_2m_sde", {"solver": "heun"}),
    ("dpmpp_3m_sde", {}),
    ("dpmpp_3m_sde", {"curvature": "exact"}),
    ("sa_solver", {}),
    ("sa_solver", {"weights": "few steps"}),
    ("sa_solver", {"predictor": 3, "corrector": 3}),
    ("edm_stochastic", {}),
    ("edm_stochastic", {"solver": "euler"}),
    ("restart", {}),
    ("predictor_corrector", {}),
    ("predictor_corrector", {"size": "measured"}),
    ("consistency", {}),
]


def posterior_mean(x: Tensor, level: Any) -> Tensor:
    """E[x0 | x] of the mixture, exactly: x (B, 2), float64."""
    alpha, sigma = (float(c) for c in level)
    spread = alpha**2 * COVARIANCES + sigma**2 * torch.eye(2, dtype=torch.float64)
    off = x[:, None] - alpha * MEANS  # (B, K, 2)
    white = torch.einsum("kij,bkj->bki", spread.inverse(), off)
    logits = WEIGHTS.log() - (off * white).sum(-1) / 2 - spread.logdet() / 2
    each = MEANS + alpha * torch.einsum("kij,bkj->bki", COVARIANCES, white)
    return (logits.softmax(1)[:, :, None] * each).sum(1)


def end_of_flow(x: Tensor, level: Any) -> Tensor:
    """Where the probability flow takes x: what a perfect consistency model guesses."""
    start = Level(*level)
    if start.alpha == 0:
        return end_of_flow(x, (1e-4 * start.sigma, start.sigma))
    turn = [start.angle * (1 - i / 30) ** 2 for i in range(30)]
    grid = [start, *(Level(math.cos(a), math.sin(a)) for a in turn[1:]), Level(1.0, 0.0)]
    *_, (end, _) = pg.samplers.get("heun")(posterior_mean, x, grid, lambda: x)
    return end


def draw_from_mixture(count: int) -> Tensor:
    """Exact samples, to know how far a finite number of them is from the truth."""
    which = torch.multinomial(WEIGHTS, count, replacement=True)
    roots = torch.linalg.cholesky(COVARIANCES)[which]
    z = torch.randn(count, 2, dtype=torch.float64)
    return MEANS[which] + torch.einsum("bij,bj->bi", roots, z)


def errors(samples: Tensor) -> tuple[float, float]:
    """How far mean and covariance are off: Euclidean and Frobenius."""
    return float((samples.mean(0) - MEAN).norm()), float((samples.T.cov() - COVARIANCE).norm())


def expected(count: int) -> tuple[float, float]:
    """Root mean square of both errors for exact samples."""
    off = draw_from_mixture(300_000) - MEAN
    products = (off[:, :, None] * off[:, None, :]).flatten(1)
    return tuple(math.sqrt(float(v.var(0).sum()) / count) for v in (off, products))


def run(
    name: str, knobs: dict[str, Any], grid: tuple[Level, ...], count: int, guess: Denoise
) -> tuple[int, Tensor]:
    """Network calls and samples (count, 2)."""
    calls = 0

    def denoise(x: Tensor, level: Any) -> Tensor:
        nonlocal calls
        calls += 1
        return guess(x, level)

    def noise() -> Tensor:
        return torch.randn(count, 2, dtype=torch.float64)

    *_, (end, _) = pg.samplers.get(name, **knobs)(denoise, grid[0].radius * noise(), grid, noise)
    return calls, end


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=20_000)
    parser.add_argument("--steps", type=int, nargs="+", default=[20, 100])
    parser.add_argument("--schedule", default="edm")
    args = parser.parse_args()
    torch.manual_seed(0)
    head = ["sampler", *(f"{n} steps: calls | mean | covariance" for n in args.steps)]
    print(f"| {' | '.join(head)} |\n|{' --- |' * (1 + 3 * len(args.steps))}")
    exact = " | ".join(f"{e:.4f}" for e in expected(args.samples))
    print(f"| exact samples, expected |{f'  | {exact} |' * len(args.steps)}", flush=True)
    runs: list[tuple[str, dict[str, Any], Denoise]]
    runs = [(name, knobs, posterior_mean) for name, knobs in RUNS]
    for name, knobs, guess in [*runs, ("consistency", {}, end_of_flow)]:
        label = ", ".join([f"`{name}`", *(f"{k} {v}" for k, v in knobs.items())])
        cells = [label + " (asked with the flow's end)" * (guess is end_of_flow)]
        for steps in args.steps:
            grid = pg.schedules.get(args.schedule).grid(steps)
            calls, samples = run(name, knobs, grid, args.samples, guess)
            cells += [str(calls), *(f"{e:.4f}" for e in errors(samples))]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
