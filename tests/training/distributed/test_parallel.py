"""A run on several processes: the same curve as on one, lost workers, and one voice."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import psutil
import pytest
import torch
from PIL import Image

import playground as pg
from playground.checkpoint import read_tensors
from playground.errors import InputError
from playground.training.distributed import parallel
from playground.training.distributed.parallel import LostError, World
from playground.training.runs import manager, worker
from playground.training.runs.folder import RunFolder

CONFIG = pg.TrainConfig(
    widths=(16, 16), blocks=(1, 1), batch=8, steps=10, warmup=5, precision="float32"
)
# the command, saving often; what else it is told to do comes first
COMMAND = """
import os, sys
from playground.cli import main
from playground.training.runs import worker
worker.SAVE_SECONDS = worker.METRICS_SECONDS = 0.05
{first}
main()
"""


@pytest.fixture
def launch(tmp_path):
    """`torchrun ... playground train OPTIONS`, started; what is left of it ends with the test."""
    started = []

    def start(processes, *options, first="", restarts=0):
        program = tmp_path / "program.py"
        program.write_text(COMMAND.format(first=first))
        torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
        torchrun += [f"--nproc-per-node={processes}", f"--max-restarts={restarts}", str(program)]
        started.append(
            subprocess.Popen(
                [*torchrun, "train", *map(str, options)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=tmp_path,
                env=os.environ | {"OMP_NUM_THREADS": "1"},
            )
        )
        return started[-1]

    yield start
    for torchrun in started:
        if torchrun.poll() is None:
            left = [*psutil.Process(torchrun.pid).children(recursive=True), torchrun]
            for process in left:
                process.kill()
        torchrun.communicate()


def others(torchrun, run, until):
    """The workers at work on the run besides the first, once it has saved."""

    def found():
        try:
            about = run.read("state.json")
        except InputError:
            return []
        if about["state"] != "running" or not run.last.exists():
            return []
        workers = psutil.Process(torchrun.pid).children()
        first = [p for p in workers if p.pid == about["pid"]]
        return [p for p in workers if p not in first] if first else []

    return until(found)


def losses(run):
    return [line["loss"] for line in run.history()]


@pytest.fixture
def runs(tmp_path):
    """Kept apart from what the processes' own folder holds."""
    return tmp_path / "runs"


def test_two_processes_train_what_one_does(tmp_path, launch, runs):
    g = torch.Generator().manual_seed(0)
    for i in range(12):
        pixels = torch.randint(0, 256, (16, 16), generator=g, dtype=torch.uint8)
        path = tmp_path / "pictures" / str(i % 2) / f"{i}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels.numpy()).save(path)
    config = replace(CONFIG, flip=True, augment=0.5, held_out=0.25, warmup=100, precision="auto")
    data = pg.Dataset.from_files(tmp_path / "pictures", 16, channels=1)
    alone = manager.create(runs, "alone", data, config)
    worker.train(alone)
    options = ["--grey", "--size=16", "--widths=16,16", "--blocks=1,1", "--batch=8", "--steps=10"]
    options += ["--flip", "--augment=0.5", "--held-out=0.25", "--json", "-o", runs / "two"]
    torchrun = launch(2, tmp_path / "pictures", *options)
    out, err = torchrun.communicate(timeout=200)
    assert torchrun.returncode == 0, err
    assert json.loads(out)["state"] == "finished"  # said once
    two = RunFolder(runs / "two")
    assert losses(two) == pytest.approx(losses(alone), abs=1e-4)
    assert two.config() == config
    a, b = (read_tensors(run.last, "training run") for run in (alone, two))
    assert a[0].keys() == b[0].keys()
    assert torch.equal(a[0]["generator"], b[0]["generator"])
    assert a[1]["data"] == b[1]["data"]
    assert int(two.sample_rows()[-1].stem) == 10  # the page sees what it sees of any other
    assert manager.status(two).state == "finished"


