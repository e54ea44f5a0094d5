"""Few pictures of one kind: training from scratch against starting from a shipped model.

A recipe is "scratch" (the "2 minutes" preset) or the name of a checkpoint to start from; settings
may follow, as in `emoji:adam_rate=0.0003,batch=16`. The budget, of one core's processor time, is
the end of a run. The pictures are drawings of one kind, or digits as 32x32 colour; no shipped
model has seen such in colour. The distance is Frechet's, of samples (20 network calls each) to
held-out pictures of the same kind in the 32 features of a classifier that tells the sorts within
the kinds apart; and of one that tells grain and blur, too. Beside them: the distance of the
training pictures themselves, which is what a model that only remembers would reach, the loss on
the held-out pictures, and the share of samples that are copies. Writes pictures of samples.
"""

import argparse
import json
import time
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from drawings import KINDS, SORTS, drawings
from features import Classifier, frechet, trained
from time_to_quality import autocast
from torch import Tensor
from torch.nn import functional as F

import playground as pg
from checkpoints import copies
from playground.library import ASSETS, Library
from playground.models.network import NetworkDenoiser, draw_noise, loss_weight, prediction_loss
from playground.spaces.images import contact_sheet
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.loop import finetune

JUDGING, HELD, CALLS = 400, 500, 20  # pictures of a kind for the judge; held out; network calls
FIELDS = {field.name: field.default for field in fields(TrainConfig)}


@lru_cache
def digits() -> pg.Dataset:
    """The bundled digits as 32x32 colour, in an order that shows all soon."""
    data = pg.Dataset.from_files(ASSETS / "digits.zip", 32)
    return data.take(torch.randperm(len(data), generator=torch.Generator().manual_seed(0)))


@lru_cache
def judges(of_digits: bool) -> dict[str, Classifier]:
    """What the distances are measured with: classifiers of digits, or the sorts of all drawings.

    The second has two classes more, the same pictures with grain and blurred: the features of the
    first hardly see either, for nothing in its pictures had taught it to.
    """
    if of_digits:
        data = digits().take(torch.arange(2 * HELD, len(digits())))
    else:
        parts = [drawings(kind, JUDGING, seed=1) for kind in KINDS]
        labels = torch.cat([part.labels + SORTS * i for i, part in enumerate(parts)])
        names = tuple(name for part in parts for name in part.class_names)
        data = pg.Dataset(torch.cat([part.x for part in parts]), labels, names)
    dice = torch.Generator().manual_seed(0)
    some = data.x[torch.randperm(len(data), generator=dice)[: len(data) // 2]]
    strength = 0.3 * torch.rand(len(some), 1, 1, 1, generator=dice)
    grainy = some + strength * torch.randn(some.shape, generator=dice)
    share = torch.rand(len(some), 1, 1, 1, generator=dice)
    blurred = some.lerp(F.avg_pool2d(F.pad(some, (1, 1, 1, 1), "replicate"), 3, 1), share)
    spoilt = pg.Dataset(
        torch.cat([data.x, grainy.clamp(-1, 1), blurred]),
        torch.cat(
            [data.labels, torch.arange(2).repeat_interleave(len(some)) + data.labels.max() + 1]
        ),
        (*data.class_names, "grain", "blur"),
    )
    return {"frechet": trained(data, 15), "frechet that sees grain": trained(spoilt, 15)}


def pictures(kind: str, count: int) -> tuple[Tensor, Tensor]:
    """So many to train on, and the held-out ones."""
    if kind == "digits":
        x = digits().x
        return x[HELD : HELD + count], x[:HELD]
    return drawings(kind, count, seed=2).x, drawings(kind, HELD, seed=3).x


def made(recipe: str, x: Tensor, budget: float) -> pg.TrainingRun:
    """A run of this recipe on these pictures, its budget spent."""
    start, _, words = recipe.partition(":")
    given: dict[str, Any] = {}
    for word in filter(None, words.split(",")):
        name, _, value = word.partition("=")
        given[name] = type(FIELDS[name])(json.loads(value))
    data, config = pg.Dataset(x), presets.config("2 minutes", minutes=budget / 60)
    if start == "scratch":
        run = pg.TrainingRun(replace(config, **given), data)
    else:
        model = pg.Checkpoint.load(Library().path(start))
        run = pg.TrainingRun(finetune.settings(config, model, data, **given), data)
        finetune.begin(run, model)
    for _ in run.steps():
        pass
    return run


def sampled(denoiser: pg.Denoiser, count: int) -> Tensor:
    """So many samples, clipped to the range of pictures."""
    found = []
    with autocast():
        for part in torch.arange(count).split(100):
            *_, last = pg.sample(denoiser, "edm", "dpmpp_2m", steps=CALLS, seeds=part.tolist())
            found.append(last.x.clamp(-1, 1))
    return torch.cat(found)


@torch.no_grad()
def loss(denoiser: NetworkDenoiser, x: Tensor) -> float:
    """The loss that training lowers, on these pictures, always with the same noise and levels."""
    losses, weights = [], []
    noise = torch.Generator().manual_seed(0)
    with autocast():
        for part in x.split(100):
            found, phi = prediction_loss(
                denoiser.network, part, None, *draw_noise(part.shape, noise)
            )
            losses.append(found)
            weights.append(loss_weight(phi))
    return float((torch.cat(losses) * torch.cat(weights)).mean())


def compare(kind: str, count: int, args: argparse.Namespace) -> None:
    """Print a line a recipe and budget for one set."""
    x, held = pictures(kind, count)
    rulers = judges(kind == "digits")

    def distances(shown: Tensor) -> dict[str, float]:
        return {
            name: round(frechet(ruler.features(shown), ruler.features(held)), 1)
            for name, ruler in rulers.items()
        }

    told = {"kind": kind, "pictures": count}
    print(json.dumps({**told, "recipe": "the pictures themselves", **distances(x)}), flush=True)
    for budget in args.budgets:
        for recipe in args.recipes:
            run = made(recipe, x, budget)
            denoiser = run.denoiser()
            shown = sampled(denoiser, args.samples)
            facts: dict[str, Any] = {**told, "recipe": recipe, "seconds": budget}
            facts |= {"precision": run.config.precision, "updates": run.step}
            facts |= {"images": run.step * run.config.batch}
            facts |= distances(shown)
            facts |= {"held-out loss": round(loss(denoiser, held), 4)}
            facts |= {"copies": round(copies(shown, x), 3)}
            facts |= {"copies, real": round(copies(held, x), 3)}
            print(json.dumps(facts), flush=True)
            name = "".join(c if c.isalnum() or c in ".=-" else "-" for c in recipe)
            file = args.out / f"{kind}-{count}-{name}-{budget}.png"
            contact_sheet(torch.cat([x[:8], shown[:24]]), 8, scale=2).save(file)


def main() -> None:
    """Run every kind, number of pictures, budget and recipe that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="*", default=[*KINDS, "digits"])
    parser.add_argument("--pictures", nargs="*", type=int, default=[20, 50])
    parser.add_argument("--budgets", nargs="*", type=int, default=[30, 60, 120])
    parser.add_argument("--recipes", nargs="*", default=["scratch", "emoji"])
    parser.add_argument("--samples", type=int, default=500)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    time.perf_counter = time.process_time  # what budgets are counted by
    args.out.mkdir(parents=True, exist_ok=True)
    for kind in args.kinds:
        for count in args.pictures:
            compare(kind, count, args)


if __name__ == "__main__":
    main()
