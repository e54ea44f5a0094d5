"""TrainingRun: the loop that trains a network on a Dataset, and can stop and go on bit for bit."""

import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from playground.checkpoint import Checkpoint, read_tensors, write_tensors
from playground.errors import InputError
from playground.models.network import NetworkDenoiser, loss_weight, v_loss
from playground.models.unet import UNet, UNetConfig
from playground.training.dataset import Dataset
from playground.training.machine import fastest_precision
from playground.training.optimizers import Optimizers


@dataclass(frozen=True)
class TrainConfig:
    """All that decides a run besides its data; saved with it."""

    widths: tuple[int, ...] = (48, 64, 96)  # network channels at 1/2, 1/4, 1/8 of the size
    blocks: tuple[int, ...] = (1, 1, 2)  # residual blocks at each
    batch: int = 64  # pictures an update
    learning_rate: float = 0.02  # Muon's peak, for convolutions, after warm-up
    adam_rate: float = 0.01  # AdamW's peak, for all other weights
    warmup: int = 100  # updates until the peak
    steps: int | None = None  # stop after so many updates
    minutes: float | None = None  # or after so much training time; neither: until stopped
    label_dropout: float = 0.1  # share of labels hidden, so that guidance can work
    ema: float = 0.05  # relative width of the weight average (Karras et al. 2024, Sec. 3.1)
    flip: bool = False  # mirror half of the pictures
    held_out: float = 0.0  # share of the pictures that training never sees
    seed: int = 0
    precision: str = "auto"  # "float32", "bfloat16", or what this machine does faster

    def __post_init__(self) -> None:
        for name, low, high in (
            ("batch", 1, 1024),
            ("steps", 1, 100_000_000),
            ("minutes", 0.01, 60 * 24 * 30),
            ("learning_rate", 1e-7, 1.0),
            ("adam_rate", 1e-7, 1.0),
            ("seed", 0, 2**63 - 1),
            ("held_out", 0, 0.5),
            ("warmup", 1, 1_000_000),
            ("label_dropout", 0, 1),
            ("ema", 0.001, 0.25),
        ):
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise InputError(f"{name} must be from {low:g} to {high:g}; you gave {value}.")
        if any(w < 8 or w % 8 for w in self.widths):  # for the group norms
            raise InputError(f"widths must be multiples of 8; you gave {self.widths}.")
        if not 1 <= len(self.widths) == len(self.blocks) <= 5 or min(self.blocks) < 1:
            raise InputError("blocks must be 1 or more, one for each of 1 to 5 widths.")
        if self.precision not in ("auto", "float32", "bfloat16"):
            raise InputError("precision must be auto, float32 or bfloat16.")


@dataclass(frozen=True)
class TrainStep:
    """What one update did."""

    step: int
    loss: float  # mean squared error of v over the batch
    images_per_second: float
    learning_rate: float
    seconds: float  # training time so far, over all sittings
    progress: float | None  # 0 to 1 of the budget; None where there is none


