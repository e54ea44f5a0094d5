"""The command line as a person runs it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

import playground as pg
from playground.cli import training
from playground.training.config import TrainConfig
from playground.training.loop import finetune

pytestmark = pytest.mark.timeout(120)


def test_noise_writes_the_picture_and_its_numbers(playground, at):
    done = playground(
        *("noise", "photo.jpg", "--schedule", "flow", "--t", "0.4", "-o", "out.png", "--json"),
        cwd=at,
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert (facts["alpha"], facts["sigma"]) == pytest.approx((0.6, 0.4))
    assert Image.open(at / "out.png").size == (256, 256)


def test_sample_makes_png_and_gif(playground, at):
    common = ("sample", "tiny", "--checkpoints", "models", "-n", 3, "--steps", 4, "--json")
    done = playground(*common, "--class", "Animals & Nature", "-o", "out.png", cwd=at)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["nfe"] == 4
    done = playground(*common, "--sampler", "ddpm", "--schedule", "cosine", "-o", "out.gif", cwd=at)
    assert json.loads(done.stdout)["nfe"] == 4
    assert Image.open(at / "out.gif").n_frames == 5


def test_sample_with_guidance_of_a_kind(playground, at):
    common = ("sample", "tiny", "--checkpoints", "models", "-n", 1, "--steps", 4, "--json")
    common = (*common, "--class", "Flags", "--guidance", 3, "--sampler", "ddim", "-o", "out.png")
    for kind, knobs, nfe in (
        ("classifier_free", (), 8),
        ("interval", ("--knob", "low=11", "--knob", "high=12"), 5),  # the cleanest only
        ("autoguidance", (), 8),
    ):
        done = playground(*common, "--guidance-kind", kind, *knobs, cwd=at)
        assert done.returncode == 0, done.stderr
        facts = json.loads(done.stdout)
        assert (facts["nfe"], facts["guidance"].partition("(")[0]) == (nfe, kind)
    assert "same network" in facts["guidance"]


def test_train_then_resume_then_export_then_sample(playground, at):
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
    done = playground(
        *("train", "1.png", "-o", "runs/c", "--from", "a", "--steps", 1, "--batch", 2),
        *("--size", 20, "--grey", "--schedule", "cosine", "--knob", "s=0.02", "--json"),
        cwd=at,
    )
    assert json.loads(done.stdout)["state"] == "finished", done.stderr
    config = json.loads((at / "runs" / "c" / "config.json").read_text())
    assert (config["start"], config["widths"], config["batch"]) == ("a", [16, 16, 16], 2)
    assert (config["schedule"], config["schedule_knobs"]["s"]) == ("cosine", 0.02)
    done = playground("train", "0.png", "-o", "runs/a", "--steps", 4, cwd=at)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)
    listed = json.loads(playground("list", "--json", cwd=at).stdout)
    assert listed["runs"] == [{"name": name, "state": "finished"} for name in ("c", "a")]
    assert {s["name"] for s in listed["schedules"]} == set(pg.schedules.names())
    assert {s["name"] for s in listed["samplers"]} == set(pg.samplers.names())
    assert {s["name"] for s in listed["guidance"]} == set(pg.guidance.names())


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_interrupting_saves_and_resume_goes_on(playground, at):
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


def test_the_reference_is_written_as_it_stands_in_docs(playground, at):
    done = playground("reference", "-o", "ref/reference.md", cwd=at)
    assert done.returncode == 0, done.stderr
    docs = Path(__file__).parents[2] / "docs" / "reference.md"
    assert (at / "ref" / "reference.md").read_bytes() == docs.read_bytes()


def test_a_spacing_and_a_drawn_point_are_knobs(playground, at):
    common = ("sample", "tiny", "--checkpoints", "models", "-n", 1, "--steps", 3, "--json")
    drawn = ("--schedule", "drawn", "--knob", "p0=8.5", "--knob", "p8=-12")
    done = playground(*common, *drawn, "--knob", "spacing=karras", "-o", "out.png", cwd=at)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["schedule"]
    assert "p0=8.5" in told
    assert "p8=-12.0" in told
    assert "spacing=karras" in told
    done = playground(*common, "--knob", "spacing=karas", cwd=at)
    assert (done.returncode, "did you mean karras" in done.stderr) == (2, True)


def test_help_is_quick_to_load():
    code = (
        "import playground.cli, sys; from playground.cli import facts, pictures, server, training"
    )
    code += "; assert not {'torch', 'gradio'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_help_tells_the_settings_of_a_start_from_a_model():
    assert training.BATCH.startswith(f"{TrainConfig.batch}, and {finetune.SETTINGS['batch']} ")
    rate = finetune.SETTINGS["adam_rate"]
    assert training.ADAM.startswith(f"{TrainConfig.adam_rate}, and {rate} ")
