"""TrainingRun: the loop that trains a network on a Dataset, and can stop and go on bit for bit."""

import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import torch
from torch import Tensor, nn

from playground.checkpoint import Checkpoint, read_tensors, write_tensors
from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError
from playground.models.network import loss_weight, prediction_loss
from playground.models.networks import build
from playground.models.unet import UNet
from playground.training.config import TrainConfig, train_config
from playground.training.data.dataset import Dataset
from playground.training.distributed import device as devices
from playground.training.distributed.device import CPU, OnDevice
from playground.training.distributed.parallel import ALONE, World, reaching
from playground.training.loop.network import network_for
from playground.training.loop.point_batches import batches_for
from playground.training.optim.ema import follow
from playground.training.optim.optimizers import Optimizers


@dataclass(frozen=True)
class TrainStep:
    """What one update did."""

    step: int
    loss: float  # mean squared error of the target, v by default, over the batch
    images_per_second: float
    learning_rate: float
    seconds: float  # training time so far, over all sittings
    progress: float | None  # 0 to 1 of the budget; None where there is none


class TrainingRun:
    """A network being trained on a dataset; see `steps`.

    world: the processes that train it together, each a part of every batch, all with the same
    config and dataset; what they compute is the same as one alone would, but for rounding.
    """

    def __init__(
        self,
        config: TrainConfig,
        dataset: Dataset,
        *,
        world: World = ALONE,
        device: torch.device = CPU,
    ) -> None:
        if config.batch < world.size:
            raise InputError(
                "{size} processes cannot share a batch of {batch}; choose a larger --batch, or "
                "fewer processes.",
                size=world.size,
                batch=config.batch,
            )
        if config.precision == "auto":
            config = replace(config, precision=devices.fastest(device))
        self.config, self.dataset, self.world, self.device = config, dataset, world, device
        self.seen, _ = dataset.split(config.held_out, config.seed)
        self.network_config = network_for(config, dataset)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.network = build(self.network_config)
            self.network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if isinstance(self.network, UNet) and self.network.wiener:
            self.network.wiener.fit(self.seen.x)
        self.ema = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.optimizers = Optimizers(
            self.network, config.learning_rate, config.adam_rate, config.muon
        )
        self.generator = torch.Generator().manual_seed(config.seed)
        self.batches = batches_for(self.seen, config, self.network_config.classes)
        self.step, self.seconds, self.turned = 0, 0.0, 0

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
        # each process may have found another, between machines or on a busy one
        precision = self.world.broadcast(self.config.precision.encode()).decode()
        self.config = replace(self.config, precision=precision)
        while (self.progress() or 0.0) < 1:
            began = time.perf_counter()
            share = self._share_of_peak()
            loss = self._update(share)
            took = time.perf_counter() - began
            # what all have to agree on: the mean loss, and one clock, that of the first process
            loss, took = self.world.total(loss, took if self.world.is_main else 0.0)
            self.step += 1
            self.seconds += took
            images = self.config.batch / took
            rate = self.config.learning_rate * share
            yield TrainStep(self.step, loss, images, rate, self.seconds, self.progress())

    def _share_of_peak(self) -> float:
        """Warm up linearly, then fall as a cosine to the end of the budget (stay without one)."""
        warm = min(1.0, (self.step + 1) / self.config.warmup)
        spent = self.progress()
        fall = 1.0 if spent is None else 0.5 * (1 + math.cos(math.pi * spent))
        return warm * max(fall, 0.01)

    @cached_property
    def _trained(self) -> nn.Module:
        """The network as an update calls it: compiled, averaging gradients over processes."""
        replica = self.world.replica(self.network)
        return devices.compiled(replica) if devices.pays(self.device, self.config) else replica

    def _update(self, share: float) -> float:
        """Make one update; return this process's part of the batch's mean loss."""
        batch = self.batches.draw(self.generator)
        batch = batch.part(self.world.part(self.config.batch), self.device)
        half = self.config.precision == "bfloat16"
        with reaching():
            with torch.autocast(self.device.type, torch.bfloat16, enabled=half):
                losses, phi = prediction_loss(self._trained, *batch, target=self.config.target)
            part = len(losses) / self.config.batch  # processes may have parts of different size
            # gradients are averaged over processes, and the batch's mean is the sum of its parts
            (losses * loss_weight(phi)).mean().mul(part * self.world.size).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        loss = losses.detach().mean()
        # before the weights are touched, so that a save stays good; the norm is the same for all
        if not math.isfinite(float(norm) if self.world.size > 1 else float(norm + loss)):
            raise InputError(
                "The loss is no number any more: training diverged. Start a new run with a lower "
                "learning rate; what was saved stays."
            )
        self.optimizers.step(share)
        follow(self.ema, self.network, self.step - self.turned, self.config.ema)
        return float(loss) * part

    def turn_to(self, dataset: Dataset) -> None:
        """Go on with other data of the same shape and classes, from the next update.

        The average begins anew, as it would long hold on to the old data. InputError where the
        network does not fit them.
        """
        if network_for(self.config, dataset) != self.network_config:
            raise InputError("The new data have another shape or other classes; start a new run.")
        self.dataset, self.turned = dataset, self.step
        self.seen, _ = dataset.split(self.config.held_out, self.config.seed)
        self.batches = batches_for(self.seen, self.config, self.network_config.classes)

    def denoiser(self, ema: bool = True) -> Denoiser:
        """Return a copy of the network as it is now (its average by default), as a Denoiser."""
        made = self.checkpoint(ema=ema).build()
        if self.device.type == "cpu":
            return made
        made.network.to(self.device)
        return OnDevice(made, self.device)

    def checkpoint(self, name: str = "model", *, ema: bool = True) -> Checkpoint:
        """Return what is needed to sample, without the optimizer."""
        weights = self.ema if ema else self.network.state_dict()
        recipe = {
            "pictures": len(self.seen),
            "steps": self.step,
            "seconds": round(self.seconds, 1),
            "train": asdict(self.config),
        }
        copied = {k: v.detach().to(CPU, copy=True).contiguous() for k, v in weights.items()}
        classes = self.dataset.class_names if self.network_config.classes else ()
        return Checkpoint(self.network_config, copied, name, tuple(classes), recipe)

    def save(self, path: str | Path) -> None:
        """Write everything that a resumed run needs, atomically, to one safetensors file."""
        tensors = {f"network.{k}": v for k, v in self.network.state_dict().items()}
        tensors |= {f"average.{k}": v for k, v in self.ema.items()}
        tensors |= {f"optimizer.{k}": v for k, v in self.optimizers.tensors().items()}
        tensors["generator"] = self.generator.get_state()
        about = {
            "kind": "training run",
            "train": asdict(self.config),
            "step": self.step,
            "turned": self.turned,
            "seconds": self.seconds,
            "data": self.dataset.fingerprint(),
        }
        write_tensors(path, tensors, about)

    @classmethod
    def resume(
        cls,
        path: str | Path,
        dataset: Dataset,
        config: TrainConfig | None = None,
        *,
        world: World = ALONE,
        device: torch.device = CPU,
    ) -> "TrainingRun":
        """Take up the run saved at `path`, as if it had never stopped.

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
        run = cls(config, dataset, world=world, device=device)
        try:
            run.network.load_state_dict(_under(tensors, "network."))
        except RuntimeError as error:
            raise InputError(
                "The run was made with another network; resume it as it was."
            ) from error
        run.ema = {k: v.to(device, copy=True) for k, v in _under(tensors, "average.").items()}
        run.optimizers.load(_under(tensors, "optimizer."))
        run.generator.set_state(tensors["generator"])
        run.step, run.seconds = about["step"], about["seconds"]
        run.turned = about.get("turned", 0)
        return run


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
