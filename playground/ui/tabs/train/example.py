"""The run that the tab shows where there is none yet: a short one, trained here and then kept.

It lies in the folder of runs under a name that no run has, or nowhere where that cannot be written.
"""

import shutil
from functools import lru_cache
from pathlib import Path

from playground.library import ASSETS
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import manager, worker
from playground.training.runs.folder import RunFolder
from playground.ui.context import Context
from playground.ui.i18n.text import t
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.runtime.opening_work import give_way

NAME = ".example"
PICTURES = 400
SAYS = t(
    "An example: a small network that learns {n} of the bundled digits, trained on this machine. "
    "A run of yours takes its place.",
    n=PICTURES,
)
CONFIG = TrainConfig(
    widths=(16, 32), blocks=(1, 1), batch=32, steps=120, precision="float32", held_out=0.1
)


def first(context: Context) -> MadeOnce[RunFolder] | None:
    """Return it, to be trained; None where it is there, or any other run is."""
    return _made(context.library.runs) if is_needed(context.library.runs) else None


def begin(context: Context) -> None:
    """Have it trained in a thread of its own, where it is needed."""
    if made := first(context):
        made.begin()


def is_needed(runs: Path) -> bool:
    """Return whether there is nothing else to show, and it is not there as a whole."""
    return not manager.names(runs) and not _is_whole(RunFolder(runs / NAME))


@lru_cache(maxsize=4)
def _made(runs: Path) -> MadeOnce[RunFolder]:
    return MadeOnce(lambda: _train(RunFolder(runs / NAME)))


def of(runs: Path) -> RunFolder | None:
    """Return it, as far as it is trained by now; None where nothing of it is there yet."""
    found = RunFolder(runs / NAME)
    return found if (found.path / "config.json").is_file() else None


def _is_whole(run: RunFolder) -> bool:
    return (run.path / "config.json").is_file() and manager.status(run).state == "finished"


def _train(run: RunFolder) -> RunFolder:
    if run.path.exists():
        shutil.rmtree(run.path)  # left by an app that ended meanwhile
    digits = Dataset.from_files(ASSETS / "digits.zip", 16, channels=1, limit=PICTURES)
    run.create(digits, CONFIG)
    worker.train(
        run,
        on_step=lambda _: give_way(),
        should_stop=lambda: bool(manager.names(run.path.parent)),  # one of theirs takes its place
    )
    return run
