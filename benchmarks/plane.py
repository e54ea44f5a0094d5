"""The plane: how soon a network draws a cloud, beside tiny-diffusion's recipe, and frames a second.

Distances are sliced Wasserstein distances of 2,000 samples to as many real points (20 calls, the
same sampler for both), over the floor: real points to real ones. One such distance is chance for
the most part, so that the expected one is computed: D^2 = floor^2 + bias^2, with the bias measured
on 16,384 samples of noise that lies evenly, against 100,000 real points, where chance is small.
Only training is timed, on the threads that OMP_NUM_THREADS allows. The recipe is that of
github.com/tanelp/tiny-diffusion (batches of 32, AdamW at 0.001, sinusoidal embeddings, eps), with
DDPM's 1,000 steps of noise and no Python of its own between updates. `--page` needs Chromium.
"""

import argparse
import math
import time
from collections.abc import Iterator
from functools import lru_cache
from statistics import mean

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import playground as pg
from playground.diffusion.denoisers import Denoiser
from playground.models import targets
from playground.spaces.clouds import draw
from playground.spaces.sliced import sliced_wasserstein
from playground.training.data import clouds
from playground.training.loop.point_batches import spread
from playground.training.loop.run import TrainingRun

MARKS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # seconds of training
FEW, MANY = 2000, 16_384  # samples that the distance is of, and that it is measured with
REAL = 100_000  # points that these are held against
WIDTH = 112  # of ours, for as many weights as the recipe has


@lru_cache
def floor(name: str) -> float:
    """The root mean square distance of FEW real points to as many other real points."""
    pairs = ((real(name, FEW, 2 * k), real(name, FEW, 2 * k + 1)) for k in range(1, 61))
    return mean(sliced_wasserstein(*pair) ** 2 for pair in pairs) ** 0.5


@lru_cache
def real(name: str, count: int, number: int = 0) -> Tensor:
    """Real points that neither network has seen."""
    return draw(name, count, 1000 + number)[0]


def distance(who: Denoiser, name: str) -> float:
    """Of FEW samples to as many real points, over the floor; as it is on average."""
    noise = torch.special.ndtri(spread(MANY, 2, torch.Generator().manual_seed(0)).clamp(min=1e-9))
    parts = []
    for x in noise.float().split(FEW):
        *_, last = pg.sample(who, "flow", "dpmpp_2m", steps=20, x=x, seeds=range(len(x)))
        parts.append(last.x)
    own = sliced_wasserstein(torch.cat(parts), real(name, REAL)) ** 2
    # of the floor's square each side has half, and it falls as the number of points
    bias = own - floor(name) ** 2 / 2 * FEW / REAL
    return (1 + max(0.0, bias) / floor(name) ** 2) ** 0.5


class Waves(nn.Module):
    """The recipe's sinusoidal embedding of one number in 128."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.register_buffer("rates", scale * torch.exp(-math.log(1e4) / 63 * torch.arange(64)))

    def forward(self, x: Tensor) -> Tensor:
        angles = x[:, None] * self.rates
        return torch.cat([angles.sin(), angles.cos()], 1)


class Tiny(nn.Module):
    """The recipe's network: three residual layers of 128 on embeddings of x, y and the step."""

    shape = (2,)

    def __init__(self) -> None:
        super().__init__()
        self.waves = nn.ModuleList([Waves(25.0), Waves(25.0), Waves(1.0)])
        self.door = nn.Linear(384, 128)
        self.blocks = nn.ModuleList([nn.Linear(128, 128) for _ in range(3)])
        self.exit = nn.Linear(128, 2)
        betas = torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64)
        self.alpha_bar = (1 - betas).cumprod(0)

    def forward(self, x: Tensor, step: Tensor) -> Tensor:
        parts = zip(self.waves, (x[:, 0], x[:, 1], step.float()), strict=True)
        h = F.gelu(self.door(torch.cat([wave(part) for wave, part in parts], 1)))
        for block in self.blocks:
            h = h + F.gelu(block(h))
        return self.exit(h)


class AsDenoiser:
    """Its noise prediction as a guess of x0, at the step whose noise is nearest."""

    def __init__(self, network: Tiny) -> None:
        self.network, self.shape = network, (2,)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        share = alpha.double().square() / (alpha.double().square() + sigma.double().square())
        step = (self.network.alpha_bar[None] - share[:, None]).abs().argmin(1)
        u = x / torch.hypot(alpha, sigma)[:, None]
        return targets.x0_from("eps", x, self.network(u, step), alpha, sigma)


