"""The app driven by gradio_client, as another program would."""

import re
import subprocess
import sys
import time

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from playground.diffusion import samplers, schedules
from playground.library import ASSETS

CURVE_KNOBS = [k.default for n in schedules.names() for k in schedules.entry(n).knobs.values()]
STEP_KNOBS = [k.default for n in samplers.names() for k in samplers.entry(n).knobs.values()]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    runs = tmp_path_factory.mktemp("runs")
    process = subprocess.Popen(
        [sys.executable, "-m", "playground", "--no-browser", "--runs", str(runs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout:
        if found := re.search(r"http://\S+?(?=/? \()", line):
            break
    yield Client(found[0], verbose=False)
    process.terminate()
    process.wait(20)


def noise(client, schedule="flow", t=0.25, seed=3, picture=None):
    path = picture or ASSETS / "pictures" / "cat.jpg"
    return client.predict(handle_file(path), schedule, t, seed, *CURVE_KNOBS, api_name="/noise")


def denoise(client, sampler="ddim", steps=4, count=2, seed=0, model="digits", kind="any"):
    values = (model, kind, 1.0, "cosine", sampler, steps, count, seed)
    return client.predict(*values, *CURVE_KNOBS, *STEP_KNOBS, api_name="/denoise")


def test_noise(client):
    file, facts = noise(client)
    assert (facts["alpha"], facts["sigma"]) == (0.75, 0.25)
    assert facts["snr_db"] == pytest.approx(9.54, abs=0.01)
    assert Image.open(file["value"] if isinstance(file, dict) else file).size == (256, 256)


def test_guess(client):
    picture = handle_file(ASSETS / "pictures" / "cat.jpg")
    file, about = client.predict(picture=picture, t=0.5, by="digits", api_name="/guess")
    assert Image.open(file).size == (16, 16)
    assert "by digits" in about["caption"]


def test_what_was_streamed_is_saved_as_it_was(client):
    job = client.submit(
        model="digits", steps=3, pictures=2, sampler="ddim", api_name="/denoise_stream"
    )
    assert len(list(job)) >= 1
    for suffix, frames in (("png", 1), ("gif", 4)):
        file = client.predict(api_name=f"/denoise_{suffix}")
        with Image.open(file["value"] if isinstance(file, dict) else file) as image:
            assert getattr(image, "n_frames", 1) == frames


def test_denoise_depends_on_the_seed_only(client):
    first, facts = denoise(client)
    assert facts["nfe"] == 4
    again, _ = denoise(client)
    other, _ = denoise(client, seed=5)
    opened = [Image.open(p).tobytes() for p in (first, again, other)]
    assert opened[0] == opened[1] != opened[2]


def test_settings_have_names_and_what_is_left_out_is_as_on_the_page(client):
    _, facts = client.predict(
        model="digits", class_name="3", steps=2, pictures=1, sampler="ddim", api_name="/denoise"
    )
    assert facts["seeds"] == [0]
    assert facts["schedule"].startswith("cosine")


def test_every_sampler_is_offered(client):
    for name in samplers.names():
        _, facts = denoise(client, sampler=name, steps=2, count=1)
        assert facts["sampler"].startswith(name)


def bad_picture(tmp_path):
    (tmp_path / "words.png").write_text("words")
    return tmp_path / "words.png"


@pytest.mark.parametrize(
    "act, said",
    [
        (lambda c, p: denoise(c, steps=0), "1"),
        (lambda c, p: denoise(c, steps=-1), "1"),
        (lambda c, p: denoise(c, steps=10**9), "1000"),
        (lambda c, p: denoise(c, sampler="eulr"), "eulr"),
        (lambda c, p: denoise(c, kind="eleven"), "eleven"),
        (lambda c, p: denoise(c, seed=-3), "0"),
        (lambda c, p: denoise(c, steps=None), "steps"),  # JSON has no NaN: it comes as null
        (lambda c, p: denoise(c, steps="NaN"), "steps"),
        (lambda c, p: denoise(c, model="/etc/hostname"), "hostname"),
        (lambda c, p: noise(c, t=1.5), "from 0"),
        (lambda c, p: noise(c, picture=bad_picture(p)), "not a picture"),
        (lambda c, p: c.predict("nothing", api_name="/train_status"), "nothing"),
    ],
)
def test_bad_input_gets_a_plain_sentence(client, tmp_path, act, said):
    with pytest.raises((AppError, ValueError)) as caught:
        act(client, tmp_path)
    assert said in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_train_start_status_stop(client):
    values = ("bundled digits", None, 16, "grey", "until I stop", "from outside")
    run, status = client.predict(*values, api_name="/train_start")
    name = run["value"] if isinstance(run, dict) else run
    assert name == "from-outside"
    end = time.monotonic() + 60
    while status["step"] < 2:
        assert time.monotonic() < end, status
        time.sleep(0.5)
        status = client.predict(name, api_name="/train_status")
    assert status["state"] == "running"
    assert client.predict(name, api_name="/train_stop")["state"] == "stopped"
    client.predict(name, api_name="/train_delete")
    with pytest.raises(AppError, match="from-outside"):
        client.predict(name, api_name="/train_status")


def test_what_is_taken_can_be_seen_first(client, tmp_path):
    files = [handle_file(ASSETS / "pictures" / "cat.jpg"), handle_file(bad_picture(tmp_path))]
    said = client.predict("my files", files, 16, "colour", api_name="/train_look")
    assert "<b>1 picture</b>" in said
    assert "words.png" in said
