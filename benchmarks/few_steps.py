"""How good a distilled model is in few calls, beside its teacher in as few and in many.

Frechet distance of samples to the held-out pictures, in the features of the same small classifier
as `checkpoints.py` uses, and the share of samples that it finds in the class asked for. Network
calls are counted a picture; guidance costs the teacher two a step.
"""

import argparse
import time

import torch
from features import Classifier, frechet, trained
from torch import Tensor

import playground as pg
from playground.bundled import bundled_set
from playground.diffusion.denoisers import Denoiser
from playground.library import SHIPPED
from playground.models.network import NetworkDenoiser
from playground.training.config import train_config

DATA = "emoji"
Way = tuple[str, str, int, float]  # sampler, schedule, steps, guidance
FEW: list[Way] = [("consistency", "flow", steps, 1.0) for steps in (1, 2, 3, 4)]
MANY: list[Way] = [("dpmpp_2m", "edm", 20, 2.0), ("dpmpp_2m", "edm", 20, 1.0)]
# the teacher in as few steps, each by what suits it best of these
POOR: list[Way] = [("dpmpp_2m", "flow", steps, 2.0) for steps in (1, 2, 4)]


def samples(denoiser: Denoiser, way: Way, cond: Tensor, half: bool) -> tuple[Tensor, int, float]:
    """The pictures, calls a picture, and seconds."""
    sampler, schedule, steps, guidance = way
    made, calls, began = [], 0, time.perf_counter()
    for part in torch.arange(len(cond)).split(50):
        asked = {"seeds": part.tolist(), "cond": cond[part], "guidance": guidance}
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            *_, last = pg.sample(denoiser, schedule, sampler, steps=steps, **asked)
        made.append(last.x.float())
        calls = last.nfe
    return torch.cat(made), calls, time.perf_counter() - began


def tell(name: str, way: Way, network: NetworkDenoiser, judge: Classifier, args: object) -> None:
    """One line of the table."""
    count, held, half = args.samples, args.held, args.half  # type: ignore[attr-defined]
    classes = network.classes
    cond = torch.arange(count) * classes // count
    x, calls, took = samples(network, way, cond, half)
    with torch.no_grad():
        asked = float((judge(x).argmax(1) == cond).float().mean())
        distance = frechet(judge.features(x), judge.features(held))
    sampler, schedule, steps, guidance = way
    about = f"{steps} x {sampler}, {schedule}, guidance {guidance:g}"
    print(
        f"| {name} | {about} | {calls} | {distance:.1f} | {100 * asked:.1f}% | {took:.0f} s |",
        flush=True,
    )


def main() -> None:
    """Print a table row for each model and way."""
    torch.set_num_threads(1)  # sums of more threads differ, and with them the classifier
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=500)
    parser.add_argument("--half", action="store_true", help="sample in bfloat16")
    parser.add_argument("--teacher", default=str(SHIPPED / "emoji.safetensors"))
    parser.add_argument("--student", default=str(SHIPPED / "emoji-fast.safetensors"))
    parser.add_argument("--only", choices=("teacher", "student"))
    args = parser.parse_args()
    teacher = pg.Checkpoint.load(args.teacher)
    config = train_config(teacher.recipe["train"])
    seen, held = bundled_set(DATA).split(config.held_out, config.seed)
    judge = trained(seen, 30)
    args.held = held.x
    real = frechet(judge.features(seen.x), judge.features(held.x))
    print(f"the training pictures: {real:.1f}; {args.samples} samples each", flush=True)
    if args.only != "teacher":
        student = pg.Checkpoint.load(args.student)
        for way in FEW:
            tell(student.name, way, student.build(), judge, args)
    if args.only != "student":
        for way in [*POOR, *MANY]:
            tell(teacher.name, way, teacher.build(), judge, args)


if __name__ == "__main__":
    main()