def recipe(cloud: clouds.CloudSet, seed: int) -> Iterator[tuple[float, Denoiser]]:
    """Train as the recipe does: the seconds so far, and the denoiser, after every update."""
    torch.manual_seed(seed)
    network, seconds, x = Tiny(), 0.0, cloud.data.x
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3)
    print(f"  tiny-diffusion's recipe, {sum(p.numel() for p in network.parameters()):,} weights")
    while True:
        began = time.perf_counter()
        x0, step = x[torch.randint(len(x), (32,))], torch.randint(1000, (32,))
        eps, share = torch.randn_like(x0), network.alpha_bar[step, None].float()
        guess = network(share.sqrt() * x0 + (1 - share).sqrt() * eps, step)
        F.mse_loss(guess, eps).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        seconds += time.perf_counter() - began
        yield seconds, AsDenoiser(network)


def ours(cloud: clouds.CloudSet, seed: int) -> Iterator[tuple[float, Denoiser]]:
    """The same of the Plane tab's run, without a budget, as the tab trains."""
    run = TrainingRun(clouds.config(widths=(WIDTH,), seed=seed), cloud.data)
    print(f"  ours, {sum(p.numel() for p in run.network.parameters()):,} weights")
    for step in run.steps():
        yield step.seconds, Lazy(run)


class Lazy:
    """The run's denoiser, made where it is asked for."""

    shape = (2,)

    def __init__(self, run: TrainingRun) -> None:
        self.run, self.made = run, None

    def __call__(self, *ask: Tensor) -> Tensor:
        self.made = self.made or self.run.denoiser()
        return self.made(*ask)


def follow(
    way: Iterator[tuple[float, Denoiser]], cloud: clouds.CloudSet, longest: float
) -> dict[float, float]:
    """The distance at every mark, and at the end, by seconds of training; printed as they come."""
    marks = [*(mark for mark in MARKS if mark < longest), longest]
    found: dict[float, float] = {}
    for updates, (seconds, who) in enumerate(way, start=1):
        if seconds >= marks[0]:
            found[marks.pop(0)] = distance(who, cloud.name)
            told = f"    {seconds:5.1f} s, {updates:6,} updates"
            print(f"{told}   {list(found.values())[-1]:.2f} times the floor", flush=True)
            if not marks:
                break
    return found


FRAMES = """async (seconds) => {
  const slider = document.querySelector("#plane-t");
  const drawn = document.querySelector("#plane [data-drawn], #plane[data-drawn]");
  const first = +drawn.dataset.drawn, began = performance.now();
  let count = 0;
  await new Promise((done) => requestAnimationFrame(function next() {
    slider.value = 0.5 - 0.5 * Math.cos(count++ / 40);
    slider.dispatchEvent(new Event("input"));
    if (performance.now() - began < 1000 * seconds) requestAnimationFrame(next); else done();
  }));
  return (+drawn.dataset.drawn - first) / (performance.now() - began) * 1000;
}"""


def frames_a_second() -> None:
    """How often both pictures are drawn while t moves all the time."""
    from page import app, chromium

    with app() as url, chromium() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(url)
        page.get_by_role("tab", name="Plane", exact=True).click()
        page.wait_for_selector("#plane [data-drawn], #plane[data-drawn]", state="attached")
        for behind in ("density", "none"):
            page.select_option("#plane .heat", behind)
            print(f"  5,000 points, behind them {behind}: {page.evaluate(FRAMES, 4):.0f} a second")


def main() -> None:
    """Train both ways on each cloud, print; then the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clouds", nargs="*", default=["moons", "checkerboard", "spiral"])
    parser.add_argument("--longest", type=float, default=8.0, help="seconds of ours")
    parser.add_argument("--recipe", type=float, default=32.0, help="seconds of the recipe; 0: none")
    parser.add_argument("--seeds", type=int, default=1, help="runs of each, on other seeds")
    parser.add_argument("--page", action="store_true", help="measure frames a second, too")
    args = parser.parse_args()
    ways = [(ours, args.longest), (recipe, args.recipe)]
    for name in args.clouds:
        cloud = clouds.named(name).free
        print(f"{name}: floor {floor(name):.4f} in standard units")
        for way, longest in ways if args.recipe else ways[:1]:
            runs = [follow(way(cloud, seed), cloud, longest) for seed in range(args.seeds)]
            if args.seeds > 1:
                means = (f"{mark:g} s {mean(run[mark] for run in runs):.3f}" for mark in runs[0])
                print(f"  {way.__name__}, mean of {args.seeds} seeds: {', '.join(means)}")
    if args.page:
        frames_a_second()


if __name__ == "__main__":
    main()
