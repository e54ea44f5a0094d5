"""What is told about a trainer that froze or died, by real processes and by what they leave."""

import os
import signal
import time

import psutil
import pytest

import playground as pg
from playground.errors import InputError
from playground.texts import NOTHING
from playground.training.runs import manager, process


@pytest.fixture
def run(tmp_path, tiny, small):
    made = manager.create(tmp_path / "runs", "r", tiny, small)
    yield made
    if made.path.exists():
        manager.delete(made)


def told(run):
    return manager.status(run).message


def test_a_halted_trainer_does_not_count_as_running_and_can_be_stopped(run, until):
    manager.start(run)
    until(lambda: manager.status(run).step > 0)
    pid = run.read("state.json")["pid"]
    os.kill(pid, signal.SIGSTOP)
    frozen = until(lambda: manager.status(run).state == "not responding" and manager.status(run))
    assert frozen.alive
    assert "halted" in frozen.message
    os.kill(pid, signal.SIGCONT)
    until(lambda: manager.status(run).state == "running")
    os.kill(pid, signal.SIGSTOP)
    until(lambda: manager.status(run).state == "not responding")
    manager.tell(run, "stop")
    assert manager.status(run).state == "stopped"
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_silence_counts_from_the_last_beat_and_not_before_the_first(run):
    assert process.silence(run) == 0
    run.beat.write_text(str(time.monotonic() - 40))
    assert 40 <= process.silence(run) < 60
    assert "No sign of life for 4" in process.frozen(run, psutil.Process())
    run.beat.write_text("")
    assert process.frozen(run, psutil.Process()) == NOTHING


def test_a_killed_trainer_is_told_by_its_signal(run, until):
    manager.start(run)
    until(lambda: manager.status(run).state == "running")
    os.kill(run.read("state.json")["pid"], signal.SIGKILL)
    until(lambda: manager.status(run).state == "crashed" and "SIGKILL" in told(run))
    assert "Resume continues" in told(run)


def dead(run, **launched):
    about = {"state": "running", "pid": 2**22 + 1, "born": time.time()}
    run.write("state.json", about)
    run.write(process.LAUNCH, {"pid": about["pid"], "log": 0, **launched})


@pytest.mark.parametrize(
    "launched, log, said",
    [
        ({"code": -9, "memory_kill": True}, "", "memory ran out"),
        ({"code": -9, "memory_kill": False}, "", "SIGKILL"),
        ({"code": -11}, "", "SIGSEGV"),
        ({"code": 1}, "Traceback\nValueError: no\n", "Its last words: ValueError: no"),
        ({"code": 1}, "RuntimeError: DefaultCPUAllocator: can't allocate memory", "memory ran out"),
        ({}, "", "without a word"),
    ],
)
def test_the_reason_of_a_crash(run, launched, log, said):
    run.log.write_text(log)
    dead(run, **launched)
    assert manager.status(run).state == "crashed"
    assert said in told(run)


def test_words_of_an_earlier_sitting_are_not_the_last_ones(run):
    run.log.write_text("ValueError: long ago\n")
    dead(run, code=1, log=run.log.stat().st_size)
    assert "long ago" not in told(run)


def test_a_machine_that_was_off_is_named(run):
    run.write("state.json", {"state": "running", "pid": 1, "born": psutil.boot_time() - 1000})
    assert "switched off" in told(run)


def test_renaming_takes_the_model_along_and_is_refused_while_it_runs(run, tiny, small):
    from playground.training.runs.worker import train

    steps = []
    train(run, on_step=steps.append, should_stop=lambda: len(steps) >= 2)
    other = manager.create(run.path.parent, "other", tiny, small)
    with pytest.raises(InputError, match="other already"):
        manager.rename(run, "other")
    renamed = manager.rename(run, "../My cats!")
    assert renamed.name == "My-cats"
    assert not run.path.exists()
    assert pg.Checkpoint.load(renamed.checkpoint).name == "My-cats"
    assert manager.status(renamed).step == 2
    manager.start(other)
    with pytest.raises(InputError, match="pause it first"):
        manager.rename(other, "third")
    manager.delete(other)


def test_pausing_makes_no_last_row_of_samples(run):
    from playground.training.runs.worker import train

    steps = []

    def pause_at_two(step):
        steps.append(step)
        if len(steps) == 2:
            run.control.write_text("pause")

    assert train(run, on_step=pause_at_two) == "paused"
    assert run.sample_rows() == []
    assert run.last.exists()
