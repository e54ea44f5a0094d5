"""A run's folder: which file holds what, and reading and writing the small ones."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playground.checkpoint import Checkpoint
from playground.errors import InputError
from playground.files import write_atomically, write_text
from playground.training.dataset import Dataset
from playground.training.run import TrainConfig, TrainingRun, TrainStep, train_config


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
        """PNG rows of samples from the same noise, named by step."""
        return self.path / "samples"

    @property
    def control(self) -> Path:
        """A word for the trainer: "pause" or "stop"; a file, because Windows lacks the signals."""
        return self.path / "control"

    @property
    def log(self) -> Path:
        """What the trainer's process wrote to its terminal."""
        return self.path / "trainer.log"

    def create(self, dataset: Dataset, config: TrainConfig) -> None:
        """Write the pictures and the settings; InputError where the folder cannot be written."""
        dataset.save(self.data)
        self.write("config.json", asdict(config))
        self.write("state.json", {"state": "created"})

    def config(self) -> TrainConfig:
        """The run's settings; InputError where they are missing."""
        return train_config(self.read("config.json"))

    def read(self, name: str) -> dict[str, Any]:
        """A small JSON file of the run; InputError where it is missing or damaged."""
        try:
            content = json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{self.path} is no run, or its {name} is damaged.") from error
        return dict(content)

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a small JSON file of the run, atomically."""
        write_text(self.path / name, json.dumps(content, indent=1))

    def open_run(self) -> TrainingRun:
        """The run as it was last saved, or at its first step."""
        dataset, config = Dataset.load(self.data), self.config()
        if not self.last.exists():
            return TrainingRun(config, dataset)
        run = TrainingRun.resume(self.last, dataset, config)
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
        try:
            with open(self.metrics, "a", encoding="utf-8") as file:
                file.writelines(json.dumps(asdict(step)) + "\n" for step in steps)
        except OSError as error:
            raise InputError(
                f"Cannot write {self.metrics} ({error.strerror}); free some space."
            ) from error

    def history(self) -> list[dict[str, Any]]:
        """The metrics so far; a half-written last line is passed over."""
        if not self.metrics.exists():
            return []
        found = []
        for line in self.metrics.read_text(encoding="utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def sample_rows(self) -> list[Path]:
        """The sample pictures, oldest first."""
        return sorted(self.samples.glob("*.png"))

    def _forget_after(self, step: int) -> None:
        """Drop what lies after the saved step: it will be computed again."""
        kept = [json.dumps(line) + "\n" for line in self.history() if line["step"] <= step]
        write_text(self.metrics, "".join(kept))
        for row in self.sample_rows():
            if int(row.stem) > step:
                row.unlink()

    def write_samples(self, step: int, picture: Any) -> None:
        """Keep a PIL picture of the samples at this step."""
        write_atomically(self.samples / f"{step:07d}.png", lambda p: picture.save(p, "PNG"))
