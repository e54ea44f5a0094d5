"""The queue with real processes: one run at a time, in order, whatever is killed."""

import multiprocessing
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from playground.errors import InputError
from playground.training.runs import manager, process, queue
from playground.training.runs.lock import LockError, locked


@pytest.fixture
def runs(tmp_path, tiny, small):
    """Three runs, of which the second and third are short."""
    folder = tmp_path / "runs"
    made = [manager.create(folder, "a", tiny, small)]
    made += [manager.create(folder, n, tiny, replace(small, steps=3)) for n in ("b", "c")]
    yield made
    for run in made:
        if run.path.exists():
            manager.delete(run)


def state(run):
    return manager.status(run).state


def test_the_others_wait_and_follow_in_order_without_the_app(runs, until):
    a, b, c = runs
    assert manager.start(a)
    assert not manager.start(c)
    assert not manager.start(b)
    assert queue.waiting(a.path.parent) == ["c", "b"]
    assert "number 2 of 2 in the queue, after a" in manager.status(b).message
    with pytest.raises(InputError, match="waiting already"):
        manager.start(b)
    until(lambda: manager.status(a).step > 0)
    manager.tell(a, "stop", wait=60)
    # nobody advances the queue here: each trainer starts the next as it ends
    until(lambda: state(b) == "finished")
    assert state(c) == "finished"
    assert c.read("state.json")["born"] <= b.read("state.json")["born"]


def test_after_kill_9_whoever_is_there_starts_the_next(runs, until):
    a, b, _ = runs
    manager.start(a)
    manager.start(b)
    until(lambda: state(a) == "running")
    os.kill(a.read("state.json")["pid"], signal.SIGKILL)
    until(lambda: state(a) == "crashed")
    assert state(b) == "waiting"
    assert queue.advance(a.path.parent) == "b"
    assert queue.advance(a.path.parent) is None
    until(lambda: state(b) == "finished")


def test_a_waiting_run_can_be_taken_out_and_deleted(runs):
    a, b, c = runs
    manager.start(a)
    manager.start(b)
    manager.start(c)
    with pytest.raises(InputError, match="Stop takes it out"):
        manager.tell(b, "pause")
    manager.tell(b, "stop")
    assert state(b) == "stopped"
    manager.delete(c)
    assert queue.waiting(a.path.parent) == []


def test_a_run_that_cannot_be_launched_does_not_hold_up_the_queue(runs, monkeypatch):
    a, b, c = runs
    for since, run in enumerate((b, c)):
        run.write("state.json", {"state": "waiting", "since": since})
    launched = []

    def launch(run):
        if run.name == "b":
            raise InputError("no space")
        launched.append(run.name)

    monkeypatch.setattr(process, "launch", launch)
    assert queue.advance(a.path.parent) == "c"
    assert launched == ["c"]
    assert (state(b), str(manager.status(b).message)) == ("failed", "no space")


def _advance(folder, found):
    found.put(queue.advance(folder))


def test_many_processes_at_once_start_one_trainer(runs):
    a, b, c = runs
    for since, run in enumerate((a, b, c)):
        run.write("state.json", {"state": "waiting", "since": since})
    fresh = multiprocessing.get_context("fork")
    found = fresh.Queue()
    helpers = [fresh.Process(target=_advance, args=(a.path.parent, found)) for _ in range(6)]
    for helper in helpers:
        helper.start()
    started = [found.get(timeout=60) for _ in helpers]
    for helper in helpers:
        helper.join(30)
    assert sorted(filter(None, started)) == ["a"]
    assert queue.waiting(a.path.parent) == ["b", "c"]


def test_a_second_trainer_on_the_same_run_ends_at_once(runs, until):
    a, *_ = runs
    manager.start(a)
    until(lambda: state(a) == "running")
    before = a.read("state.json")
    command = [sys.executable, "-m", "playground.training.runs.worker", str(a.path)]
    assert subprocess.run(command, timeout=60).returncode == 1
    assert a.read("state.json")["pid"] == before["pid"]
    assert state(a) == "running"


def test_a_lock_ends_with_its_holder(tmp_path):
    path = tmp_path / "lock"
    code = (
        "import sys, time; from pathlib import Path\n"
        "from playground.training.runs.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert holder.stdout.readline().strip() == b"held"
    with pytest.raises(LockError), locked(path, wait=0.1):
        pass
    holder.kill()
    holder.wait(10)
    with locked(path, wait=5):
        pass