class TrainingRun:
    """A network being trained on a dataset; see `steps`."""

    def __init__(self, config: TrainConfig, dataset: Dataset) -> None:
        if config.precision == "auto":
            config = replace(config, precision=fastest_precision())
        self.config, self.dataset = config, dataset
        self.seen, _ = dataset.split(config.held_out, config.seed)
        channels, size, _ = dataset.shape
        classes = len(dataset.class_names) if dataset.labels is not None else 0
        self.network_config = UNetConfig(channels, size, classes, config.widths, config.blocks)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.network = UNet(self.network_config)
            self.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.optimizers = Optimizers(self.network, config.learning_rate, config.adam_rate)
        self.generator = torch.Generator().manual_seed(config.seed)
        self.step, self.seconds = 0, 0.0

    def progress(self) -> float | None:
        """The share of the budget (steps or minutes) that is spent; None without a budget."""
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
            loss = self._update(share)
            took = time.perf_counter() - began
            self.step += 1
            self.seconds += took
            images = self.config.batch / took
            rate = self.config.learning_rate * share
            yield TrainStep(self.step, loss, images, rate, self.seconds, self.progress())

    def _share_of_peak(self) -> float:
        """Linear warm-up, then a cosine to zero at the end of the budget (constant without one)."""
        warm = min(1.0, (self.step + 1) / self.config.warmup)
        spent = self.progress()
        fall = 1.0 if spent is None else 0.5 * (1 + math.cos(math.pi * spent))
        return warm * max(fall, 0.01)

    def _update(self, share: float) -> float:
        x0, cond = self._batch()
        with self._autocast():
            losses, phi = v_loss(self.network, x0, cond, self.generator)
        loss = losses.mean()
        if not bool(loss.isfinite()):  # before the weights are touched, so that a save stays good
            raise InputError(
                "The loss is no number any more: training diverged. Start a new run with a lower "
                "learning rate; what was saved stays."
            )
        (losses * loss_weight(phi)).mean().backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizers.step(share)
        self._follow()
        return float(loss.detach())

    def _batch(self) -> tuple[Tensor, Tensor | None]:
        config, g = self.config, self.generator
        pick = torch.randint(len(self.seen), (config.batch,), generator=g)
        x0 = self.seen.x[pick]
        if config.flip:
            mirror = torch.rand(config.batch, generator=g) < 0.5
            x0 = torch.where(mirror[:, None, None, None], x0.flip(-1), x0)
        if self.seen.labels is None or not self.network_config.classes:
            return x0, None
        hidden = torch.rand(config.batch, generator=g) < config.label_dropout
        return x0, torch.where(hidden, -1, self.seen.labels[pick])

    def _autocast(self) -> AbstractContextManager[Any]:
        if self.config.precision == "bfloat16":
            return torch.autocast("cpu", dtype=torch.bfloat16)
        return nullcontext()

    @torch.no_grad()
    def _follow(self) -> None:
        """Power-function average: as wide as a fixed share of the run (Karras 2024, Sec. 3.1)."""
        # sigma_rel = sqrt((g + 1) / ((g + 2)^2 (g + 3))), near 1 / (g + 2) for the widths in use
        gamma = 1 / self.config.ema - 2
        keep = (1 - 1 / (self.step + 1)) ** (gamma + 1)
        for name, now in self.network.state_dict().items():
            self.average[name].lerp_(now, 1 - keep)

    def denoiser(self, ema: bool = True) -> NetworkDenoiser:
        """A copy of the network as it is now (its average by default), as a Denoiser."""
        return self.checkpoint(ema=ema).build()

    def checkpoint(self, name: str = "model", *, ema: bool = True) -> Checkpoint:
        """What is needed to sample, without the optimizer."""
        weights = self.average if ema else self.network.state_dict()
        recipe = {
            "pictures": len(self.seen),
            "steps": self.step,
            "seconds": round(self.seconds, 1),
            "train": asdict(self.config),
        }
        copied = {k: v.detach().clone().contiguous() for k, v in weights.items()}
        classes = self.dataset.class_names if self.network_config.classes else ()
        return Checkpoint(self.network_config, copied, name, tuple(classes), recipe)

    def save(self, path: str | Path) -> None:
        """Write everything that a resumed run needs, atomically, to one safetensors file."""
        tensors = {f"network.{k}": v for k, v in self.network.state_dict().items()}
        tensors |= {f"average.{k}": v for k, v in self.average.items()}
        tensors |= {f"optimizer.{k}": v for k, v in self.optimizers.tensors().items()}
        tensors["generator"] = self.generator.get_state()
        about = {
            "kind": "training run",
            "train": asdict(self.config),
            "step": self.step,
            "seconds": self.seconds,
            "data": self.dataset.fingerprint(),
        }
        write_tensors(path, tensors, about)

    @classmethod
    def resume(
        cls, path: str | Path, dataset: Dataset, config: TrainConfig | None = None
    ) -> "TrainingRun":
        """The run saved at `path`, to go on as if it had never stopped.

        A config replaces the saved one where only the budget differs; "auto" keeps the precision
        that was found at the start. InputError where the file cannot be used, was made with other
        pictures or does not fit the config.
        """
        tensors, about = read_tensors(path, "training run")
        if about.get("data") != dataset.fingerprint():
            raise InputError("The run was made with other pictures; give it the same ones.")
        saved = train_config(about["train"])
        config = config or saved
        if config.precision == "auto":  # a second trial may find otherwise, on a busy machine
            config = replace(config, precision=saved.precision)
        run = cls(config, dataset)
        try:
            run.network.load_state_dict(_under(tensors, "network."))
        except RuntimeError as error:
            raise InputError(
                "The run was made with another network; resume it as it was."
            ) from error
        run.average = {k: v.clone() for k, v in _under(tensors, "average.").items()}
        run.optimizers.load(_under(tensors, "optimizer."))
        run.generator.set_state(tensors["generator"])
        run.step, run.seconds = about["step"], about["seconds"]
        return run


def train_config(fields: dict[str, Any]) -> TrainConfig:
    """A TrainConfig from JSON, where tuples arrive as lists."""
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return TrainConfig(**plain)


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
