import base64
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import numpy as np
import pytest
import torch
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

import playground as pg
from playground.bundled import bundled_pictures
from playground.diffusion import schedules
from playground.errors import InputError
from playground.library import ASSETS, Library
from playground.sources import PICTURES
from playground.spaces.images import decode, encode, open_picture
from playground.ui.context import Context
from playground.ui.media import pictures as media_pictures
from playground.ui.media.downloads import download_path
from playground.ui.tabs.noise import service as noise_scene
from playground.ui.tabs.noise import tab as tab_noise
from playground.ui.widgets.knobs import knob_settings

CAT = ASSETS / "pictures" / "cat.jpg"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    context = Context(Library(runs=tmp_path_factory.mktemp("runs")))
    with gr.Blocks(analytics_enabled=False) as page:
        tab_noise.build(context, page)
    _, address, _ = page.launch(prevent_thread_lock=True, quiet=True, run_history=False)
    yield Client(address, verbose=False)
    page.close()


def ask(by=PICTURES, t=0.3, **more):
    return {
        "path": "cat",
        "schedule": "cosine",
        "knobs": {},
        "seed": 0,
        "by": by,
        "t": t,
    } | more


# --- the endpoint


@pytest.mark.parametrize("given", ["cat", handle_file(str(CAT))], ids=["by name", "by file"])
def test_the_endpoint_gives_the_forward_process_and_its_level(client, given):
    path, facts = client.predict(
        picture=given, schedule="flow", t=0.25, seed=3, knobs={"shift": 2.0}, api_name="/noise"
    )
    flow = schedules.get("flow", shift=2.0)
    x = pg.noise(encode([open_picture(CAT)], 512)[0], flow, 0.25, 3)
    assert np.array_equal(np.asarray(Image.open(path)), decode(x)[0])
    level = flow.level(0.25)
    assert (facts["alpha"], facts["sigma"]) == level
    assert facts["alpha_bar"] == level.alpha**2
    assert facts["snr_db"] == pytest.approx(20 * np.log10(level.alpha / level.sigma))


def test_the_endpoint_takes_a_step_of_the_schedule(client):
    _, facts = client.predict(
        "cat", "linear", knobs={"timesteps": 200}, step=50, seed=0, api_name="/noise"
    )
    assert facts["t"] == 0.25
    assert "timesteps=200" in facts["schedule"]


def test_at_both_ends_the_snr_is_null(client):
    for schedule, t in (("cosine", 0), ("flow", 1)):
        assert client.predict("cat", schedule, t, api_name="/noise")[1]["snr_db"] is None


@pytest.mark.parametrize(
    "given, said",
    [
        ({"picture": "catt"}, "did you mean cat?"),
        ({"picture": "/etc/passwd"}, "no bundled picture called"),
        ({"picture": None}, "There is no picture"),
        ({"schedule": "cosin"}, "did you mean cosine?"),
        ({"t": 1.5}, "t must be a number from 0 to 1; you gave 1.5"),
        ({"t": None}, "t must be a number from 0 to 1; you gave nothing"),
        ({"seed": None}, "seed must be a whole number"),
        ({"seed": -1}, "0"),
        ({"step": 1001}, "step must be a whole number from 0 to 1000"),
        ({"step": 0.5}, "step must be a whole number"),
        ({"knobs": {"timesteps": 10**9}}, "4000"),
        ({"knobs": "timesteps"}, "Knobs must be given by name"),
        ({"knobs": {"eta": 1}}, "no knob of cosine called"),
    ],
)
def test_bad_input_gets_one_sentence(client, given, said):
    with pytest.raises(AppError) as caught:
        client.predict(**({"picture": "cat"} | given), api_name="/noise")
    message = str(caught.value)
    assert said in message
    assert "\n" not in message


# --- what the canvas is sent


def test_the_noise_is_sent_as_its_seed_with_some_values_to_hold_it_against():
    exact = pg.noise(torch.zeros(3, 512, 512), "flow", 1.0, 7).numpy().ravel()
    sent = json.loads(noise_scene.noise_prop(7))
    assert sent["seed"] == 7
    assert sent["first"] == exact[:16].tolist()
    assert sent["last"] == exact[-16:].tolist()
    whole = np.frombuffer(base64.b64decode(noise_scene.noise_message(7)), np.float32)
    assert np.array_equal(whole, exact)


def test_the_picture_is_sent_without_loss_and_again_when_its_file_was_cleared():
    address = noise_scene.picture_prop("cat")
    file = Path(address.partition("=")[2])
    x0 = encode([open_picture(CAT)], 512)
    assert np.array_equal(np.asarray(Image.open(file)), decode(x0)[0])
    assert noise_scene.picture_prop("cat") == address
    file.unlink()
    assert Path(noise_scene.picture_prop("cat").partition("=")[2]).is_file()


