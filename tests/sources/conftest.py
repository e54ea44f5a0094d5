from dataclasses import replace

import pytest

from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.runs import manager


@pytest.fixture
def config():
    """A small network, quickly trained, a quarter of whose pictures are held out."""
    return TrainConfig(widths=(16,), blocks=(1,), batch=8, precision="float32", held_out=0.25)


@pytest.fixture
def run_of_eight(tmp_path, tiny, config):
    """A library with a run of eight steps that kept its model at 1, 2, 4 and 8."""
    folder = manager.create(tmp_path, "cats", tiny, replace(config, steps=8))
    run = folder.open_run()
    folder.snapshots.mkdir(exist_ok=True)
    for step in run.steps():
        if step.step in (1, 2, 4, 8):
            folder.keep_snapshot(run)
    folder.save(run)
    return Library(tmp_path)
