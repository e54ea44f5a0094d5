"""Runs as processes: start, pause, stop and delete them, and tell truthfully how they are.

The folder is the truth: nothing about a run is kept in this program's memory, so a reloaded page,
a second tab, or a run started on the command line see the same.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from playground.errors import InputError, unknown
from playground.training.dataset import Dataset
from playground.training.folder import RunFolder
from playground.training.metrics import newest
from playground.training.run import TrainConfig

ALIVE = ("starting", "running")


@dataclass(frozen=True)
class Status:
    """How a run is: its state in a word, why, and its newest figures."""

    name: str
    state: str  # created, starting, running, paused, stopped, finished, failed, crashed
    message: str = ""
    step: int = 0
    loss: float | None = None
    images_per_second: float | None = None
    seconds: float = 0.0
    eta: float | None = None  # seconds left; None where the run has no end
    progress: float | None = None

    @property
    def alive(self) -> bool:
        """Whether a process is at work on it."""
        return self.state in ALIVE


def folder(runs: Path, name: str) -> RunFolder:
    """The run of this name; InputError, naming near ones, where there is none."""
    known = names(runs)
    if name not in known:
        raise unknown("run", name, known or ("none: start one first",))
    return RunFolder(runs / name)


def names(runs: Path) -> list[str]:
    """All runs, newest first."""
    found = [p.parent for p in runs.glob("*/config.json") if not p.parent.name.startswith(".")]
    return [p.name for p in sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)]


def create(runs: Path, name: str, dataset: Dataset, config: TrainConfig) -> RunFolder:
    """A new run's folder with its pictures; a name that is taken gets a number."""
    safe = re.sub(r"[^\w\-]+", "-", name.strip()).strip("-")[:60] or "run"
    path, number = runs / safe, 2
    while path.exists():
        path, number = runs / f"{safe}-{number}", number + 1
    made = RunFolder(path)
    made.create(dataset, config)
    return made


def start(run: RunFolder) -> None:
    """Start (or resume) the trainer as a process of its own that outlives this one."""
    if status(run).alive:
        raise InputError(f"{run.name} is running already.")
    config = run.config()
    spent = history_seconds(run)
    if config.minutes is not None and spent >= 60 * config.minutes:
        raise InputError(f"{run.name} has used up its time; start a new run to go on.")
    run.control.unlink(missing_ok=True)
    try:
        with open(run.log, "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "playground.training.worker", str(run.path.resolve())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
    except OSError as error:
        raise InputError(f"{run.path} cannot be written; free some space.") from error
    born = psutil.Process(process.pid).create_time()
    run.write("state.json", {"state": "starting", "pid": process.pid, "born": born})


def tell(run: RunFolder, word: str, *, wait: float = 0.0) -> None:
    """Ask the trainer to "pause" or "stop": it saves, then ends; wait so many seconds for that."""
    if not status(run).alive:
        raise InputError(f"{run.name} is not running.")
    run.control.write_text(word)
    until = time.monotonic() + wait
    while time.monotonic() < until and status(run).alive:
        time.sleep(0.1)


def delete(run: RunFolder) -> None:
    """Delete the run with its pictures, for good; a trainer at work on it is ended first."""
    try:
        process = _process(run.read("state.json"))
    except InputError:  # a damaged run can be deleted, too
        process = None
    if process is not None:
        process.kill()
        process.wait(10)
    try:  # under another name first, so that no page meets half a run
        shutil.rmtree(run.path.rename(run.path.with_name(f".deleted-{run.name}")))
    except OSError as error:
        raise InputError(f"{run.path} cannot be deleted ({error.strerror}).") from error


def history_seconds(run: RunFolder) -> float:
    """Training time so far."""
    lines = newest(run.metrics, 1)
    return float(lines[-1]["seconds"]) if lines else 0.0


def status(run: RunFolder) -> Status:
    """The truth about a run: a state that says "running" counts only while its process lives."""
    try:
        about = run.read("state.json")
    except InputError as error:
        return Status(run.name, "failed", str(error))
    state, message = str(about.get("state")), about.get("message", "")
    if state in ALIVE and _process(about) is None:
        state = "crashed"
        message = "The trainer ended without a word (killed, or out of memory); Resume continues."
    found = Status(run.name, state, message)
    lines = newest(run.metrics, 20)
    return _with_figures(found, lines) if lines else found


def _with_figures(found: Status, lines: list[dict[str, Any]]) -> Status:
    last = lines[-1]
    progress, seconds = last["progress"], last["seconds"]
    eta = seconds / progress - seconds if progress else None
    return replace(
        found,
        step=last["step"],
        loss=sum(line["loss"] for line in lines) / len(lines),
        images_per_second=sum(line["images_per_second"] for line in lines) / len(lines),
        seconds=seconds,
        eta=eta,
        progress=progress,
    )


def _process(about: dict[str, Any]) -> psutil.Process | None:
    """The trainer's process, if it lives and is that very one (numbers are used again)."""
    try:
        process = psutil.Process(about["pid"])
        same = abs(process.create_time() - about["born"]) < 2
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (KeyError, psutil.Error):
        return None