@pytest.mark.parametrize("name", schedules.names())
def test_the_levels_sent_are_those_of_every_step(client, name):
    scene = json.loads(noise_scene.scene_prop("cat", name, {}, 0, PICTURES))
    levels = np.frombuffer(base64.b64decode(scene["levels"]), np.float64).reshape(2, -1)
    count = levels.shape[1] - 1
    assert count == schedules.get(name).knobs.get("timesteps", 1000)
    told = client.predict(name, api_name="/levels")
    for k in (0, 1, count // 2, count):
        level = schedules.get(name).level(k / count)
        assert levels[:, k] == pytest.approx(level, abs=1e-12)
        assert (told["alpha"][k], told["sigma"][k]) == pytest.approx(level, abs=1e-12)
        assert told["log_snr"][k] == (
            pytest.approx(level.log_snr) if np.isfinite(level.log_snr) else None
        )
    assert schedules.entry(name).source in scene["about"]


def test_a_bundled_picture_is_known_by_its_content(tmp_path):
    def bundled(given):
        return json.loads(noise_scene.scene_prop(given, "cosine", {}, 0, PICTURES))["bundled"]

    copy, other = download_path("cat.jpg"), download_path("cat.jpg")
    Path(copy).write_bytes(CAT.read_bytes())
    Image.new("RGB", (8, 8)).save(other)
    assert [bundled(given) for given in ("cat", copy, other, None)] == ["cat.jpg"] * 2 + [None] * 2


# --- the guess


def test_the_guess_of_the_ideal_denoiser_is_the_picture_while_it_can_be_told(tmp_path):
    answer = noise_scene.guess_message(Library(runs=tmp_path), ask(t=0.5))
    assert answer["picture"].startswith("data:image/jpeg;base64,")
    assert "5 bundled pictures" in answer["caption"]
    assert "yours" not in answer["caption"]


def test_an_upload_is_decoded_once_and_counts_as_yours(tmp_path, monkeypatch):
    path = download_path("mine.png")
    Image.effect_noise((300, 200), 80).save(path)
    calls = []
    monkeypatch.setattr(
        media_pictures, "open_picture", lambda p: calls.append(p) or open_picture(p)
    )
    for t in (0.2, 0.4):
        caption = noise_scene.guess_message(Library(runs=tmp_path), ask(t=t, path=path))["caption"]
    assert caption.endswith("and yours")
    assert len(calls) == 1


def test_a_hall_that_asks_the_same_has_it_computed_once(tmp_path, monkeypatch):
    calls, guess = [], noise_scene.guess
    monkeypatch.setattr(noise_scene, "guess", lambda *a: calls.append(a) or guess(*a))
    with ThreadPoolExecutor(8) as hall:
        many = list(hall.map(lambda _: noise_scene.guess_message(Library(), ask(t=0.61)), range(8)))
    noise_scene.guess_message(Library(), ask(t=0.62))
    assert len(calls) == 2
    assert all(one == many[0] for one in many)


def test_a_picture_that_is_gone_is_told(tmp_path):
    with pytest.raises(InputError, match="not there any more"):
        noise_scene.guess_message(Library(runs=tmp_path), ask(path=download_path("gone.png")))


def test_a_guess_reads_no_file_of_a_page_s_choice(tmp_path):
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 8)).save(secret)
    with pytest.raises(InputError, match="no bundled picture"):
        noise_scene.guess_message(Library(runs=tmp_path), ask(path=str(secret)))
    with pytest.raises(InputError, match="no denoiser called"):
        noise_scene.guess_message(Library(runs=tmp_path), ask(by=str(secret)))


@pytest.mark.parametrize("t", [0.0, 1.0])
@pytest.mark.parametrize("name", schedules.names())
def test_a_guess_stands_at_both_ends_of_every_schedule(tmp_path, name, t):
    assert "caption" in noise_scene.guess_message(Library(runs=tmp_path), ask(t=t, schedule=name))


# --- knobs


def test_knobs_are_read_from_a_program_and_from_the_panel():
    assert knob_settings("flow", None) == knob_settings("flow", "") == {}
    assert knob_settings("flow", {"shift": 2}) == knob_settings("flow", '{"shift": 2}')
    moved = '{"flow": {"shift": 2}, "cosine": {"s": 0.1}}'
    assert knob_settings("flow", moved) == {"shift": 2}
    assert knob_settings("linear", moved) == {}
    for odd in ("[1]", "shift", 3, "NaN"):
        with pytest.raises(InputError, match="by name"):
            knob_settings("flow", odd)


# --- the article's formulas


def test_the_errors_of_the_article_s_and_the_field_s_way_back_are_told(client):
    found = client.predict("cat", "cosine", 0.7, 0, api_name="/reconstruct")
    assert found["field_reverse"] < 1 < found["noised"]
    assert found["article_inverse_of_noised"] == pytest.approx(found["grey"], abs=1)
    with pytest.raises(AppError, match="no noise to take back"):
        client.predict("cat", "cosine", 0, 0, api_name="/reconstruct")


def test_one_pass_is_the_mean_of_the_bundled_pictures_and_many_are_one_of_them(client):
    data = bundled_pictures()

    def drawn(calls):
        answer = client.predict("zero_snr", calls, 3, api_name="/one_pass")
        assert answer["caption"].startswith(f"{calls} call")
        png = base64.b64decode(answer["picture"].partition(",")[2])
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)

    assert abs(drawn(1) - decode(data.mean(0))[0]).mean() < 3
    assert min(abs(drawn(20) - decode(one)[0]).mean() for one in data) < 3
    with pytest.raises(AppError, match="calls must be"):
        client.predict("cosine", 0, 0, api_name="/one_pass")
