import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

import playground as pg
from playground.diffusion.denoisers import ideal_denoiser
from playground.errors import InputError
from playground.models.network import NetworkDenoiser
from playground.models.unet import UNet, UNetConfig
from playground.serving import joined as module
from playground.serving.ahead import StoppedError, ahead, stopping
from playground.serving.engine import Engine
from playground.serving.joined import Joined, joined, served


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(1)
    net = UNet(UNetConfig(channels=1, size=16, classes=3, widths=(16, 24), blocks=(1, 1)))
    for weights in net.parameters():
        weights.data.normal_(0, 0.08)
    return NetworkDenoiser(net)


REQUESTS = [
    {"schedule": "edm", "sampler": "dpmpp_2m", "steps": 6, "seeds": [3], "cond": 1},
    {"schedule": "flow", "sampler": "heun", "steps": 4, "seeds": [4, 5], "cond": [0, -1]},
    {"schedule": "cosine", "sampler": "ddpm", "steps": 5, "seeds": [6, 7, 8]},
    {"schedule": "linear", "sampler": "ddim", "steps": 7, "seeds": [9], "cond": 2, "guidance": 3.0},
]


def result(who, schedule, sampler, **settings):
    *_, last = pg.sample(who, schedule, sampler, **settings)
    return last.x


def together(who, requests):
    def one(request):
        *_, last = served(who, pg.sample(who, **request))
        return last.x

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(one, requests))


def test_a_sample_is_the_same_whatever_it_is_joined_with(network):
    engine = Engine()
    who = Joined(network, engine)
    for found, request in zip(together(who, REQUESTS * 3), REQUESTS * 3, strict=True):
        assert torch.allclose(found, result(network, **request), atol=1e-5)
    assert engine.joined_calls < engine.calls
    assert engine.samplings == 0


def test_ideal_denoisers_join_too(tiny):
    who = ideal_denoiser(tiny.x, tiny.labels)
    requests = [
        {
            "denoiser": None,
            "schedule": "edm",
            "sampler": "ddim",
            "steps": 4,
            "seeds": [i],
            "cond": c,
        }
        for i, c in enumerate([0, 1, None, 1])
    ]
    requests = [{k: v for k, v in r.items() if k != "denoiser"} for r in requests]
    for found, request in zip(together(Joined(who, Engine()), requests), requests, strict=True):
        assert torch.allclose(found, result(who, **request), atol=1e-5)


def test_without_joining_each_call_is_made_alone(network):
    engine = Engine(join=False)
    together(Joined(network, engine), REQUESTS)
    assert engine.joined_calls == engine.calls > 0


def test_an_error_reaches_its_owner_only(network):
    who = Joined(network, Engine())

    def bad():
        x = torch.zeros(1, 1, 16, 16)
        half = torch.full((1,), 0.7)
        with who.engine.sampling(who):
            return who(x, half, half, torch.tensor([99]))

    with ThreadPoolExecutor(4) as pool:
        wrong = [pool.submit(bad) for _ in range(2)]
        right = [pool.submit(together, who, REQUESTS[:1]) for _ in range(2)]
        for future in wrong:
            with pytest.raises(InputError, match="classes 0 to 2"):
                future.result(20)
        for future in right:
            assert torch.allclose(future.result(20)[0], result(network, **REQUESTS[0]), atol=1e-5)


def test_other_abilities_of_the_model_are_there(network):
    who = Joined(network, Engine())
    assert who.mixes_classes
    assert who.shape == network.shape
    assert not hasattr(who, "flies")


def test_one_wrapper_a_model_and_none_kept():
    who = ideal_denoiser(torch.zeros(2, 1, 4, 4))
    first = joined(who)
    assert joined(who) is first
    known = len(module._known)
    del first, who
    gc.collect()
    assert len(module._known) < known


def test_gradients_stay_as_they_were_for_the_consumer(network):
    *_, last = served(Joined(network, Engine()), pg.sample(network, "flow", steps=2))
    assert torch.is_grad_enabled()
    assert (torch.ones(1, requires_grad=True) * last.x).sum().requires_grad


def numbers(ended):
    try:
        for i in range(10_000):
            time.sleep(0.001)
            yield i
    finally:
        ended.set()


def test_closing_ends_the_work():
    ended = threading.Event()
    items = ahead(numbers(ended))
    assert [next(items) for _ in range(3)] == [0, 1, 2]
    items.close()
    assert ended.wait(5)


def test_the_event_ends_the_work_and_whoever_waits():
    ended, stop = threading.Event(), threading.Event()
    token = stopping.set(stop)
    try:
        items = ahead(numbers(ended))
        assert next(items) == 0
        stop.set()
        with pytest.raises(StoppedError):
            list(items)
        assert ended.wait(5)
    finally:
        stopping.reset(token)


def test_a_slow_reader_holds_the_work_back():
    made = []

    def count():
        for i in range(1000):
            made.append(i)
            yield i

    items = ahead(count(), most=5)
    next(items)
    time.sleep(0.3)
    assert len(made) <= 8
    items.close()


def test_what_the_work_raises_is_raised_here():
    def fails():
        yield 1
        raise InputError("No.")

    items = ahead(fails())
    assert next(items) == 1
    with pytest.raises(InputError, match="No"):
        next(items)


def test_a_patient_call_goes_last_but_not_never_and_outlives_its_request(network, monkeypatch):
    engine, order = Engine(join=False), []
    inner, begin = network, threading.Event()

    class Noting:
        shape, nfe = network.shape, 1

        def __call__(self, x, alpha, sigma, cond=None):
            begin.wait(20)
            order.append(len(x))
            return inner(x, alpha, sigma, cond)

    who = Joined(Noting(), engine)
    stop = threading.Event()

    def ask(denoiser, count):
        stopping.set(stop)
        x = torch.zeros(count, *network.shape)
        return denoiser(x, torch.full((count,), 0.6), torch.full((count,), 0.8))

    monkeypatch.setattr("playground.serving.engine.PATIENCE", 100)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(ask, who, 1)]
        while not engine._thread or engine._waiting:  # until the engine is at work on the first
            time.sleep(0.001)
        jobs.append(pool.submit(ask, who.patient(), 2))
        while len(engine._waiting) < 1:
            time.sleep(0.001)
        jobs += [pool.submit(ask, who, 3)]
        while len(engine._waiting) < 2:
            time.sleep(0.001)
        begin.set()
        assert jobs[1].result(20).shape[0] == 2
        assert order == [1, 3, 2]
        begin.clear()
        late = pool.submit(ask, who.patient(), 4)
        stop.set()
        time.sleep(0.3)  # an impatient call looks every 0.1 s whether it was stopped
        begin.set()
        assert len(late.result(20)) == 4
