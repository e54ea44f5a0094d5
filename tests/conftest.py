"""Fixtures for every test."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import torch

from playground.training.data.dataset import Dataset

# Apps, trainers and commands that tests start share the cores with other tests: threads that wait
# for each other on a busy machine cost more than they give.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """One worker has all that drives Chromium, the others whole files: two browsers at once are
    slower than one after the other on two cores, and a file's tests share what they start."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid):
            in_browser = nodeid.startswith("tests/browser/")
            return "browser" if in_browser else super()._split_scope(nodeid)

    return ByFile(config, log)


@pytest.fixture(autouse=True, scope="session")
def _one_thread():
    """The networks here are tiny: a second thread would wait more than it works."""
    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _seeded():
    """What a test draws without a generator of its own is the same in every run and order."""
    torch.manual_seed(0)


@pytest.fixture
def tiny() -> Dataset:
    """24 random pictures, 16x16 grey, in two classes."""
    g = torch.Generator().manual_seed(0)
    x = torch.rand(24, 1, 16, 16, generator=g) * 2 - 1
    return Dataset(x, torch.arange(24) % 2, ("even", "odd"), tuple(map(str, range(24))))


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Ports that no other suite on this machine chooses, too, while an app of this one starts."""

    def port() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    return port


@pytest.fixture(scope="session")
def peak_memory() -> str:
    """Python that defines `peak()`, this process's most memory so far in kB, on Linux.

    Not ru_maxrss, in which the memory of whoever started the process counts, too.
    """
    return (
        "import re\ndef peak(): return int(re.search(r'VmHWM:\\s+(\\d+) kB', "
        "open('/proc/self/status').read())[1])\n"
    )


class SmallDisk:
    """A file system of its own in memory, which a test fills and empties."""

    def __init__(self, path: Path) -> None:
        self.path, self.ballast = path, path / "ballast"

    def fill(self) -> None:
        """Leave not a byte free."""
        with open(self.ballast, "ab", buffering=0) as file, suppress(OSError):
            while file.write(bytes(1 << 12)):
                pass
        assert os.statvfs(self.path).f_bavail == 0

    def free(self) -> None:
        """Let go of what `fill` took."""
        self.ballast.unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 16 MB; skipped where this user may not mount one."""
    where = tmp_path / "disk"
    where.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(where)]
    try:
        subprocess.run(mount, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a file system cannot be mounted here")
    yield SmallDisk(where)
    subprocess.run(["umount", "--lazy", str(where)], check=True)
