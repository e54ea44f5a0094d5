"""How good samples are after 30, 60, 120 and 240 s of training, beside the usual recipe.

Ours is the "2 minutes" preset with the budget as its end. The usual recipe is DDPM's: epsilon
prediction, 1,000 steps of the linear schedule, AdamW at a constant rate, EMA; on diffusers'
UNet2DModel ("usual"), and on our own network ("usual, our network"), which tells the recipe from
the network. Both without classes, in the precision that is faster here, batch as stated below.

Each set is cut in three by a seed: pictures for the judge, a small classifier whose 32 features are
the space of the Frechet distance; pictures to train on; and held-out ones, which neither has seen.
So real against real is the distance between the last two. 500 samples, 20 network calls each.
Writes a picture of 32 samples at each point. With one thread, the budgets are of the processor's
time, so that other programs do not matter. Needs diffusers and the test dependencies.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import torch
from features import Classifier, frechet, trained
from peers import diffusers_network, eps_loss
from torch import Tensor, nn

import playground as pg
from playground.bundled import bundled_set
from playground.machine import fastest_precision
from playground.models.network import log_snr
from playground.models.unet import UNet, UNetConfig
from playground.process import prepare
from playground.spaces.images import contact_sheet
from playground.training import presets

BUDGETS = (30, 60, 120, 240)
SAMPLES, CALLS, BATCH = 500, 20, 64
FIFTY = "Smileys & Emotion"
Point = tuple[float, int, pg.Denoiser]  # the budget, updates, what can be sampled now


def sets(name: str) -> tuple[pg.Dataset, pg.Dataset, pg.Dataset]:
    """Pictures for the judge, to train on and held out; "50" has 50 smileys to train on."""
    data = bundled_set("digits" if name == "digits" else "emoji")
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(0))
    judge, train, held = (data.take(part) for part in order.tensor_split(3))
    if name == "50":
        both = data.take(order[len(judge) :])
        same = (both.labels == data.class_names.index(FIFTY)).nonzero()[:, 0]
        train, held = both.take(same[:50]), both.take(same[50:])
    return judge, train, held


def autocast() -> torch.autocast | nullcontext[None]:
    """The faster precision of this machine, for everybody."""
    fast = fastest_precision() == "bfloat16"
    return torch.autocast("cpu", torch.bfloat16) if fast else nullcontext()


def ours(x: Tensor, budgets: list[int]) -> Iterator[Point]:
    """A run of its own for each budget, because the rate falls towards the end of it."""
    for budget in budgets:
        config = presets.config("2 minutes", minutes=budget / 60)
        run = pg.TrainingRun(config, pg.Dataset(x))
        for _ in run.steps():
            pass
        yield budget, run.step, run.denoiser()


class EpsDenoiser:
    """A network that predicts eps at a step of the linear schedule, as a Denoiser, x0 clipped."""

    def __init__(self, predict: Callable[[Tensor, Tensor], Tensor], shape: tuple[int, ...]) -> None:
        self.predict, self.shape = predict, shape
        steps = torch.arange(1, 1001, dtype=torch.float64) / 1000
        alpha, _ = pg.schedules.get("linear")(steps)
        self.alphas = alpha.float()

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        k = (self.alphas - alpha[:, None]).abs().argmin(1)
        a, s = (value.view(-1, 1, 1, 1) for value in (alpha, sigma))
        return ((x - s * self.predict(x, k).to(x.dtype)) / a).clamp(-1, 1)


def usual(x: Tensor, budgets: list[int], own_network: bool, rate: float) -> Iterator[Point]:
    """One run at a constant rate, looked at as each budget is spent."""
    channels, size = x.shape[1], x.shape[2]
    torch.manual_seed(0)
    alphas = pg.schedules.get("linear")(torch.arange(1, 1001, dtype=torch.float64) / 1000)
    levels = log_snr(*alphas).float()
    network: nn.Module
    if own_network:
        settings = presets.PRESETS["2 minutes"].settings
        network = UNet(UNetConfig(channels, size, 0, settings["widths"], settings["blocks"]))
    else:
        network = diffusers_network(channels, size)

    def predict(model: nn.Module, noised: Tensor, k: Tensor) -> Tensor:
        return model(noised, levels[k]) if own_network else model(noised, k).sample

    network.to(memory_format=torch.channels_last)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, fused=True)
    loss = eps_loss(lambda noised, k: predict(network, noised, k))
    spent, step = 0.0, 0
    for budget in budgets:
        network.train()
        while spent < budget:
            began = time.perf_counter()
            x0 = x[torch.randint(len(x), (BATCH,))].contiguous(memory_format=torch.channels_last)
            with autocast():
                value = loss(x0)
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            average.update_parameters(network)
            step += 1
            spent += time.perf_counter() - began
        average.module.eval()
        model = average.module
        yield budget, step, EpsDenoiser(lambda u, k, m=model: predict(m, u, k), tuple(x.shape[1:]))


@torch.no_grad()
def sampled(denoiser: pg.Denoiser, schedule: str, sampler: str) -> Tensor:
    """SAMPLES pictures, CALLS network calls each."""
    made = []
    with autocast():
        for part in torch.arange(SAMPLES).split(100):
            frames = pg.sample(denoiser, schedule, sampler, steps=CALLS, seeds=part.tolist())
            *_, last = frames
            made.append(last.x.clamp(-1, 1))
    return torch.cat(made)


def compare(name: str, recipes: list[str], budgets: list[int], rate: float, out: Path) -> None:
    """Print a line a recipe and budget for one set."""
    judging, train, held = sets(name)
    judge: Classifier = trained(judging, 30)
    real = judge.features(held.x)
    floor = frechet(judge.features(train.x), real)
    noise = frechet(judge.features(torch.randn_like(held.x).clamp(-1, 1)), real)
    about = f"{len(train)} to train on, {len(held)} held out"
    print(f"{name}: {about}; real against real {floor:.1f}, noise {noise:.0f}", flush=True)
    for recipe in recipes:
        if recipe == "ours":
            points, way = ours(train.x, budgets), ("edm", "dpmpp_2m")
        else:
            points = usual(train.x, budgets, recipe != "usual", rate)
            way = ("linear", "ddim")
        for budget, step, denoiser in points:
            x = sampled(denoiser, *way)
            distance = frechet(judge.features(x), real)
            file = out / f"{name}-{recipe.replace(' ', '-').replace(',', '')}-{budget}.png"
            contact_sheet(x[:32], 8, scale=2).save(file)
            facts = {"set": name, "recipe": recipe, "seconds": budget, "updates": step}
            facts |= {"frechet": round(distance, 1), "floor": round(floor, 1)}
            print(json.dumps(facts), flush=True)


def main() -> None:
    """Run every set, recipe and budget that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="*", default=["digits", "emoji", "50"])
    parser.add_argument("--recipes", nargs="*", default=["ours", "usual", "usual, our network"])
    parser.add_argument("--budgets", nargs="*", type=int, default=list(BUDGETS))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-3, help="AdamW's, of the usual recipe")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    args = parser.parse_args()
    prepare()  # for all alike, as a trainer does
    torch.set_num_threads(args.threads)
    if args.threads == 1:
        time.perf_counter = time.process_time  # what all budgets here are counted by
    args.out.mkdir(parents=True, exist_ok=True)
    for name in args.sets:
        compare(name, args.recipes, args.budgets, args.rate, args.out)


if __name__ == "__main__":
    main()