def test_three_processes_without_a_shared_disk_and_a_batch_that_three_does_not_divide(
    tmp_path, launch, runs, tiny
):
    alone = manager.create(runs, "alone", tiny, CONFIG)
    worker.train(alone)
    manager.create(runs, "three", tiny, CONFIG)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    away = f'if os.environ["RANK"] == "2": os.chdir({str(elsewhere)!r})'
    torchrun = launch(3, "none", "--resume", "-o", "runs/three", first=away)
    _, err = torchrun.communicate(timeout=200)
    assert torchrun.returncode == 0, err
    three = RunFolder(runs / "three")
    assert losses(three) == pytest.approx(losses(alone), abs=1e-4)
    assert not list(elsewhere.iterdir())


def test_lost_workers_are_told_and_a_restart_and_fewer_go_on(launch, runs, tiny, until):
    run = manager.create(runs, "r", tiny, replace(CONFIG, steps=1_000_000))
    torchrun = launch(2, "none", "--resume", "-o", run.path, restarts=1)
    lost = others(torchrun, run, until)[0]
    lost.kill()
    told = until(lambda: [s for s in [manager.status(run)] if s.state == "failed"])[0].message
    assert "A worker was lost" in told
    assert "Resume continues from the last save" in told
    # torchrun starts both anew, and they go on; one that is told to end lets all save and end
    again = until(lambda: [p for p in others(torchrun, run, until) if p.pid != lost.pid])[0]
    again.send_signal(signal.SIGTERM)
    _, err = torchrun.communicate(timeout=200)
    assert torchrun.returncode == 0, err
    assert err.count("playground:") == 1, err
    assert manager.status(run).state == "stopped"
    done = read_tensors(run.last, "training run")[1]["step"]
    assert [line["step"] for line in run.history()] == list(range(1, done + 1))
    run.write("config.json", {**run.read("config.json"), "steps": done + 3})
    assert worker.train(run) == "finished"  # on one
    assert [line["step"] for line in run.history()] == list(range(1, done + 4))


def test_an_error_is_said_once(launch, runs, tiny):
    run = manager.create(runs, "r", tiny, replace(CONFIG, batch=1))
    torchrun = launch(2, "none", "--resume", "-o", run.path)
    out, err = torchrun.communicate(timeout=200)
    assert torchrun.returncode
    assert (out + err).count("2 processes cannot share a batch of 1") == 1
    assert manager.status(run).state == "failed"


def test_parts_make_up_the_whole():
    for count, size in ((64, 3), (8, 8), (7, 2), (100, 7)):
        parts = [list(range(count))[World(rank, size).part(count)] for rank in range(size)]
        assert [place for part in parts for place in part] == list(range(count))
        assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_one_process_agrees_with_itself():
    alone = parallel.ALONE
    network = torch.nn.Linear(1, 1)
    assert alone.replica(network) is network
    assert alone.total(1.5, 2.0) == (1.5, 2.0)
    assert (alone.highest(3), alone.broadcast(b"x"), alone.settle(lambda: 4)) == (3, b"x", 4)


def test_only_torchrun_makes_a_world(monkeypatch):
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE"):
        monkeypatch.setenv(name, "2")  # as other launchers do, too
    monkeypatch.delenv("TORCHELASTIC_RUN_ID", raising=False)
    assert parallel.from_environment() == parallel.ALONE
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "none")
    assert parallel.from_environment() == World(2, 2, 2, 2)


def test_a_launch_that_restarts_goes_on_and_another_does_not(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "one")
    parallel.note_launch(tmp_path)
    assert not parallel.restarted(tmp_path)  # nothing to go on with
    (tmp_path / "config.json").write_text("{}")
    assert parallel.restarted(tmp_path)
    for name in ("other", "none", ""):
        monkeypatch.setenv("TORCHELASTIC_RUN_ID", name)
        assert not parallel.restarted(tmp_path)
    monkeypatch.setenv("TORCHELASTIC_RESTART_COUNT", "1")
    assert parallel.restarted(tmp_path)


def test_only_a_lost_connection_is_a_lost_worker():
    with pytest.raises(LostError), parallel.reaching():
        raise RuntimeError("[gloo/transport/tcp/pair.cc:537] Connection reset by peer")
    with pytest.raises(RuntimeError, match="shapes"), parallel.reaching():
        raise RuntimeError("shapes differ")
