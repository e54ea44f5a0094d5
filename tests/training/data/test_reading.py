import io
import random
import threading

import pytest
from PIL import Image

from playground.training.data import reading as module
from playground.training.data.archive import Found
from playground.training.data.reading import Reading


def found(number, side=20):
    data = io.BytesIO()
    Image.new("RGB", (side, side), (number % 256, number // 256, 0)).save(data, "PNG")
    return Found(f"{number}.png", data.getvalue())


@pytest.mark.parametrize("cores", [1, 3])
def test_the_order_is_that_of_the_files_however_long_each_takes(monkeypatch, cores):
    monkeypatch.setattr(module, "_cores", lambda: cores)
    sides = random.Random(0)
    reading = Reading([found(i, sides.choice([4, 2000])) for i in range(60)], 16)
    assert [p.done for p in reading] == list(range(1, 61))
    assert reading.names == [f"{i}.png" for i in range(60)]
    assert reading.pixels()[:, 0, 0, 0].tolist() == list(range(60))


def test_only_a_few_files_are_read_ahead():
    read = 0

    def one(place):
        nonlocal read
        read += 1
        return found(place)

    reading = Reading([], 16)
    files = module.Files([str(i) for i in range(1000)], one)
    decoded = reading._decoded([files], range(1000))
    next(decoded)
    assert read <= 1 + (module.AHEAD + 1) * module.WORKERS
    decoded.close()


def test_leaving_early_ends_the_threads():
    before = set(threading.enumerate())
    for progress in Reading([found(i) for i in range(200)], 16):
        if progress.done == 5:
            break
    started = set(threading.enumerate()) - before
    for thread in started:
        thread.join(20)
    assert not any(thread.is_alive() for thread in started)
