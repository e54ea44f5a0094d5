"""DistillRun: teaches a copy of a model to jump, in one call, to where its sampler would end."""

import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from playground.checkpoint import Checkpoint, read_tensors, write_tensors
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guided import Guided
from playground.diffusion.levels import per_sample
from playground.errors import InputError
from playground.models import targets
from playground.models.network import laid_out, log_snr, loss_weight
from playground.models.networks import Network
from playground.training.distributed.device import CPU, fastest
from playground.training.loop.run import TrainStep
from playground.training.loop.trajectories import SOLVER, Points, Pool
from playground.training.optim.ema import follow
from playground.training.optim.optimizers import Optimizers

HUBER = 0.05  # where the loss turns from a square to a norm, as a share of the data's scale

# How the student is to be asked: the levels of `flow` share few calls out evenly, from alpha = 0 on
SAMPLE = {"schedule": "flow", "sampler": "consistency", "guidance": 1.0}


@dataclass(frozen=True)
class DistillConfig:
    """All that decides a distillation besides its teacher; saved with it."""

    guidance: float = 2.0  # the teacher's, which the student has within it; 1 without classes
    teacher_steps: int = 10  # of a trajectory
    pool: int = 512  # trajectories that are learned from at a time
    fresh: int = 32  # new ones at a time
    every: int = 12  # updates between them
    batch: int = 32  # points of trajectories an update
    learning_rate: float = 0.01  # Muon's peak
    adam_rate: float = 0.004  # AdamW's peak
    warmup: int = 20  # updates until the peak
    minutes: float | None = None  # stop after so much time
    steps: int | None = None  # or after so many updates; neither: until stopped
    ema: float = 0.05  # relative width of the weight average
    seed: int = 0
    precision: str = "auto"

    def __post_init__(self) -> None:
        for name, low, high in (
            ("guidance", 0, 20),
            ("teacher_steps", 4, 100),
            ("pool", 1, 100_000),
            ("fresh", 1, 1024),
            ("every", 1, 10_000),
            ("batch", 1, 1024),
            ("learning_rate", 1e-7, 1.0),
            ("adam_rate", 1e-7, 1.0),
            ("warmup", 1, 1_000_000),
            ("minutes", 0.01, 60 * 24 * 30),
            ("steps", 1, 100_000_000),
            ("ema", 0.001, 0.25),
            ("seed", 0, 2**63 - 1),
        ):
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise InputError(
                    "{name} must be from {low} to {high}; you gave {value}.",
                    name=name,
                    low=f"{low:g}",
                    high=f"{high:g}",
                    value=value,
                )


