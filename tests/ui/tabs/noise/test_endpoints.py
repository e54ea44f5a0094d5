"""What other programs get of the Noise tab."""

import base64
import io
import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import numpy as np
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

import playground as pg
from playground.bundled import bundled_pictures
from playground.diffusion import schedules
from playground.library import ASSETS, Library
from playground.spaces.images import decode, encode, open_picture
from playground.ui.context import Context
from playground.ui.shell import Shell
from playground.ui.tabs.noise import tab as noise_tab

CAT = ASSETS / "pictures" / "cat.jpg"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    context = Context(Library(runs=tmp_path_factory.mktemp("runs")))
    with gr.Blocks(analytics_enabled=False) as page, gr.Tabs() as tabs, gr.Tab("Noise") as tab:
        noise_tab.build(Shell(context, page, tabs), tab)
    _, address, _ = page.launch(prevent_thread_lock=True, quiet=True, run_history=False)
    yield Client(address, verbose=False)
    page.close()


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


@pytest.mark.parametrize("name", schedules.names())
def test_the_levels_of_every_step_are_told(client, name):
    told = client.predict(name, api_name="/levels")
    count = schedules.get(name).knobs.get("timesteps", 1000)
    assert len(told["alpha"]) == len(told["sigma"]) == len(told["log_snr"]) == count + 1
    for k in (0, 1, count // 2, count):
        level = schedules.get(name).level(k / count)
        assert (told["alpha"][k], told["sigma"][k]) == pytest.approx(level, abs=1e-12)
        assert told["log_snr"][k] == (
            pytest.approx(level.log_snr) if np.isfinite(level.log_snr) else None
        )


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
