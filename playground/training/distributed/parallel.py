"""A run on several processes that torchrun started: who they are, and what they tell each other.

Every process computes a part of each batch; all else is equal on all of them. What must not differ
(the clock, the word to stop, a failure) is agreed on here. On one process all of it is free.
"""

import json
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import nn

from playground.errors import InputError
from playground.files import write_text
from playground.os_errors import sentence
from playground.texts import NOTHING, Text
from playground.training.distributed import rendezvous

T = TypeVar("T")
TIMEOUT = timedelta(minutes=10)  # the others wait while the first one looks, saves, reads pictures
LAUNCH = ".launch"  # the file that names the launch
LOST = re.compile(r"gloo|nccl|socket|connection|broken pipe|timed? ?out", re.I)


class LostError(InputError):
    """Another process of the run is gone; the same command with --resume goes on."""


@dataclass(frozen=True)
class World:
    """A process among `size` that train one run; by default it is alone."""

    rank: int = 0  # of all processes; 0 writes the run's folder
    size: int = 1
    local_rank: int = 0  # of those on this machine
    local_size: int = 1

    @property
    def is_main(self) -> bool:
        """Whether this is the one process that writes and speaks."""
        return self.rank == 0

    def part(self, count: int) -> slice:
        """Return the process's part of `count` things in a row; parts differ by one at most."""
        return slice(count * self.rank // self.size, count * (self.rank + 1) // self.size)

    def replica(self, network: nn.Module) -> nn.Module:
        """Return the network with its gradients averaged over all processes as they arise."""
        if self.size == 1:
            return network
        device = next(network.parameters()).device
        with reaching(), warnings.catch_warnings():
            # that some versions of torch call broadcast_buffers by another name
            warnings.simplefilter("ignore", FutureWarning)
            return nn.parallel.DistributedDataParallel(
                network,
                device_ids=[device] if device.type == "cuda" else None,
                broadcast_buffers=False,  # they never change
                bucket_cap_mb=4,  # of about 10: the first go out while the rest are computed
                gradient_as_bucket_view=True,
            )

    def total(self, *values: float) -> tuple[float, ...]:
        """Sum each value over the processes, equal on all; LostError where one is gone."""
        return self._reduce(values, dist.ReduceOp.SUM)

    def highest(self, value: int) -> int:
        """Return the highest of the processes' values; LostError where one is gone."""
        return int(self._reduce((value,), dist.ReduceOp.MAX)[0])

    def _reduce(self, values: tuple[float, ...], how: dist.ReduceOp.RedOpType) -> tuple[float, ...]:
        if self.size == 1:
            return values
        held = torch.tensor(values, dtype=torch.float64)
        with reaching():
            dist.all_reduce(held, how)
        return tuple(held.tolist())

    def broadcast(self, content: bytes, by: int = 0) -> bytes:
        """Return on all processes what the process `by` gives here; the others give anything."""
        if self.size == 1:
            return content
        own = self.rank == by
        with reaching():
            length = torch.tensor([len(content) if own else 0])
            dist.broadcast(length, by)
            held = torch.empty(int(length), dtype=torch.uint8)
            if own and content:
                held = torch.frombuffer(bytearray(content), dtype=torch.uint8)
            dist.broadcast(held, by)
        return held.numpy().tobytes()

    def settle(self, do: Callable[[], T]) -> T:
        """Do it on all processes, and return what `do` gives here.

        Where it fails on any of them, InputError on all, with the sentence of the first of these.
        """
        if self.size == 1:
            return do()
        why = NOTHING
        try:
            done = do()
        except (InputError, OSError) as error:
            why = sentence(error)
        failed = self.highest(self.size - self.rank if why else 0)
        if failed:
            told = self.broadcast(json.dumps(why.to_json()).encode(), by=self.size - failed)
            raise InputError.of(Text.from_json(json.loads(told)))
        return done


ALONE = World()


@contextmanager
def reaching() -> Iterator[None]:
    """Raise LostError in place of what torch says where another process cannot be reached."""
    try:
        yield
    except RuntimeError as error:
        if not isinstance(error, dist.DistError) and not LOST.search(str(error)):
            raise
        raise LostError(
            "A worker was lost (killed, out of memory, or out of reach). "
            "Resume continues from the last save, with as many workers as there are."
        ) from error


def from_environment() -> World:
    """Return who this process is, as torchrun tells it; alone where it was started by hand."""
    names = ("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE")
    if "TORCHELASTIC_RUN_ID" not in os.environ or not all(n in os.environ for n in names):
        return ALONE
    return World(*(int(os.environ[name]) for name in names))


@contextmanager
def joined() -> Iterator[World]:
    """Bring a process in touch with all others that torchrun started with it.

    Small words travel over gloo, gradients over NCCL where the network is on a GPU. InputError
    where the processes do not find each other.
    """
    world = from_environment()
    if world.size == 1:
        yield ALONE
        return
    gpus = torch.cuda.is_available() and dist.is_nccl_available()
    try:
        store, rank, size = rendezvous.meet(TIMEOUT)
        dist.init_process_group(
            "cpu:gloo,cuda:nccl" if gpus else "gloo",
            timeout=TIMEOUT,
            store=store,
            rank=rank,
            world_size=size,
        )
    except RuntimeError as error:
        raise InputError(
            "The processes do not reach each other; on several machines set GLOO_SOCKET_IFNAME "
            "(and NCCL_SOCKET_IFNAME) to the network interface between them."
        ) from error
    yield world
    with suppress(RuntimeError):  # not after an error: with others gone it may wait for ever
        dist.destroy_process_group()


def note_launch(folder: Path) -> None:
    """Write down in a new run's folder which launch of torchrun began it."""
    if name := _launch():
        write_text(folder / LAUNCH, name)


def restarted(folder: Path) -> bool:
    """Return whether this very launch began the run: torchrun restarts after losses and gains.

    It counts restarts after failures only, so where machines join, the launch's name tells.
    """
    if not (folder / "config.json").exists():
        return False
    if os.environ.get("TORCHELASTIC_RESTART_COUNT", "0") != "0":
        return True
    try:
        return _launch() == (folder / LAUNCH).read_text(encoding="utf-8") != ""
    except OSError:
        return False


def _launch() -> str:
    """Return this launch's name, the same after restarts; "" where torchrun gave it none."""
    name = os.environ.get("TORCHELASTIC_RUN_ID", "")
    return "" if name == "none" else name