class DistillRun:
    """A student that learns, at every level, where the teacher's trajectory through it ends.

    One call then does what the teacher's sampler does in many, guidance included. What is learned
    is the consistency function of Song et al. 2023, Sec. 3, but with each trajectory followed to
    its end for a target (Luhman & Luhman 2021) in place of the student's own guess one level on:
    no error is handed down from level to level, and a trajectory pays for ten lessons.
    """

    def __init__(self, teacher: Checkpoint, config: DistillConfig) -> None:
        if config.precision == "auto":
            config = replace(config, precision=fastest(CPU))
        self.config, self.teacher = config, teacher
        drawn: Denoiser = teacher.build()
        self.network: Network = teacher.build().network
        if teacher.config.classes and config.guidance != 1:
            drawn = Guided(drawn, config.guidance)
        self.artist = drawn
        self.ema = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.optimizers = Optimizers(self.network, config.learning_rate, config.adam_rate)
        self.generator = torch.Generator().manual_seed(config.seed)
        self.pool = Pool(config.pool, config.teacher_steps, drawn.shape, teacher.config.classes)
        self.step, self.seconds, self.earlier = 0, 0.0, 0

    def progress(self) -> float | None:
        """Return the share of the budget (steps or minutes) that is spent; None without one."""
        if self.config.steps is not None:
            return min(1.0, self.step / self.config.steps)
        if self.config.minutes is not None:
            return min(1.0, self.seconds / (60 * self.config.minutes))
        return None

    def steps(self) -> Iterator[TrainStep]:
        """Train until the budget is spent (or for ever), yielding after each update."""
        self.network.train().requires_grad_(True)
        while (self.progress() or 0.0) < 1:
            began = time.perf_counter()
            share = self._share_of_peak()
            self._draw_trajectories()
            loss = self._update(self.pool.draw(self.config.batch, self.generator), share)
            took = time.perf_counter() - began
            self.step += 1
            self.seconds += took
            rate = self.config.learning_rate * share
            images = self.config.batch / took
            yield TrainStep(self.step, loss, images, rate, self.seconds, self.progress())

    def _share_of_peak(self) -> float:
        warm = min(1.0, (self.step + 1) / self.config.warmup)
        spent = self.progress()
        fall = 1.0 if spent is None else 0.5 * (1 + math.cos(math.pi * spent))
        return warm * max(fall, 0.01)

    def _draw_trajectories(self) -> None:
        fresh = self.config.fresh
        wanted = min(2 * fresh, self.config.pool) if not len(self.pool) else 0
        if self.step % self.config.every == 0:
            wanted = max(wanted, fresh)
        with self._autocast():
            for done in range(0, wanted, fresh):
                self.pool.grow(self.artist, min(fresh, wanted - done), self.generator)

    def _update(self, points: Points, share: float) -> float:
        with self._autocast():
            losses = jump_loss(self.network, points, self.teacher.config.target)
        (losses * loss_weight(points.phi)).mean().backward()
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        if not math.isfinite(float(norm)):
            raise InputError(
                "The loss is no number any more: distilling diverged. Start anew with a lower "
                "learning rate; what was saved stays."
            )
        self.optimizers.step(share)
        follow(self.ema, self.network, self.step, self.config.ema)
        return float(losses.detach().mean())

    def _autocast(self) -> torch.autocast:
        half = self.config.precision == "bfloat16"
        return torch.autocast("cpu", torch.bfloat16, enabled=half)

    def checkpoint(self, name: str = "model") -> Checkpoint:
        """Return the student (its average), an ordinary model of the teacher's network."""
        copied = {k: v.detach().clone().contiguous() for k, v in self.ema.items()}
        recipe = {
            "steps": self.step,
            "seconds": round(self.seconds, 1),
            "teacher": self.teacher.name,
            "trajectories": self.earlier + self.pool.made,
            "solver": SOLVER,
            "sample": SAMPLE,
            "distill": asdict(self.config),
            "train": self.teacher.recipe.get("train", {}),  # which pictures were held out
        }
        return replace(self.teacher, weights=copied, name=name, recipe=recipe)

    def save(self, path: str | Path) -> None:
        """Write all that going on needs but for the pool, which is drawn anew."""
        tensors = {f"network.{k}": v for k, v in self.network.state_dict().items()}
        tensors |= {f"average.{k}": v for k, v in self.ema.items()}
        tensors |= {f"optimizer.{k}": v for k, v in self.optimizers.tensors().items()}
        tensors["generator"] = self.generator.get_state()
        about = {
            "kind": "distillation",
            "distill": asdict(self.config),
            "teacher": self.teacher.name,
            "step": self.step,
            "seconds": self.seconds,
            "trajectories": self.earlier + self.pool.made,
        }
        write_tensors(path, tensors, about)

    @classmethod
    def resume(cls, path: str | Path, teacher: Checkpoint, **changes: Any) -> "DistillRun":
        """Take up the run saved at `path` with the same teacher and these changed settings.

        Not bit for bit: the pool of trajectories is drawn anew. InputError where the file cannot
        be used or does not fit the teacher.
        """
        tensors, about = read_tensors(path, "distillation")
        run = cls(teacher, replace(DistillConfig(**about["distill"]), **changes))
        try:
            run.network.load_state_dict(_under(tensors, "network."))
        except RuntimeError as error:
            raise InputError(
                "The run was made from another teacher; give it {teacher}.",
                teacher=about["teacher"],
            ) from error
        run.ema = {k: v.clone() for k, v in _under(tensors, "average.").items()}
        run.optimizers.load(_under(tensors, "optimizer."))
        run.generator.set_state(tensors["generator"])
        run.step, run.seconds = about["step"], about["seconds"]
        run.earlier = about["trajectories"]
        return run


def jump(network: nn.Module, points: Points, target: str = "v") -> Tensor:
    """Return the network's guess of the sample (B,*S) at points of trajectories, in float32."""
    # in float32 phi may round to pi/2, whose cosine is -4e-8, and the log of that no number
    alpha, sigma = points.phi.cos().clamp(min=0), points.phi.sin()
    out = network(laid_out(points.u), log_snr(alpha, sigma), points.cond).float()
    return targets.x0_from(target, points.u, out, alpha, sigma)


def jump_loss(network: nn.Module, points: Points, target: str = "v") -> Tensor:
    """Return how far each guess is from its trajectory's end (B,), in units of v.

    A pseudo-Huber norm.

    Source: Song & Dhariwal 2023, Sec. 3.3; a norm and not its square, so that the few trajectories
    that cannot be guessed do not outweigh all others and blur them.
    """
    miss = (jump(network, points, target) - points.end) / per_sample(points.phi.sin(), points.u)
    return (miss.square().flatten(1).mean(1) + HUBER**2).sqrt() - HUBER


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
