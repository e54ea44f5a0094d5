"""One run at a time: the others wait, and the queue lies in the runs' own state.json files.

So it survives the app and the machine. Whoever is there moves it on: the app every second, and
each trainer as it ends. A lock of the system keeps two of them from doing so at once.
"""

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playground import machine
from playground.errors import InputError
from playground.texts import Text, t
from playground.training.runs import process
from playground.training.runs.folder import RunFolder
from playground.training.runs.lock import LockError, locked

WAITING = "waiting"
LOCK = ".queue.lock"


def enter(run: RunFolder) -> bool:
    """Start the run's trainer, or let it wait where another run trains; whether it started.

    InputError where it is at work or waits already, or cannot be started.
    """
    runs = run.path.parent
    with locked(runs / LOCK):
        if process.alive(run):
            raise InputError("{name} is running already.", name=run.name)
        if run.name in waiting(runs):
            raise InputError(
                "{name} is waiting already; {place_told}.",
                name=run.name,
                place_told=place_told(run),
            )
        run.write("state.json", {"state": WAITING, "since": time.time()})
        if not training(runs):
            _next(runs)
        about = run.read("state.json")
    if about["state"] == "failed":
        raise InputError.of(Text.from_json(about["message"]))
    return bool(about["state"] != WAITING)


def advance(runs: Path, leaving: str = "") -> str | None:
    """Start the run that has waited longest, if none trains; its name, or None.

    leaving: a run whose trainer is about to end, which is the one that calls.
    """
    if not waiting(runs):
        return None
    try:
        with locked(runs / LOCK, wait=0.5):
            return None if set(training(runs)) - {leaving} else _next(runs)
    except LockError:  # somebody else is at it
        return None


def leave(run: RunFolder) -> None:
    """Take a waiting run out of the queue; InputError where it does not wait."""
    with locked(run.path.parent / LOCK):
        if run.name not in waiting(run.path.parent):
            raise InputError("{name} is not waiting.", name=run.name)
        message = t("Taken out of the queue; Resume puts it back.")
        run.write("state.json", {"state": "stopped", "message": message.to_json()})


def waiting(runs: Path) -> list[str]:
    """Return the names of the runs that wait, the next one first."""
    found = []
    for run, about in _states(runs):
        if about.get("state") == WAITING:
            found.append((float(about.get("since", 0)), run.name))
    return [name for _, name in sorted(found)]


def training(runs: Path) -> list[str]:
    """Return the names of the runs that a living trainer is at work on."""
    return [
        run.name
        for run, about in _states(runs)
        if about.get("state") in process.ALIVE and process.find(about) is not None
    ]


def place_told(run: RunFolder) -> Text:
    """Return where a waiting run stands, in words."""
    runs = run.path.parent
    order, busy = waiting(runs), training(runs)
    ahead = (order.index(run.name) if run.name in order else len(order)) + 1
    place = {"place": ahead, "count": max(ahead, len(order))}
    if busy:
        return t("number {place} of {count} in the queue, after {name}", **place, name=busy[0])
    return t("number {place} of {count} in the queue", **place)


def watch(runs: Path, every: float = 1.0) -> None:
    """Move the queue on from a thread of this program, as long as it lives.

    It also keeps the program's own torch to one thread while anything trains.
    """

    def look() -> None:
        while True:
            with suppress(InputError, OSError):  # a folder that cannot be read or written now
                advance(runs)
                machine.share(len(training(runs)))
            time.sleep(every)

    threading.Thread(target=look, daemon=True, name="queue").start()


def _next(runs: Path) -> str | None:
    """Launch the first in the queue that can be; the caller holds the lock."""
    for name in waiting(runs):
        run = RunFolder(runs / name)
        try:
            process.launch(run)
            return name
        except InputError as error:
            run.write("state.json", {"state": "failed", "message": error.text.to_json()})
    return None


def _states(runs: Path) -> list[tuple[RunFolder, dict[str, Any]]]:
    """Return every run that can be read, with its state.json."""
    found = []
    for path in runs.glob("*/state.json"):
        if path.parent.name.startswith("."):
            continue
        run = RunFolder(path.parent)
        try:
            found.append((run, run.read("state.json")))
        except InputError:
            continue
    return found
