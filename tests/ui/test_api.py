"""The app driven by gradio_client, as another program would."""

import base64
import io
import json
import time

import pytest
from gradio_client import handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from playground.diffusion import samplers
from playground.diffusion.sample import SCHEDULE
from playground.library import ASSETS


def noise(client, schedule="flow", t=0.25, seed=3, picture=None):
    path = picture or ASSETS / "pictures" / "cat.jpg"
    return client.predict(handle_file(path), schedule, t, seed, api_name="/noise")


def denoise(client, sampler="ddim", steps=4, count=2, seed=0, model="digits", kind="any"):
    values = (model, kind, 1.0, "cosine", sampler, steps, count, seed)
    return client.predict(*values, api_name="/denoise")


def test_noise(client):
    file, facts = noise(client)
    assert (facts["alpha"], facts["sigma"]) == (0.75, 0.25)
    assert facts["snr_db"] == pytest.approx(9.54, abs=0.01)
    assert Image.open(file["value"] if isinstance(file, dict) else file).size == (512, 512)


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
    assert facts["schedule"].startswith(SCHEDULE)
    knobs = {"schedule_knobs": {"rho": 3}, "sampler_knobs": {"eta": 0.5}}
    _, facts = client.predict(
        model="digits", steps=2, pictures=1, sampler="ddim", api_name="/denoise", **knobs
    )
    assert "rho=3" in facts["schedule"]
    assert "eta=0.5" in facts["sampler"]


def test_guidance_of_any_kind_is_counted_as_it_is_called(client):
    common = {"model": "digits", "class_name": "3", "guidance": 3, "steps": 6, "pictures": 1}
    made = {}
    for kind, knobs in (("classifier_free", {}), ("interval", {"low": -2, "high": 4})):
        picture, facts = client.predict(
            **common,
            sampler="ddim",
            guidance_kind=kind,
            guidance_knobs=knobs,
            api_name="/denoise",
        )
        made[kind] = Image.open(picture).tobytes()
        assert facts["guidance"].startswith(f"{kind}(3")
        assert facts["nfe"] == 12 if kind == "classifier_free" else 6 < facts["nfe"] < 12
    assert made["classifier_free"] != made["interval"]


def test_a_sweep_tells_what_every_scale_gains_and_loses(client):
    job = client.submit(
        model="digits", class_name="3", steps=3, sampler="ddim", api_name="/guidance_sweep"
    )
    _, told = job.result(timeout=120)
    assert [row["scale"] for row in told] == sorted({row["scale"] for row in told})
    assert [row["nfe"] for row in told[:3]] == [6, 3, 6]
    by = {row["scale"]: row for row in told}
    assert by[0]["fidelity"] < 0.5 < by[4]["fidelity"]
    assert by[0]["diversity"] > by[10]["diversity"]


def test_frames_come_beside_the_ideal_denoiser(client):
    job = client.submit(
        model="digits", steps=3, pictures=2, beside_ideal=True, api_name="/denoise_stream"
    )
    assert len(list(job)) >= 1


def test_every_sampler_is_offered(client):
    for name in samplers.names():
        _, facts = denoise(client, sampler=name, steps=2, count=1)
        assert facts["sampler"].startswith(name)


def guide(client, kind, knobs=None, model="digits", call="/denoise"):
    return client.predict(
        model=model, steps=1, pictures=1, guidance_kind=kind, guidance_knobs=knobs, api_name=call
    )


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
        (lambda c, p: guide(c, "intervall"), "did you mean interval"),
        (lambda c, p: guide(c, "interval", {"low": 5, "high": 1}), "low must not exceed high"),
        (lambda c, p: guide(c, "rescaled", {"phi": 7}), "phi must be a number from 0 to 1"),
        (lambda c, p: guide(c, "rescaled", [1]), "Knobs must be given by name"),
        (lambda c, p: guide(c, "autoguidance", None, "ideal: digits"), "no weaker version"),
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
    run, status = client.predict(
        source="bundled digits",
        files=None,
        size=16,
        colour="grey",
        preset="until I stop",
        name="from outside",
        api_name="/train_start",
    )
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


def test_what_was_drawn_is_read_like_files(client):
    def sun(shade):
        data = io.BytesIO()
        Image.new("RGB", (16, 16), (shade, shade, 0)).save(data, "PNG")
        return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()

    drawn = [{"class": "sun", "data": sun(250)}, {"class": "moon", "data": sun(90)}]
    drawn += [
        {"class": "moon", "data": sun(90)},
        {"class": "", "data": "data:image/png;base64,eA=="},
    ]
    look = {"source": "draw", "files": None, "size": 16, "api_name": "/train_look"}
    said = client.predict(drawn=json.dumps(drawn), fit="whole", **look)
    assert "<b>2 pictures</b> in 2 classes: moon, sun" in said
    assert "moon/drawing 3 equals moon/drawing 2" in said
    assert "drawing 4 is not a picture" in said
    for bad in ("[1]", "nonsense", '[{"data": "file:///etc/passwd"}]', '{"a": 1}'):
        with pytest.raises(AppError, match="drawings cannot be read"):
            client.predict(drawn=bad, **look)
