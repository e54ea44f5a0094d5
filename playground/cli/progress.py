"""A training in the terminal: its progress bar, and Ctrl-C, which asks it to save and end."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def stop_asked() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether Ctrl-C or SIGTERM came; neither ends anything now."""
    told = False

    def stop(*_: Any) -> None:
        nonlocal told
        told = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Bar:
    """Shows the newest of a training's steps; `loss` is the smoothed one, 0 before the first."""

    def __init__(self, progress: Any, unit: str) -> None:
        self.progress, self.unit, self.loss = progress, unit, 0.0
        self.task = progress.add_task("starting", total=1.0)

    def show(self, step: Any) -> None:
        """Show one more step."""
        self.loss = 0.95 * self.loss + 0.05 * step.loss if self.loss else step.loss
        text = f"step {step.step}  loss {self.loss:.4f}"
        text += f"  {step.images_per_second:.0f} {self.unit}/s"
        self.progress.update(self.task, description=text, completed=step.progress or 0.0)


@contextmanager
def bar(quiet: bool, unit: str = "images") -> Iterator[Bar]:
    """Show a progress bar, or nothing where it is quiet. unit: what an update takes many of."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=quiet) as progress:
        yield Bar(progress, unit)


def train(run: Any, save: Callable[[], None], seconds: float, quiet: bool, unit: str) -> float:
    """Train until the budget or Ctrl-C, saving now and then and at last; the smoothed loss.

    What cannot be saved is told once, and tried again. InputError where the last save fails, too.
    """
    from playground.texts import NOTHING
    from playground.training.runs.clock import Clock
    from playground.training.runs.saving import save_at_last, tried

    clock, told_of = Clock(seconds), NOTHING
    with stop_asked() as told, bar(quiet, unit) as shown:
        for step in run.steps():
            shown.show(step)
            if clock.due():
                trouble = tried(save)
                if trouble and trouble != told_of:
                    print(f"playground: {trouble} It goes on.", file=sys.stderr)
                told_of = trouble
            if told():
                break
        save_at_last(save, told)
    return shown.loss
