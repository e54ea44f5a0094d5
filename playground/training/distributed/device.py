"""Where a network computes: which device, in which precision, and whether compiling it pays."""

from importlib.util import find_spec

import torch
from torch import Tensor, nn

from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError
from playground.machine import fastest_precision
from playground.training.config import TrainConfig
from playground.training.distributed.parallel import ALONE, World

CPU = torch.device("cpu")
# compiling takes about a minute on each process, so it has to be earned back
LONG_MINUTES, LONG_STEPS = 10.0, 20_000


def pick(name: str = "auto", world: World = ALONE) -> torch.device:
    """Pick this process's device: "auto", "cpu", "cuda", or "cuda:1" for one of several.

    "auto" is a GPU where there is one; each of several processes takes its own. InputError for a
    device that is not there.
    """
    gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
    kind, _, number = name.partition(":")
    numbered = kind == "cuda" and number.isdigit()
    if kind not in ("auto", "cpu", "cuda") or (":" in name and not numbered):
        raise InputError(
            "There is no device {name}; choose auto, cpu, cuda or cuda:1.", name=repr(name)
        )
    if kind == "cpu" or (kind == "auto" and not gpus):
        return CPU
    if not gpus:
        raise InputError("There is no GPU that PyTorch can use here; choose --device cpu.")
    if number and world.size > 1:
        raise InputError("Each process takes a GPU of its own; say --device cuda.")
    if world.local_size > gpus:
        raise InputError(
            "{local_size} processes need as many GPUs, and there are {gpus}; start fewer, or "
            "choose --device cpu.",
            local_size=world.local_size,
            gpus=gpus,
        )
    index = int(number) if number else world.local_rank
    if index >= gpus:
        raise InputError(
            "There is no {name}; the last one is cuda:{gpus}.", name=name, gpus=gpus - 1
        )
    device = torch.device("cuda", index)
    torch.cuda.set_device(device)
    return device


def agreed(name: str, world: World) -> torch.device:
    """Pick a device on every process; InputError on all where one fails, or kinds differ."""
    device = world.settle(lambda: pick(name, world))
    (on_gpus,) = world.total(float(device.type == "cuda"))
    if on_gpus not in (0, world.size):
        raise InputError("Some of the machines have no GPU; choose --device cpu for all.")
    return device


def fastest(device: torch.device) -> str:
    """Return the precision in which this device trains fastest: "bfloat16" or "float32"."""
    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return "bfloat16" if native else "float32"
    return fastest_precision()


def pays(device: torch.device, config: TrainConfig) -> bool:
    """Return whether compiling the network is worth its while: on a GPU, and in a long run only."""
    if device.type != "cuda" or find_spec("triton") is None:
        return False
    short = config.minutes is not None and config.minutes < LONG_MINUTES
    return not short and (config.steps is None or config.steps >= LONG_STEPS)


def compiled(network: nn.Module) -> nn.Module:
    """Compile the network; what cannot be compiled is left as it is."""
    torch._dynamo.config.suppress_errors = True
    return torch.compile(network)  # type: ignore[return-value]


class OnDevice:
    """A denoiser that computes on another device; what it takes and gives lies on the CPU."""

    def __init__(self, network: Denoiser, device: torch.device) -> None:
        self.network, self.device, self.shape = network, device, network.shape

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        there = [None if t is None else t.to(self.device) for t in (x, alpha, sigma, cond)]
        return self.network(*there).to(x.device)  # type: ignore[arg-type]
