"""How processes of the program start: never with a person's own files in place of modules."""

import subprocess
import sys
import time

import pytest

from playground.process import ROOT

NAMES = "random typing json logging tempfile socket queue enum signal numpy torch PIL rich typer"


@pytest.fixture
def traps(tmp_path):
    """A folder of files with other modules' names, each of which leaves a word when imported."""
    for name in NAMES.split():
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('imported {name}.py')\n")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "playground"],
        # torchrun's own start is out of this program's hands: a script's folder comes first there
        [sys.executable, "-P", "-m", "torch.distributed.run", "-m", "playground"],
    ],
    ids=["person", "torchrun"],
)
def test_files_of_the_folder_it_starts_in_are_never_imported(traps, command, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ROOT)
    told = subprocess.run(
        [*command, "list", "schedules"], cwd=traps, capture_output=True, text=True, check=False
    )
    assert "imported" not in told.stderr
    assert told.returncode == 0, told.stderr
    assert "cosine" in told.stdout


def test_a_trainer_started_there_trains(traps, tiny, monkeypatch):
    from playground.training.config import TrainConfig
    from playground.training.runs import manager, process

    monkeypatch.chdir(traps)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    config = TrainConfig(widths=(16, 16, 16), blocks=(1, 1, 1), steps=2, minutes=None, batch=4)
    run = manager.create(traps / "runs", "r", tiny, config)
    trainers = []
    monkeypatch.setattr(process, "_note_end", lambda trainer, _: trainers.append(trainer))
    manager.start(run)
    while not trainers:  # by the thread that waits for its end
        time.sleep(0.01)
    trainers[0].wait(120)
    assert manager.status(run).state == "finished", run.log.read_text()
