"""The device a run takes, and that a GPU's run differs in nothing but where it computes."""

from dataclasses import replace

import pytest
import torch
from torch import nn

import playground as pg
from playground.errors import InputError
from playground.training.distributed import device
from playground.training.distributed.parallel import World

CONFIG = pg.TrainConfig(widths=(16,), blocks=(1,), batch=4, precision="float32")
GPU = torch.device("cuda", 0)


@pytest.fixture
def gpus(monkeypatch):
    """A machine that claims to have so many."""

    def have(count):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: count > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: count)
        monkeypatch.setattr(torch.cuda, "set_device", lambda device: None)

    return have


def test_auto_is_a_gpu_where_there_is_one(gpus):
    gpus(0)
    assert device.pick() == device.CPU
    gpus(2)
    assert device.pick() == torch.device("cuda", 0)
    assert device.pick("cpu") == device.CPU
    assert device.pick("cuda:1") == torch.device("cuda", 1)
    assert device.pick("auto", World(5, 6, 1, 2)) == torch.device("cuda", 1)


@pytest.mark.parametrize(
    "count, name, world, why",
    [
        (0, "cuda", World(), "no GPU"),
        (2, "cuda:2", World(), "last one is cuda:1"),
        (2, "auto", World(0, 3, 0, 3), "3 processes need as many GPUs, and there are 2"),
        (2, "cuda:1", World(0, 2, 0, 2), "a GPU of its own"),
        (2, "gpu", World(), "no device 'gpu'"),
        (2, "cuda:x", World(), "no device"),
        (2, "cuda:", World(), "no device"),
        (2, "cpu:0", World(), "no device"),
    ],
)
def test_a_device_that_is_not_there_is_refused(gpus, count, name, world, why):
    gpus(count)
    with pytest.raises(InputError, match=why):
        device.pick(name, world)


def test_a_gpu_computes_in_bfloat16_where_it_can(monkeypatch):
    for native, precision in ((True, "bfloat16"), (False, "float32")):
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda native=native, **_: native)
        assert device.fastest(GPU) == precision
    assert device.fastest(device.CPU) in ("bfloat16", "float32")


def test_compiling_pays_on_a_gpu_in_a_long_run(monkeypatch):
    monkeypatch.setattr(device, "find_spec", lambda name: name)
    assert device.pays(GPU, CONFIG)
    assert device.pays(GPU, replace(CONFIG, minutes=60.0))
    assert not device.pays(GPU, replace(CONFIG, minutes=2.0))
    assert not device.pays(GPU, replace(CONFIG, steps=100))
    assert not device.pays(device.CPU, CONFIG)
    monkeypatch.setattr(device, "find_spec", lambda name: None)
    assert not device.pays(GPU, CONFIG)


def test_a_compiled_run_saves_the_same_names(tiny, tmp_path, monkeypatch):
    plain = pg.TrainingRun(replace(CONFIG, steps=2), tiny)
    list(plain.steps())

    class Compiled(nn.Module):  # as torch.compile wraps
        def __init__(self, network):
            super().__init__()
            self._orig_mod = network

        def forward(self, *args):
            return self._orig_mod(*args)

    monkeypatch.setattr(device, "pays", lambda *_: True)
    monkeypatch.setattr(torch, "compile", Compiled)
    run = pg.TrainingRun(replace(CONFIG, steps=2), tiny)
    list(run.steps())
    assert isinstance(run._trained, Compiled)
    run.save(tmp_path / "run.safetensors")
    again = pg.TrainingRun.resume(tmp_path / "run.safetensors", tiny)
    for name, weight in plain.network.state_dict().items():
        assert torch.equal(again.network.state_dict()[name], weight)


def test_a_denoiser_on_a_device_takes_and_gives_what_any_does(tiny):
    plain = pg.TrainingRun(CONFIG, tiny).denoiser()
    there = device.OnDevice(plain, device.CPU)
    x, half, cond = torch.randn(2, 1, 16, 16), torch.full((2,), 0.7), torch.tensor([0, 1])
    assert there.shape == plain.shape
    assert torch.equal(there(x, half, half, cond), plain(x, half, half, cond))
    assert torch.equal(there(x, half, half), plain(x, half, half))
