"""Runs as processes: start, pause, stop and delete them, and tell truthfully how they are.

The folder is the truth: nothing about a run is kept in this program's memory, so a reloaded page,
a second tab, or a run started on the command line see the same.
"""

import re
import shutil
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from playground.checkpoint import Checkpoint
from playground.errors import InputError, unknown
from playground.files import is_full
from playground.os_errors import reason
from playground.texts import NOTHING, Text, t
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import process, queue
from playground.training.runs.folder import RunFolder
from playground.training.runs.lock import locked
from playground.training.runs.metrics import newest

SILENT = "not responding"
STATES = (
    "created",
    "waiting",  # in the queue, until no other run trains
    "starting",
    "running",
    "not responding",  # its process lives, without a sign of life
    "paused",
    "stopped",
    "finished",
    "failed",  # with a sentence of the trainer's own
    "crashed",  # without one
)
ALIVE = (*process.ALIVE, SILENT)


@dataclass(frozen=True)
class Status:
    """How a run is: its state in a word, why, and its newest figures."""

    name: str
    state: str  # created, waiting, running, paused, ...: see STATES
    message: Text = NOTHING
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

    def plain(self) -> dict[str, Any]:
        """Return all of it as programs are told it, in English."""
        return asdict(self) | {"message": str(self.message)}


def folder(runs: Path, name: str) -> RunFolder:
    """Return the run of this name; InputError, naming near ones, where there is none."""
    known = names(runs)
    if not known:
        called = t(" called {name}: there is none", name=repr(name)) if name else NOTHING
        raise InputError("There is no run{called} yet; start one first.", called=called)
    if name not in known:
        raise unknown("run", name, known)
    return RunFolder(runs / name)


def names(runs: Path) -> list[str]:
    """Return all runs, newest first."""
    found = [p.parent for p in runs.glob("*/config.json") if not p.parent.name.startswith(".")]
    return [p.name for p in sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)]


def safe_name(name: str) -> str:
    """Return the name as a folder can have it: letters, digits, - and _, at most 60."""
    return re.sub(r"[^\w\-]+", "-", name.strip()).strip("-")[:60] or "run"


def create(
    runs: Path, name: str, dataset: Dataset, config: TrainConfig, start: Checkpoint | None = None
) -> RunFolder:
    """Create a run's folder with its pictures; a name that is taken gets a number.

    start: the model whose weights it begins with.
    """
    made = RunFolder(runs / free_name(runs, name))
    made.create(dataset, config, start)
    return made


def free_name(runs: Path, name: str) -> str:
    """Return the name as a run can have it, numbered where it is taken: cats, cats-2."""
    safe = safe_name(name)
    if not (runs / safe).exists():
        return safe
    stem, number = re.sub(r"-\d{1,3}$", "", safe), 2
    while (runs / f"{stem}-{number}").exists():
        number += 1
    return f"{stem}-{number}"


def start(run: RunFolder) -> bool:
    """Start (or resume) the run's trainer; False where it has to wait for another run.

    InputError where it runs or waits already, or has spent its time.
    """
    if status(run).alive:
        raise InputError("{name} is running already.", name=run.name)
    minutes = run.config().minutes
    if minutes is not None and history_seconds(run) >= 60 * minutes:
        raise InputError("{name} has used up its time; start a new run to go on.", name=run.name)
    return queue.enter(run)


def tell(run: RunFolder, word: str, *, wait: float = 0.0) -> None:
    """Ask the trainer to "pause" or "stop": it saves, then ends; wait so many seconds for that.

    A trainer that does not answer is ended instead, and a waiting run leaves the queue.
    """
    now = status(run)
    if now.state == queue.WAITING:
        if word != "stop":
            raise InputError("{name} is waiting; Stop takes it out of the queue.", name=run.name)
        queue.leave(run)
        return
    if not now.alive:
        raise InputError("{name} is not running.", name=run.name)
    if now.state == SILENT:
        process.end(run)
        message = t("It did not answer and was ended; Resume continues from the last save.")
        run.write(
            "state.json",
            {
                "state": f"{word}ped" if word == "stop" else "paused",
                "message": message.to_json(),
            },
        )
        return
    try:
        run.control.write_text(word)
    except OSError as error:
        raise InputError(
            "{control} cannot be written; free some space.", control=run.control
        ) from error
    until = time.monotonic() + wait
    while time.monotonic() < until and status(run).alive:
        time.sleep(0.1)


def rename(run: RunFolder, name: str) -> RunFolder:
    """Give the run and its model another name.

    InputError where it runs, or where the name is taken or is none.
    """
    if not re.search(r"\w", name or ""):
        raise InputError("A name needs a letter or a digit; type one.")
    new = safe_name(name)
    if new == run.name:
        return run
    with locked(run.path.parent / queue.LOCK):  # nobody starts it meanwhile
        if status(run).alive:
            raise InputError("{name} is running; pause it first, then rename it.", name=run.name)
        path = run.path.with_name(new)
        if path.exists():
            raise InputError("There is a run called {new} already; choose another name.", new=new)
        try:
            renamed = RunFolder(run.path.rename(path))
        except OSError as error:
            raise InputError(
                "{path} cannot be renamed ({strerror}).", path=run.path, strerror=reason(error)
            ) from error
    if renamed.checkpoint.exists():
        replace(Checkpoint.load(renamed.checkpoint), name=new).save(renamed.checkpoint)
    return renamed


def delete(run: RunFolder) -> None:
    """Delete the run with its pictures, for good; a trainer at work on it is ended first."""
    process.end(run)
    try:  # under another name first, so that no page meets half a run
        shutil.rmtree(run.path.rename(run.path.with_name(f".deleted-{run.name}")))
    except OSError as error:
        raise InputError(
            "{path} cannot be deleted ({strerror}).", path=run.path, strerror=reason(error)
        ) from error


def history_seconds(run: RunFolder) -> float:
    """Return the training time so far, in seconds."""
    lines = newest(run.metrics, 1)
    return float(lines[-1]["seconds"]) if lines else 0.0


def status(run: RunFolder) -> Status:
    """Tell the truth about a run: "running" counts only while its process lives."""
    try:
        about = run.read("state.json")
    except InputError as error:
        return Status(run.name, "failed", error.text)
    state, message = str(about.get("state")), Text.from_json(about.get("message"))
    if state in process.ALIVE:
        found = process.find(about)
        if found is None:
            state, message = "crashed", process.why_ended(run, about)
        elif frozen := process.frozen(run, found):
            state, message = SILENT, frozen
        elif not message and is_full(run.path):  # of which the trainer itself cannot write
            message = t("The disk is full, and nothing is saved; free some space. It goes on.")
    elif state == queue.WAITING:
        message = t("It is {place}, and starts by itself.", place=queue.place_told(run))
    plain = Status(run.name, state, message)
    lines = newest(run.metrics, 20)
    return _with_figures(plain, lines) if lines else plain


def _with_figures(plain: Status, lines: list[dict[str, Any]]) -> Status:
    last = lines[-1]
    progress, seconds = last["progress"], last["seconds"]
    eta = seconds / progress - seconds if progress else None
    return replace(
        plain,
        step=last["step"],
        loss=sum(line["loss"] for line in lines) / len(lines),
        images_per_second=sum(line["images_per_second"] for line in lines) / len(lines),
        seconds=seconds,
        eta=eta,
        progress=progress,
    )
