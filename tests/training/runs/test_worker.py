"""The trainer: killed, on a full disk, looked at, and bit for bit the same."""

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

import playground as pg
from playground.checkpoint import read_tensors
from playground.errors import InputError
from playground.library import Library
from playground.training.runs import manager, worker
from playground.training.runs.observer import COUNTED, SHOWN, Observer

CONFIG = pg.TrainConfig(
    widths=(16, 16, 16), blocks=(1, 1, 1), batch=8, steps=60, precision="float32", held_out=0.25
)
# a real trainer that saves often; after step `kill` it kills itself without any warning
TRAINER = """
import os, signal, sys, torch
from pathlib import Path
from playground.training.runs import worker
from playground.training.runs.folder import RunFolder
torch.set_num_threads(1)
worker.SAVE_SECONDS = worker.METRICS_SECONDS = 0.05
kill = int(sys.argv[2])
def after(step):
    if step.step == kill:
        os.kill(os.getpid(), signal.SIGKILL)
print(worker.train(RunFolder(Path(sys.argv[1])), on_step=after))
"""


def trainer(run, kill=0):
    command = [sys.executable, "-c", TRAINER, str(run.path), str(kill)]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


def test_killed_and_resumed_the_weights_are_bit_for_bit_the_same(tmp_path, tiny):
    straight = manager.create(tmp_path, "straight", tiny, CONFIG)
    assert trainer(straight).stdout.strip() == "finished"
    broken = manager.create(tmp_path, "broken", tiny, CONFIG)
    assert trainer(broken, kill=30).returncode == -signal.SIGKILL
    assert 0 < read_tensors(broken.last, "training run")[1]["step"] < 30
    assert manager.status(broken).state == "crashed"
    assert trainer(broken).stdout.strip() == "finished"
    a, b = (read_tensors(run.last, "training run") for run in (straight, broken))
    assert a[1]["step"] == b[1]["step"] == 60
    assert a[0].keys() == b[0].keys()
    assert all(torch.equal(a[0][k], b[0][k]) for k in a[0])
    assert [line["step"] for line in broken.history()] == list(range(1, 61))


def test_being_looked_at_changes_nothing(tmp_path, tiny):
    alone = pg.TrainingRun(replace(CONFIG, steps=6), tiny)
    list(alone.steps())
    seen = pg.TrainingRun(replace(CONFIG, steps=6), tiny)
    observer = Observer(manager.create(tmp_path, "r", tiny, CONFIG), seen)
    for _ in seen.steps():
        observer.finish()
    assert all(torch.equal(alone.ema[k], seen.ema[k]) for k in alone.ema)
    assert torch.equal(alone.generator.get_state(), seen.generator.get_state())


def test_what_is_kept_for_people_to_see(tmp_path, tiny):
    run = manager.create(tmp_path, "r", tiny, replace(CONFIG, steps=5))
    worker.train(run)
    (line,) = [json.loads(line) for line in run.bands.read_text().splitlines()]
    assert (line["step"], len(line["train"]), len(line["held_out"])) == (5, 5, 5)
    x, about = run.row(5)
    assert x.shape == (SHOWN, 1, 16, 16)
    assert len(about["matches"]) == SHOWN
    tensors, about = read_tensors(run.copies, "copies")
    assert tensors["samples"].shape == tensors["nearest"].shape == (COUNTED, 1, 16, 16)
    assert torch.equal(tensors["samples"][:SHOWN].float(), x)  # the row's noise is its beginning
    assert (about["pictures"], about["held_out"]) == (18, 6)
    assert about["held_out_share"] == 0.0  # random pictures are copies of none
    assert run.ideal.exists()
    assert run.snapshot_steps() == [5]


def test_the_ideal_row_is_the_training_pictures_from_the_same_noise(tmp_path, tiny):
    run = pg.TrainingRun(CONFIG, tiny)
    kept = []
    observer = Observer(manager.create(tmp_path, "r", tiny, CONFIG), run)
    observer._sample = lambda who, count: (
        kept.append(Observer._sample(observer, who, count)) or (kept[-1])
    )
    observer._ideal()
    apart = torch.cdist(kept[0].flatten(1), run.seen.x.flatten(1)).min(dim=1).values
    assert float(apart.max()) < 0.05


