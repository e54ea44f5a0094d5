"""How fast this machine trains: measured for two seconds, and what that means before a start.

`python -m playground.training.runs.speed SIZE CHANNELS` measures in a process of its own, so that
the page does not stutter; `find` keeps the figures in the runs' folder.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import torch

from playground.errors import InputError
from playground.files import write_text
from playground.machine import cores, lower_priority, set_threads, trainer_threads
from playground.process import command_of, prepare
from playground.training import presets
from playground.training.data.dataset import Dataset
from playground.training.data.reading import check_size
from playground.training.distributed.device import pick
from playground.training.evaluation.throughput import Shape, Speed, scale, scaled, work
from playground.training.loop.run import TrainingRun
from playground.training.runs import queue
from playground.training.runs.folder import RunFolder
from playground.training.runs.lock import locked
from playground.training.runs.metrics import newest
from playground.training.runs.overview import shape

SECONDS = 2.0  # of measuring, for all presets together
KEPT = 24 * 3600.0  # seconds until it is measured anew: the machine may have been busy
LIMIT = 60.0  # seconds after which measuring is given up
PICTURES = 64
FILE = ".speed.json"


def find(runs: Path, size: int, channels: int, *, measure: bool = True) -> Speed | None:
    """Find what this machine does at this shape: as measured in the last day, else measured now.

    measure: else the last figures, however old. Nothing is measured while a run trains, which
    would slow both; the figures are then reckoned from the last ones. None where nothing is known.
    InputError for a size that there is not.
    """
    check_size(size, channels)
    key = f"{channels}x{size}"
    if measure and not queue.training(runs):
        with locked(runs / ".speed.lock", wait=LIMIT):  # two at once would both be wrong
            if not _fresh(runs, key) and (figures := _measure_apart(size, channels)):
                if not queue.training(runs):  # else one began meanwhile, and took its share
                    _keep(runs, key, figures)
                elif key not in _read(runs):
                    return Speed(size, channels, figures, measured=False)
    known = _read(runs)
    if key in known:
        return Speed(size, channels, known[key], measured=True)
    figures = _reckoned(runs, known, (channels, size))
    return Speed(size, channels, figures, measured=False) if figures else None


def measure(size: int, channels: int, seconds: float = SECONDS) -> dict[str, float]:
    """Measure images/s of each preset on random pictures: the median step but for the first.

    A preset for which no time is left is reckoned from the others by its arithmetic.
    """
    g = torch.Generator().manual_seed(0)
    data = Dataset(torch.rand(PICTURES, channels, size, size, generator=g) * 2 - 1)
    found: dict[str, float] = {}
    left = time.monotonic() + seconds
    share = seconds / len(presets.PRESETS)
    for name in presets.PRESETS:
        if found and time.monotonic() > left:
            found[name] = scaled(found, (channels, size), name, (channels, size))
            continue
        rates, until = [], time.monotonic() + share
        config = presets.config(name, precision="auto", minutes=1.0)  # too short for compiling
        for step in TrainingRun(config, data, device=pick()).steps():
            if step.step > 1:
                rates.append(step.images_per_second)
            if rates and time.monotonic() > until:
                break
        found[name] = statistics.median(rates)
    return found


def _reckoned(runs: Path, known: dict[str, Any], wanted: Shape) -> dict[str, float] | None:
    if known:
        channels, size = map(int, list(known)[-1].split("x"))
        last = Speed(size, channels, list(known.values())[-1], measured=True)
        return scale(last, wanted[1], wanted[0]).images_per_second
    for name in queue.training(runs):  # the run that trains now is a measurement, too
        run = RunFolder(runs / name)
        rates = [line["images_per_second"] for line in newest(run.metrics, 50)]
        if rates and (found := shape(run)):
            _, channels, size, _ = found
            done = statistics.median(rates) * work(run.config(), channels, size)
            return {p: done / work(presets.config(p), *wanted) for p in presets.PRESETS}
    return None


def _measure_apart(size: int, channels: int) -> dict[str, float] | None:
    """Measure in a process of low priority; None where that fails or takes too long."""
    command = command_of("playground.training.runs.speed", str(size), str(channels))
    try:
        told = subprocess.run(command, capture_output=True, timeout=LIMIT, check=True)
        return dict(json.loads(told.stdout))
    except (subprocess.SubprocessError, OSError, ValueError):
        return None


def _machine() -> str:
    """Describe what the figures hold for; another machine, or other presets, measures again."""
    settings = [presets.config(name) for name in presets.PRESETS]
    memory = psutil.virtual_memory().total >> 30
    gpu = f", {torch.cuda.get_device_name()}" if pick().type == "cuda" else ""
    return f"{cores()} cores{gpu}, {memory} GB, torch {torch.__version__}, {settings}"


def _kept(runs: Path) -> dict[str, Any]:
    """Read what was measured on this machine: shape -> figures, and when in seconds since 1970."""
    try:
        kept = json.loads((runs / FILE).read_text(encoding="utf-8"))
        known = kept["speed"] if kept["machine"] == _machine() else {}
        return {key: one for key, one in known.items() if {"figures", "when"} <= set(one)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _read(runs: Path) -> dict[str, dict[str, float]]:
    return {key: one["figures"] for key, one in _kept(runs).items()}


def _fresh(runs: Path, key: str) -> bool:
    return bool(time.time() - _kept(runs).get(key, {"when": 0})["when"] < KEPT)


def _keep(runs: Path, key: str, figures: dict[str, float]) -> None:
    """Keep the figures of a shape as measured now; they come last."""
    kept = {name: one for name, one in _kept(runs).items() if name != key}
    kept[key] = {"figures": figures, "when": time.time()}
    write_text(runs / FILE, json.dumps({"machine": _machine(), "speed": kept}, indent=1))


def main() -> None:
    """Print the figures of the size and channels on the command line, as JSON."""
    size, channels = map(int, sys.argv[1:3])
    prepare()
    lower_priority()
    set_threads(trainer_threads(cores()))
    try:
        print(json.dumps(measure(size, channels)))
    except InputError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
