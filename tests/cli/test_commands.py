"""The command line as a person runs it."""

import json
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import time
import zipfile

import pytest
from PIL import Image

import playground as pg
from playground.models.unet import UNet, UNetConfig

pytestmark = pytest.mark.timeout(120)


def playground(*args, cwd, **kwargs):
    command = [sys.executable, "-m", "playground", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, **kwargs)


@pytest.fixture
def at(tmp_path):
    Image.new("RGB", (50, 40), "orange").save(tmp_path / "photo.jpg")
    config = UNetConfig(3, 16, 2, (16, 16, 16), (1, 1, 1))
    models = tmp_path / "models"
    models.mkdir()
    weights = UNet(config).state_dict()
    pg.Checkpoint(config, weights, "tiny", ("Animals & Nature", "Flags")).save(
        models / "tiny.safetensors"
    )
    return tmp_path


def test_noise_writes_the_picture_and_its_numbers(at):
    done = playground(
        *("noise", "photo.jpg", "--schedule", "flow", "--t", "0.4", "-o", "out.png", "--json"),
        cwd=at,
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert (facts["alpha"], facts["sigma"]) == pytest.approx((0.6, 0.4))
    assert Image.open(at / "out.png").size == (256, 256)


def test_sample_makes_png_and_gif(at):
    common = ("sample", "tiny", "--checkpoints", "models", "-n", 3, "--steps", 4, "--json")
    done = playground(*common, "--class", "Animals & Nature", "-o", "out.png", cwd=at)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["nfe"] == 4
    done = playground(*common, "--sampler", "ddpm", "-o", "out.gif", cwd=at)
    assert json.loads(done.stdout)["nfe"] == 4
    assert Image.open(at / "out.gif").n_frames == 5


def test_train_then_resume_then_export_then_sample(at):
    for i in range(6):
        Image.new("RGB", (20, 20), (40 * i, 0, 90)).save(at / f"{i}.png")
    small = ("--size", 16, "--widths", "16,16,16", "--blocks", "1,1,1", "--batch", 4)
    done = playground(
        "train", *sorted(at.glob("*.png")), "-o", "runs/a", "--steps", 4, *small, cwd=at
    )
    assert done.returncode == 0, done.stderr
    assert "memorise" in done.stderr
    assert "Finished" in done.stdout
    done = playground("export", "runs/a", "-o", "mine.safetensors", "--half", "--json", cwd=at)
    assert json.loads(done.stdout)["recipe"]["steps"] == 4
    done = playground("sample", "mine.safetensors", "-n", 1, "--steps", 2, cwd=at)
    assert done.returncode == 0, done.stderr
    done = playground("train", "0.png", "-o", "runs/a", "--steps", 4, cwd=at)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)
    listed = json.loads(playground("list", "--json", cwd=at).stdout)
    assert listed["runs"] == [{"name": "a", "state": "finished"}]
    assert {s["name"] for s in listed["schedules"]} == set(pg.schedules.names())
    assert {s["name"] for s in listed["samplers"]} == set(pg.samplers.names())


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_interrupting_saves_and_resume_goes_on(at):
    small = ("--size", "16", "--widths", "16,16,16", "--blocks", "1,1,1", "--batch", "4")
    command = [sys.executable, "-m", "playground", "train", "photo.jpg", "-o", "runs/b", *small]
    process = subprocess.Popen(command, cwd=at, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    metrics = at / "runs" / "b" / "metrics.jsonl"
    end = time.monotonic() + 60
    while not metrics.exists() and time.monotonic() < end:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert b"--resume" in out
    before = json.loads(metrics.read_text().splitlines()[-1])["step"]
    process = subprocess.Popen(
        [*command, "--resume"], cwd=at, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while json.loads(metrics.read_text().splitlines()[-1])["step"] == before:
        assert time.monotonic() < end + 60
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    steps = [json.loads(line)["step"] for line in metrics.read_text().splitlines()]
    assert steps == list(range(1, len(steps) + 1))


def test_help_is_quick_to_load():
    code = (
        "import playground.cli, sys; from playground.cli import facts, pictures, server, training"
    )
    code += "; assert not {'torch', 'gradio'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def truncated(at):
    data = (at / "photo.jpg").read_bytes()
    (at / "cut.jpg").write_bytes(data[: len(data) // 2])
    return ("noise", "cut.jpg")


def words(at):
    (at / "words.png").write_text("words")
    return ("noise", "words.png")


def nothing(at):
    (at / "empty.png").write_bytes(b"")
    return ("noise", "empty.png")


def no_pictures(at):
    with zipfile.ZipFile(at / "z.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    return ("train", "z.zip", "-o", "runs/x")


def sampling(*options):
    return lambda at: ("sample", "tiny", "--checkpoints", "models", *options)


def spoilt(write):
    def make(at):
        write(at / "models" / "tiny.safetensors")
        return ("sample", "tiny", "--checkpoints", "models", "--steps", 1)

    return make


def taken_port(at):
    global holding
    holding = socket.create_server(("127.0.0.1", 0))
    return ("--port", holding.getsockname()[1], "--no-browser")


BAD = {
    "truncated JPEG": (truncated, "cut off"),
    "no image": (words, "not a picture"),
    "0 bytes": (nothing, "empty"),
    "missing": (lambda at: ("noise", "gone.png"), "no file"),
    "zip without pictures": (no_pictures, "no pictures"),
    "missing folder": (lambda at: ("train", "gone", "-o", "runs/x"), "no file or folder"),
    "steps 0": (sampling("--steps", "0"), "whole number"),
    "steps -1": (sampling("--steps=-1"), "whole number"),
    "steps nan": (sampling("--steps", "nan"), "whole number"),
    "steps 1e9": (sampling("--steps", "1000000000"), "whole number"),
    "schedule": (sampling("--schedule", "cosin"), "did you mean cosine"),
    "sampler": (sampling("--sampler", "hun"), "did you mean heun"),
    "class": (sampling("--class", "Flag"), "did you mean Flags"),
    "suffix": (sampling("-o", "out.exe"), "end its name"),
    "knob": (sampling("--knob", "eta"), "name=value"),
    "model": (lambda at: ("sample", "emojo", "--checkpoints", "models"), "no checkpoint"),
    "cut off model": (spoilt(lambda p: p.write_bytes(p.read_bytes()[:999])), "damaged"),
    "pickle": (spoilt(lambda p: p.write_bytes(pickle.dumps([1]))), "no safetensors"),
    "t": (lambda at: ("noise", "photo.jpg", "--t", "1.5"), "from 0"),
    "unwritable": (lambda at: ("noise", "photo.jpg", "-o", "photo.jpg/x.png"), "Cannot write"),
    "taken port": (taken_port, "is taken"),
    "auth": (lambda at: ("--auth", "me", "--no-browser"), "user:password"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence_and_exit_code_2(at, case):
    make, said = BAD[case]
    done = playground(*make(at), cwd=at)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert re.fullmatch(r"playground: [^\n]+\n", done.stderr), done.stderr
