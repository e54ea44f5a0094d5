"""What the tab shows where there is no run yet."""

import json
from dataclasses import replace

from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.runs import manager, worker
from playground.training.runs.folder import RunFolder
from playground.ui.context import Context
from playground.ui.tabs.train import example, history

CONFIG = TrainConfig(widths=(16,), blocks=(1,), batch=8, steps=2, precision="float32")


def kept(runs, tiny):
    run = RunFolder(runs / example.NAME)
    run.create(tiny, CONFIG)
    worker.train(run)
    return run


def test_the_example_is_shown_but_is_no_run(tmp_path, tiny):
    assert example.of(tmp_path) is None
    run = kept(tmp_path, tiny)
    assert example.of(tmp_path) == run
    assert manager.names(tmp_path) == []
    assert not Library(tmp_path, ()).models()
    row = history.row_of(Context(Library(tmp_path, ())))
    assert row(json.dumps({"run": example.NAME, "step": 2}))["png"]


def test_what_is_there_is_not_trained_again(tmp_path, tiny, monkeypatch):
    trained = []
    monkeypatch.setattr(example, "_made", lambda runs: trained.append(runs) or Quiet())
    context = Context(Library(tmp_path, ()))
    example.begin(context)
    assert len(trained) == 1
    run = kept(tmp_path, tiny)
    example.begin(context)
    assert len(trained) == 1
    run.write("state.json", {"state": "stopped"})  # the app ended while it trained
    example.begin(context)
    assert len(trained) == 2
    manager.create(tmp_path, "cats", tiny, CONFIG)
    example.begin(context)
    assert len(trained) == 2


class Quiet:
    def begin(self):
        pass


def test_it_is_trained_once_and_left_when_a_run_of_ones_own_begins(tmp_path, tiny, monkeypatch):
    monkeypatch.setattr(example, "PICTURES", 40)
    monkeypatch.setattr(example, "CONFIG", replace(example.CONFIG, steps=10_000, batch=8))
    context = Context(Library(tmp_path, ()))
    monkeypatch.setattr(example, "give_way", lambda: manager.create(tmp_path, "cats", tiny, CONFIG))
    made = example.first(context)
    example.begin(context)
    made.wait()
    assert example.first(context) is None
    assert example._made(tmp_path) is made
    run = example.of(tmp_path)
    assert manager.status(run).state == "stopped"
    assert manager.status(run).step < 10_000
