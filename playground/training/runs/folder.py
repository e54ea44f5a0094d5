"""A run's folder: which file holds what, and reading and writing the small ones."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from playground.checkpoint import Checkpoint, read_tensors, write_tensors
from playground.errors import InputError
from playground.files import write_atomically, write_text
from playground.os_errors import reason
from playground.spaces.images import contact_sheet
from playground.training.config import TrainConfig, train_config
from playground.training.data.dataset import Dataset
from playground.training.distributed.device import CPU
from playground.training.distributed.parallel import ALONE, World
from playground.training.evaluation import snapshots
from playground.training.loop import finetune
from playground.training.loop.run import TrainingRun, TrainStep


@dataclass(frozen=True)
class RunFolder:
    """`runs/<id>/`: everything about one run; the page, the trainer and the shell meet here."""

    path: Path

    @property
    def name(self) -> str:
        """The run's name, which is its folder's."""
        return self.path.name

    @property
    def data(self) -> Path:
        """The pictures, decoded."""
        return self.path / "data.safetensors"

    @property
    def last(self) -> Path:
        """All that resuming needs."""
        return self.path / "last.safetensors"

    @property
    def checkpoint(self) -> Path:
        """The model as it is now, as the Denoise tab lists it."""
        return self.path / "checkpoint.safetensors"

    @property
    def metrics(self) -> Path:
        """A JSON object a line: step, loss, images_per_second, seconds, ..."""
        return self.path / "metrics.jsonl"

    @property
    def samples(self) -> Path:
        """Rows of samples from the same noise, named by step: a PNG, and the same as tensors."""
        return self.path / "samples"

    @property
    def ideal(self) -> Path:
        """A PNG of what the ideal denoiser of the training pictures makes of that noise."""
        return self.path / "ideal.png"

    @property
    def bands(self) -> Path:
        """A JSON object a line: step, seconds, and the loss by noise band, train and held_out."""
        return self.path / "bands.jsonl"

    @property
    def copies(self) -> Path:
        """The newest larger set of samples, and the training picture nearest to each."""
        return self.path / "copies.safetensors"

    @property
    def copy_shares(self) -> Path:
        """A JSON object a line: step, seconds, count, copies, share, held_out_share."""
        return self.path / "copies.jsonl"

    @property
    def snapshots(self) -> Path:
        """The model at earlier steps, in half precision, named by step."""
        return self.path / "snapshots"

    @property
    def control(self) -> Path:
        """A word for the trainer: "pause" or "stop"; a file, because Windows lacks the signals."""
        return self.path / "control"

    @property
    def beat(self) -> Path:
        """The monotonic clock, in seconds, when the trainer was last at work."""
        return self.path / "beat"

    @property
    def start(self) -> Path:
        """A checkpoint whose weights the run begins with, where it goes on from another run."""
        return self.path / "start.safetensors"

    @property
    def log(self) -> Path:
        """What the trainer's process wrote to its terminal."""
        return self.path / "trainer.log"

    def create(
        self, dataset: Dataset, config: TrainConfig, start: Checkpoint | None = None
    ) -> None:
        """Write the pictures, the settings and the model that the run begins with, if any.

        InputError where the folder cannot be written.
        """
        dataset.save(self.data)
        if start is not None:
            start.save(self.start)
        self.write("config.json", asdict(config))
        self.write("state.json", {"state": "created"})

    def config(self) -> TrainConfig:
        """Read the run's settings; InputError where they are missing."""
        return train_config(self.read("config.json"))

    def read(self, name: str) -> dict[str, Any]:
        """Read a small JSON file of the run; InputError where it is missing or damaged."""
        try:
            content = json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                "{path} is no run, or its {name} is damaged.", path=self.path, name=name
            ) from error
        return dict(content)

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a small JSON file of the run, atomically."""
        write_text(self.path / name, json.dumps(content, indent=1))

    def open_run(self, world: World = ALONE, device: torch.device = CPU) -> TrainingRun:
        """Open the run as it was last saved, or at its first step."""
        dataset, config = Dataset.load(self.data), self.config()
        if not self.last.exists():
            run = TrainingRun(config, dataset, world=world, device=device)
            if self.start.exists():
                finetune.begin(run, Checkpoint.load(self.start))
            return run
        run = TrainingRun.resume(self.last, dataset, config, world=world, device=device)
        if world.is_main:
            self._forget_after(run.step)
        return run

    def save(self, run: TrainingRun) -> Checkpoint:
        """Save the whole run and its checkpoint; each file is whole at every moment."""
        run.save(self.last)
        checkpoint = run.checkpoint(self.name)
        checkpoint.save(self.checkpoint)
        return checkpoint

    def append(self, steps: list[TrainStep]) -> None:
        """Add lines to the metrics; InputError where they cannot be written."""
        append_lines(self.metrics, [asdict(step) for step in steps])

    def history(self) -> list[dict[str, Any]]:
        """Read the metrics so far; a half-written last line is passed over."""
        return read_lines(self.metrics)

    def sample_rows(self) -> list[Path]:
        """Return the sample pictures, oldest first."""
        return sorted(self.samples.glob("*.png"))

    def row(self, step: int) -> tuple[Tensor, dict[str, Any]]:
        """Read the samples (B,C,H,W) of the row at this step, and what is known of them."""
        tensors, about = read_tensors(self.samples / f"{step:07d}.safetensors", "samples")
        return tensors["x"].float(), about

    def write_row(self, step: int, x: Tensor, about: dict[str, Any]) -> None:
        """Keep a row of samples (B,C,H,W) at this step, as tensors and as a picture."""
        kept = {"kind": "samples", "step": step, **about}
        write_tensors(self.samples / f"{step:07d}.safetensors", {"x": x.half()}, kept)
        self.write_picture(self.samples / f"{step:07d}.png", x)

    def write_picture(self, path: Path, x: Tensor) -> None:
        """Write samples (B,C,H,W) side by side as a PNG."""
        sheet = contact_sheet(x, len(x))
        write_atomically(path, lambda p: sheet.save(p, "PNG"))

    def snapshot_steps(self) -> list[int]:
        """Return the steps of the kept models, the first one first."""
        return sorted(int(path.stem) for path in self.snapshots.glob("*.safetensors"))

    def snapshot(self, step: int) -> Path:
        """Return the file of the model at this step."""
        return self.snapshots / f"{step:07d}.safetensors"

    def keep_snapshot(self, run: TrainingRun) -> None:
        """Keep the model as it is now, in half precision, and drop what is too close to others."""
        made = run.checkpoint(f"{self.name} @ {run.step}")
        weights = {name: weight.half() for name, weight in made.weights.items()}
        replace(made, weights=weights).save(self.snapshot(run.step))
        for step in snapshots.to_drop(self.snapshot_steps()):
            self.snapshot(step).unlink(missing_ok=True)

    def _forget_after(self, step: int) -> None:
        """Drop what lies after the saved step: it will be computed again."""
        for path in (self.metrics, self.bands, self.copy_shares):
            if path.exists():
                kept = [line for line in read_lines(path) if line["step"] <= step]
                write_text(path, "".join(json.dumps(line) + "\n" for line in kept))
        for folder in (self.samples, self.snapshots):
            for path in folder.glob("[0-9]*"):
                if int(path.stem) > step:
                    path.unlink()


def append_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    """Add JSON objects, a line each, all or none; InputError where they cannot be written."""
    size = path.stat().st_size if path.exists() else 0
    try:
        with open(path, "a", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    except OSError as error:
        with suppress(OSError):  # half a line would spoil the next one, too
            os.truncate(path, size)
        raise InputError(
            "Cannot write {path} ({strerror}); free some space.", path=path, strerror=reason(error)
        ) from error


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read the JSON objects of a file, a line each; a half-written last line is passed over."""
    found = []
    with suppress(OSError):
        for line in path.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
    return found
