"""The app as a process and Chromium beside it, for the benchmarks that measure the page."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from playground.training.runs import manager
from playground.training.runs import process as trainer
from playground.training.runs.folder import RunFolder

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def app() -> Iterator[str]:
    """The address of an app of its own with no runs; it is ended afterwards."""
    with process() as (address, _):
        yield address


@contextmanager
def process(first: str = "") -> Iterator[tuple[str, int]]:
    """The same, with the number of its process. first: Python that it runs before it starts."""
    with tempfile.TemporaryDirectory() as runs:
        start = f"{first}\nfrom playground.cli import main\nmain()"
        with socket.socket() as probe:  # a port that no other app takes while this one starts
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        command = [sys.executable, "-c", start, "--no-browser", "--runs", runs, "--port", port]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            told = (re.search(r"http://\S+?(?=/? \()", line) for line in process.stdout)
            yield next(filter(None, told))[0], process.pid
        finally:
            process.terminate()
            process.wait(20)
            for name in manager.names(Path(runs)):  # a trainer outlives the app
                trainer.end(RunFolder(Path(runs) / name))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def tell(what: str, times: list[float], goal: float) -> None:
    """One line of percentiles of milliseconds."""
    times = sorted(times)
    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    print(
        f"{what:38} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   goal {goal} ms   ({len(times)} times)"
    )
