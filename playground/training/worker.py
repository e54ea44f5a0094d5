"""The trainer: runs a folder, in this process or as `python -m playground.training.worker`."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import torch

from playground.diffusion.sample import sample
from playground.errors import InputError
from playground.spaces.images import contact_sheet
from playground.training.folder import RunFolder
from playground.training.machine import set_threads
from playground.training.run import TrainingRun, TrainStep

SAVE_SECONDS = 10.0  # so that killing the process loses less than 15 s
SAMPLE_SECONDS = 5.0
SAMPLE_SHARE = 0.1  # of the time, at most
SAMPLE_GROWTH = 0.01  # of the training time so far: a long run makes a few hundred rows
METRICS_SECONDS = 0.5
SHOWN = 8  # samples in a row
SAMPLE_STEPS = 12


class Clock:
    """True every so many seconds."""

    def __init__(self, seconds: float, first: float | None = None) -> None:
        self.seconds = seconds
        self.next = time.monotonic() + (seconds if first is None else first)

    def due(self) -> bool:
        """Whether the time has come; if so, the next one is set."""
        if time.monotonic() < self.next:
            return False
        self.next = time.monotonic() + self.seconds
        return True


def train(
    folder: RunFolder,
    on_step: Callable[[TrainStep], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> str:
    """Train the run of this folder until its budget is spent or it is told to stop; its end state.

    The end state is "finished", "paused" or "stopped"; it is saved in each case. Raises InputError
    where the folder cannot be read or written; what was saved before stays.
    """
    folder.control.unlink(missing_ok=True)
    run = folder.open_run()
    save, show, tell = Clock(SAVE_SECONDS), Clock(SAMPLE_SECONDS, 1.5), Clock(METRICS_SECONDS)
    waiting: list[TrainStep] = []
    state = "finished"
    _write_state(folder, "running")
    for step in run.steps():
        waiting.append(step)
        if on_step:
            on_step(step)
        if tell.due():
            folder.append(waiting)
            waiting.clear()
        if show.due():
            took = _show(folder, run)
            wait = max(took / SAMPLE_SHARE, SAMPLE_GROWTH * run.seconds)
            show.next = max(show.next, time.monotonic() + wait)
        if save.due():
            folder.save(run)
        word = _word(folder)
        if word or (should_stop and should_stop()):
            state = word or "stopped"
            break
    folder.append(waiting)
    folder.save(run)
    _show(folder, run)
    _write_state(folder, state)
    return state


def _word(folder: RunFolder) -> str:
    """The end state that the control file asks for, or nothing."""
    try:
        word = folder.control.read_text().strip()
    except OSError:
        return ""
    return {"pause": "paused", "stop": "stopped"}.get(word, "")


def _show(folder: RunFolder, run: TrainingRun) -> float:
    """Keep a row of samples from fixed noise; the seconds that it took."""
    began = time.monotonic()
    classes = run.network_config.classes
    cond = torch.arange(SHOWN) % classes if classes else None
    frames = sample(
        run.denoiser(), "cosine", "dpmpp_2m", steps=SAMPLE_STEPS, seeds=range(SHOWN), cond=cond
    )
    *_, last = frames
    folder.write_samples(run.step, contact_sheet(last.x, SHOWN))
    return time.monotonic() - began


def _write_state(folder: RunFolder, state: str, message: str = "") -> None:
    me = psutil.Process()
    about = {"state": state, "message": message, "pid": me.pid, "born": me.create_time()}
    folder.write("state.json", about)


def main() -> None:
    """Run the folder named on the command line; its state.json tells how it went."""
    folder = RunFolder(Path(sys.argv[1]))
    told = False

    def stop(*_: Any) -> None:
        nonlocal told
        told = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    set_threads()
    if hasattr(os, "nice"):
        os.nice(5)  # the page must stay smooth while it trains
    try:
        _write_state(folder, "starting")
        train(folder, should_stop=lambda: told)
    except InputError as error:
        _fail(folder, str(error))
    except OSError as error:
        _fail(folder, f"The run folder cannot be written ({error.strerror}); free some space.")
    except MemoryError:
        _fail(folder, "The memory ran out; choose a smaller size, batch or network.")


def _fail(folder: RunFolder, message: str) -> None:
    print(message, file=sys.stderr)
    try:
        _write_state(folder, "failed", message)
    except InputError:
        sys.exit(1)  # where nothing can be written, the page finds the process gone
    sys.exit(1)


if __name__ == "__main__":
    main()
