"""What tests of trainers as processes share."""

import time

import pytest

import playground as pg


@pytest.fixture
def small() -> pg.TrainConfig:
    """A run that goes on until it is stopped, with many updates a second."""
    return pg.TrainConfig(widths=(16, 16, 16), blocks=(1, 1, 1), batch=8, precision="float32")


@pytest.fixture
def until():
    """Waits for what a condition gives once it gives something; it fails after two minutes."""

    def wait(condition, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := condition():
                return found
            time.sleep(0.05)
        raise AssertionError("it did not happen in time")

    return wait
