"""Runs as real processes."""

import os
import signal

import pytest

import playground as pg
from playground.errors import InputError
from playground.training import presets
from playground.training.loop.run import TrainingRun
from playground.training.runs import manager
from playground.training.runs.worker import train


@pytest.fixture
def run(tmp_path, tiny, small):
    made = manager.create(tmp_path / "runs", "my cats!", tiny, small)
    yield made
    if made.path.exists():
        manager.delete(made)


def test_a_run_pauses_resumes_survives_a_kill_and_stops(run, tmp_path, until):
    assert run.name == "my-cats"
    assert manager.status(run).state == "created"
    manager.start(run)
    with pytest.raises(InputError, match="running already"):
        manager.start(run)
    until(lambda: manager.status(run).step > 5)
    manager.tell(run, "pause", wait=30)
    paused = manager.status(run)
    assert paused.state == "paused"

    manager.start(run)
    until(lambda: manager.status(run).step > paused.step)
    until(lambda: run.sample_rows())
    os.kill(run.read("state.json")["pid"], signal.SIGKILL)
    until(lambda: manager.status(run).state == "crashed")
    assert "Resume continues" in manager.status(run).message

    manager.start(run)
    until(lambda: manager.status(run).state == "running" and manager.status(run).step > paused.step)
    manager.tell(run, "stop", wait=30)
    assert manager.status(run).state == "stopped"
    steps = [line["step"] for line in run.history()]
    assert steps == sorted(set(steps))
    checkpoint = pg.Checkpoint.load(run.checkpoint)
    assert checkpoint.class_names == ("even", "odd")
    assert manager.names(tmp_path / "runs") == ["my-cats"]


def test_training_here_finishes_its_budget(tmp_path, tiny, small):
    from dataclasses import replace

    run = manager.create(tmp_path, "short", tiny, replace(small, steps=5))
    assert train(run) == "finished"
    status = manager.status(run)
    assert (status.state, status.step, status.progress) == ("finished", 5, 1.0)
    assert len(run.sample_rows()) == 1


def test_metrics_after_the_last_save_are_dropped_on_resuming(tmp_path, tiny, small):
    run = manager.create(tmp_path, "r", tiny, small)
    steps = []
    train(run, on_step=steps.append, should_stop=lambda: len(steps) >= 4)
    run.append([steps[-1].__class__(9, 1.0, 1.0, 1.0, 1.0, None)])
    run.open_run()
    assert [line["step"] for line in run.history()] == [1, 2, 3, 4]


def test_a_spoilt_save_is_told_in_one_sentence(run, until):
    run.last.write_bytes(b"junk")
    manager.start(run)
    failed = until(lambda: manager.status(run).state == "failed" and manager.status(run))
    assert "damaged" in failed.message
    assert "\n" not in failed.message
    assert "Traceback" not in run.log.read_text()


def test_a_full_disk_keeps_the_last_save_and_is_told_in_one_sentence(small_disk, tiny, small):
    run, other = (manager.create(small_disk.path, name, tiny, small) for name in ("r", "other"))
    steps = []
    train(run, on_step=steps.append, should_stop=lambda: len(steps) >= 3)
    before = run.last.read_bytes()

    def fill(step):
        steps.append(step)
        if len(steps) == 5:
            small_disk.fill()

    with pytest.raises(InputError, match=r"^Cannot write .*no space left.*; free some space"):
        train(run, on_step=fill, should_stop=lambda: len(steps) >= 6)
    assert run.last.read_bytes() == before
    with pytest.raises(InputError, match="free some space"):
        manager.start(other)
    with pytest.raises(InputError, match="free some space"):
        manager.create(small_disk.path, "third", tiny, small)
    small_disk.free()
    assert run.open_run().step == 3


def test_deleting_leaves_nothing(run):
    manager.start(run)
    manager.delete(run)
    assert not run.path.exists()


def test_names_are_made_safe_and_distinct(tmp_path, tiny, small):
    names = [manager.create(tmp_path, n, tiny, small).name for n in ("../../x y", "x y", "", "...")]
    assert names == ["x-y", "x-y-2", "run", "run-2"]
    with pytest.raises(InputError, match="did you mean x-y"):
        manager.folder(tmp_path, "x-yy")


def test_a_run_killed_between_saves_loses_only_what_came_after(tmp_path, tiny, small):
    run = manager.create(tmp_path, "r", tiny, small)
    steps = []
    train(run, on_step=steps.append, should_stop=lambda: len(steps) >= 4)
    again = run.open_run()
    assert isinstance(again, TrainingRun)
    assert again.step == 4


@pytest.mark.parametrize("name", list(presets.PRESETS))
def test_every_preset_makes_a_run(tiny, name):
    run = pg.TrainingRun(presets.config(name), tiny)
    assert next(run.steps()).step == 1


def test_an_unknown_preset_is_refused():
    with pytest.raises(InputError, match="did you mean 2 minutes"):
        presets.config("2 minute")
