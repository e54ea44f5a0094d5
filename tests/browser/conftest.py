"""The app as a real process, and a real Chromium that looks at it."""

import base64
import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from playground.training import presets
from playground.training.runs import speed

# the shell has no windows of its own to draw, which are a third of what opening a page costs
SHELL, WHOLE = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
CHROMIUM = Path(os.environ.get("CHROMIUM") or (SHELL if SHELL.exists() else WHOLE))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
FLAGS += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]  # a camera


@pytest.fixture(scope="session")
def runs_dir(tmp_path_factory):
    """Where the app keeps its runs; it takes the machine for measured, which takes seconds."""
    folder = tmp_path_factory.mktemp("runs")
    for shape in ("3x16", "1x16", "3x32", "1x32"):
        speed._keep(folder, shape, dict.fromkeys(presets.PRESETS, 300.0))
    return folder


@pytest.fixture(scope="session")
def app_process(runs_dir, free_port):
    """Its address, and the process."""
    command = [sys.executable, "-m", "playground", "--no-browser", "--runs", str(runs_dir)]
    command += ["--port", str(free_port())]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )
    for line in process.stdout:
        if found := re.search(r"http://\S+?(?=/? \()", line):
            break
    else:
        raise RuntimeError("the app did not start")
    yield found[0], process
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def app_url(app_process):
    return app_process[0]


@pytest.fixture
def client(app_url):
    """A program that asks the app's API."""
    return Client(app_url, verbose=False)


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}; install it or set CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def blank(browser, app_url):
    """A page that opens nothing yet; every request that leaves this machine fails the test."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    outside, errors = [], []
    here = (app_url, "data:", "blob:")
    opened.on("request", lambda r: r.url.startswith(here) or outside.append(r.url))
    opened.on("pageerror", lambda e: errors.append(str(e)))
    yield opened
    opened.close()
    assert outside == []
    assert errors == []


@pytest.fixture
def page(blank, app_url):
    """A fresh page of the app."""
    blank.goto(app_url)
    blank.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]", timeout=60_000)
    return blank


@pytest.fixture
def canvas(page):
    """What the canvas of a selector shows, as an (H,W,3) array."""

    def shown(selector):
        url = page.eval_on_selector(selector, "c => c.toDataURL('image/png')")
        image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
        return np.asarray(image.convert("RGB")).astype(int)

    return shown


@pytest.fixture
def until():
    """Wait for a condition that asks the page or the app, at most so many seconds."""

    def wait(condition, seconds=90):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.05)

    return wait


@pytest.fixture
def painted():
    """Wait until the page has laid out and painted what was done to it."""
    frames = "() => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))"
    return lambda page: page.evaluate(frames)