def test_a_snapshot_is_a_model_of_its_step(tmp_path, tiny):
    run = manager.create(tmp_path, "r", tiny, replace(CONFIG, steps=5))
    worker.train(run)
    library = Library(tmp_path, ())
    assert list(library.models()) == ["r", "r @ 5"]
    checkpoint, network = library.load("r @ 5")
    assert checkpoint.recipe["steps"] == 5
    whole = library.load("r")[0].weights
    for name, weight in checkpoint.weights.items():
        assert torch.equal(weight, whole[name].half())
    *_, last = pg.sample(network, "cosine", steps=2, seeds=[0])
    assert bool(last.x.isfinite().all())


def test_a_full_disk_costs_what_is_shown_but_not_the_run(small_disk, tiny, monkeypatch):
    run = manager.create(small_disk.path, "r", tiny, replace(CONFIG, steps=8))
    monkeypatch.setattr(worker, "METRICS_SECONDS", 0.0)
    monkeypatch.setattr(Observer, "look", lambda self: self._do(self._row))  # after each step
    told = []

    def after(step):
        if step.step == 2:
            small_disk.fill()
        if step.step == 5:
            told.append(manager.status(run).message)
            small_disk.free()

    assert worker.train(run, on_step=after) == "finished"
    assert "disk is full" in told[0]
    status = manager.status(run)
    assert (status.state, status.step, str(status.message)) == ("finished", 8, "")
    assert [line["step"] for line in run.history()] == list(range(1, 9))
    assert run.open_run().step == 8
    assert [int(path.stem) for path in run.sample_rows()] == [1, 5, 6, 7, 8]


def test_a_save_that_fails_is_tried_again_until_there_is_room(small_disk, tiny, monkeypatch):
    run = manager.create(small_disk.path, "r", tiny, replace(CONFIG, steps=5))
    monkeypatch.setattr(worker, "SAVE_SECONDS", 0.0)
    waited = []

    def wait(seconds):  # once all steps are done
        waited.append(seconds)
        small_disk.free()

    monkeypatch.setattr("playground.training.runs.saving.time.sleep", wait)
    assert (
        worker.train(run, lambda step: small_disk.fill() if step.step == 3 else None) == "finished"
    )
    assert len(waited) == 1
    assert run.open_run().step == 5


def test_lines_that_do_not_fit_leave_no_half_line(tmp_path, tiny, monkeypatch):
    run = manager.create(tmp_path, "r", tiny, CONFIG)
    steps = list(pg.TrainingRun(replace(CONFIG, steps=3), tiny).steps())
    run.append(steps[:1])
    before = run.metrics.read_bytes()

    def half(line):
        with open(run.metrics, "ab") as file:
            file.write(b'{"step": 2, "lo')
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("playground.training.runs.folder.json.dumps", half)
        with pytest.raises(InputError, match="free some space"):
            run.append(steps[1:])
    assert run.metrics.read_bytes() == before
    run.append(steps[1:])
    assert [line["step"] for line in run.history()] == [1, 2, 3]


def test_resuming_forgets_what_lies_after_the_save(tmp_path, tiny):
    run = manager.create(tmp_path, "r", tiny, CONFIG)
    steps = []
    worker.train(run, on_step=steps.append, should_stop=lambda: len(steps) >= 4)
    later = pg.TrainingRun(CONFIG, tiny)
    for step in later.steps():
        if step.step == 6:
            break
    Observer(run, later).finish()
    assert run.snapshot_steps() == [4, 6]
    run.open_run()
    assert run.snapshot_steps() == [4]
    assert [path.stem for path in run.sample_rows()] == ["0000004"]
    for path in (run.bands, run.copy_shares):
        assert [json.loads(line)["step"] for line in path.read_text().splitlines()] == [4]
    assert isinstance(run.path, Path)


def test_a_run_of_slow_steps_is_looked_at_after_each(tmp_path, tiny, monkeypatch):
    """Where saving or telling is due at every step, samples must come all the same."""
    looks = []
    monkeypatch.setattr(worker, "METRICS_SECONDS", 0.0)
    monkeypatch.setattr(Observer, "look", lambda self: looks.append(self.run.step))
    worker.train(manager.create(tmp_path, "slow", tiny, replace(CONFIG, steps=5)))
    assert looks == [1, 2, 3, 4, 5]


def test_a_run_whose_folder_is_deleted_ends(tmp_path, tiny):
    run = manager.create(tmp_path, "gone", tiny, replace(CONFIG, steps=1000))
    seen = []

    def delete(step):
        seen.append(step.step)
        if step.step == 3:
            shutil.rmtree(run.path)

    with pytest.raises(InputError, match="was deleted"):
        worker.train(run, on_step=delete)
    assert seen == [1, 2, 3]
