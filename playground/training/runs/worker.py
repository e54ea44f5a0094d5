"""The trainer: runs a folder, in this process or as one of its own."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import torch

from playground.errors import InputError
from playground.machine import cores, lower_priority, set_threads, trainer_threads
from playground.os_errors import reason
from playground.process import prepare
from playground.texts import NOTHING, Text, joined, t
from playground.training.distributed.device import CPU, pick
from playground.training.distributed.parallel import ALONE, World
from playground.training.loop.run import TrainingRun, TrainStep
from playground.training.runs import queue
from playground.training.runs.clock import Clock
from playground.training.runs.folder import RunFolder
from playground.training.runs.lock import LockError, locked
from playground.training.runs.nodes import nearby
from playground.training.runs.observer import Observer
from playground.training.runs.process import MEMORY
from playground.training.runs.saving import save_at_last, tried

SAVE_SECONDS = 10.0  # so that killing the process loses less than 15 s
METRICS_SECONDS = 0.5
WORDS = ("", "stopped", "paused")  # to end early; where processes differ, the last one counts


def train(
    folder: RunFolder,
    on_step: Callable[[TrainStep], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    *,
    world: World = ALONE,
    device: torch.device = CPU,
) -> str:
    """Train the run of this folder until its budget is spent or it is told to stop; its end state.

    The end state is "finished", "paused" or "stopped"; it is saved in each case. Raises InputError
    where the folder cannot be read or written; what was saved before stays. Every process of a
    world calls it; the first one writes and looks, and the others wait for it after each step.
    """
    if not world.is_main:
        return _follow(folder, should_stop, world, device)
    folder.control.unlink(missing_ok=True)
    run = _open(folder, world, device)
    observer = Observer(folder, run)
    save, tell = Clock(SAVE_SECONDS), Clock(METRICS_SECONDS)
    waiting: list[TrainStep] = []
    state, trouble, told = "finished", NOTHING, NOTHING
    _write_state(folder, "running")
    _beat(folder)
    for step in run.steps():
        waiting.append(step)
        if on_step:
            on_step(step)
        if save.due():  # the metrics first, so that none before the save is ever missing
            trouble = tried(lambda: _tell(folder, waiting))
            trouble = tried(lambda: folder.save(run)) or trouble
            _beat(folder)
        elif tell.due():
            trouble = tried(lambda: _tell(folder, waiting)) or trouble
            told = _note(folder, observer.trouble or trouble, told)
            _beat(folder)
        observer.look()
        word = _word(folder, should_stop)
        if word := WORDS[world.highest(WORDS.index(word))]:
            state = word
            break
    trouble = tried(lambda: _tell(folder, waiting))
    save_at_last(lambda: folder.save(run), lambda: _given_up(folder, should_stop))
    if state != "paused":  # pausing is for having the processor back at once
        observer.finish()
    _write_state(folder, state, observer.trouble or trouble)
    return state


def _open(folder: RunFolder, world: World, device: torch.device) -> TrainingRun:
    with nearby(folder, world) as here:
        return world.settle(lambda: here.open_run(world, device))


def _follow(
    folder: RunFolder, should_stop: Callable[[], bool] | None, world: World, device: torch.device
) -> str:
    """Play the part of all processes but the first: make the same steps, and end with it."""
    run = _open(folder, world, device)
    for _ in run.steps():
        told = bool(should_stop and should_stop())
        if word := WORDS[world.highest(WORDS.index("stopped") if told else 0)]:
            return word
    return "finished"


def _tell(folder: RunFolder, waiting: list[TrainStep]) -> None:
    folder.append(waiting)
    waiting.clear()


def _beat(folder: RunFolder) -> None:
    """Give a sign of life; where the disk is full, the state tells that anyway."""
    with suppress(OSError):
        folder.beat.write_text(str(time.monotonic()))


def _note(folder: RunFolder, trouble: Text, told: Text) -> Text:
    """Tell of trouble, and of its end, in the run's state; what is told now."""
    message = joined([trouble, t("It goes on.")]) if trouble else NOTHING
    if message == told or tried(lambda: _write_state(folder, "running", message)):
        return told
    return message


def _word(folder: RunFolder, should_stop: Callable[[], bool] | None) -> str:
    """Return the end state that the control file or `should_stop` asks for, or nothing.

    InputError where the run's folder is gone: there is nothing to train for any more.
    """
    if not folder.path.is_dir():
        raise InputError("The folder {path} was deleted while it trained.", path=folder.path)
    try:
        word = folder.control.read_text().strip()
    except OSError:
        word = ""
    told = {"pause": "paused", "stop": "stopped"}.get(word, "")
    return told or ("stopped" if should_stop and should_stop() else "")


def _given_up(folder: RunFolder, should_stop: Callable[[], bool] | None) -> bool:
    """Return whether nobody waits any more for the last save, which fails for now."""
    _beat(folder)
    return bool(_word(folder, should_stop))


def _write_state(folder: RunFolder, state: str, message: Text = NOTHING) -> None:
    me = psutil.Process()
    about = {"state": state, "message": message.to_json(), "pid": me.pid, "born": me.create_time()}
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
    prepare()
    set_threads(trainer_threads(cores()))
    lower_priority()
    try:
        with exclusive(folder), truthful(folder):
            _write_state(folder, "starting")
            train(folder, should_stop=lambda: told, device=pick())
    except InputError as error:
        if not isinstance(error, LockError):
            print(error, file=sys.stderr)
        sys.exit(1)
    finally:
        queue.advance(folder.path.parent, leaving=folder.name)


def exclusive(folder: RunFolder, wait: float = 0.0) -> AbstractContextManager[None]:
    """Hold the run as its trainer, for there are never two; LockError where there is one."""
    return locked(folder.path / ".trainer.lock", wait)


@contextmanager
def truthful(folder: RunFolder, world: World = ALONE) -> Iterator[None]:
    """Turn what breaks a run off into one sentence: an InputError, and the run's state."""
    try:
        yield
        return
    except InputError as error:
        why = error
    except OSError as error:
        why = InputError(
            "The run folder cannot be written ({strerror}); free some space.",
            strerror=reason(error),
        )
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not MEMORY.search(str(error)):
            raise
        why = InputError("The memory ran out; choose a smaller size, batch or network.")
        if not world.is_main:  # which the first process cannot know
            print(f"playground: process {world.rank}: {why}", file=sys.stderr)
    if world.is_main:
        with suppress(InputError, OSError):  # else the page finds the process gone
            _write_state(folder, "failed", why.text)
    raise why


if __name__ == "__main__":
    main()
