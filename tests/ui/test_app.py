"""How the app is put together, and how it ends."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import gradio as gr
import pytest
from gradio_client import Client

from playground.library import Library
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.tabs import TABS


def test_building_the_page_starts_nothing(tmp_path):
    before = set(threading.enumerate())
    build(Context(Library(tmp_path)))
    assert set(threading.enumerate()) <= before


def test_no_timer_ticks_in_the_page(tmp_path):
    """Gradio goes through all components at each event, in whichever tab somebody drags."""
    blocks = build(Context(Library(tmp_path))).blocks.values()
    assert not any(isinstance(block, gr.Timer) for block in blocks)


def test_every_hint_is_of_a_button_of_its_tab(tmp_path):
    blocks = build(Context(Library(tmp_path))).blocks.values()
    named = {block.elem_id for block in blocks if isinstance(block, gr.Button | gr.DownloadButton)}
    named |= {block.elem_id for block in blocks if isinstance(block, gr.UploadButton)}
    pages = "".join(block.html_template for block in blocks if isinstance(block, gr.HTML))
    named |= set(re.findall(r'<button[^>]*\bid="([\w-]+)"', pages))
    for tab in TABS:
        assert set(tab.hints) <= named, tab.id


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_amid_sampling_ends_the_app_quietly(tmp_path, free_port):
    command = [sys.executable, "-m", "playground", "--no-browser", "--runs", str(tmp_path)]
    process = subprocess.Popen(
        [*command, "--port", str(free_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = next(iter(re.findall(r"http://\S+?(?=/? \()", process.stdout.readline())))
    client = Client(address, verbose=False)
    job = client.submit(steps=1000, pictures=64, api_name="/denoise_stream")
    end = time.monotonic() + 60
    while not job.outputs() and time.monotonic() < end:
        time.sleep(0.1)
    assert job.outputs()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0, rest
    assert "Traceback" not in rest
    assert "terminate" not in rest
