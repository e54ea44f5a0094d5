"""The app as a real process, and a program that drives it."""

import base64
import io
import re
import subprocess
import sys

import pytest
from gradio_client import Client
from PIL import Image


@pytest.fixture(scope="session")
def runs_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def client(runs_dir, free_port):
    command = [sys.executable, "-m", "playground", "--no-browser", "--runs", str(runs_dir)]
    process = subprocess.Popen(
        [*command, "--port", str(free_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://\S+?(?=/? \()", line):
            break
    else:
        raise RuntimeError("the app did not start: " + "".join(said))
    yield Client(found[0], verbose=False)
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def stroke():
    """A red square of 8 by 8 on a transparent 16 by 16, as the page sends what is painted."""
    made = Image.new("RGBA", (16, 16))
    made.paste((255, 0, 0, 255), (4, 4, 12, 12))
    data = io.BytesIO()
    made.save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
