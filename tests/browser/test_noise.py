import base64
import io

import numpy as np
import pytest
from PIL import Image

import playground as pg
from playground.library import ASSETS
from playground.spaces.images import decode, encode, open_picture

pytestmark = pytest.mark.browser


def pixels(page, name):
    """What a canvas shows, as an (H,W,3) array."""
    url = page.eval_on_selector(f"#noise_canvas canvas.{name}", "c => c.toDataURL('image/png')")
    image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    return np.asarray(image.convert("RGB")).astype(int)


def drag_to(page, k):
    page.eval_on_selector(
        "#noise-t",
        "(s, k) => { s.value = k; s.dispatchEvent(new Event('input', {bubbles: true})); }",
        k,
    )
    page.wait_for_function(
        "k => document.querySelector('#noise_canvas [data-drawn], #noise_canvas[data-drawn]')"
        ".dataset.drawn == k",
        arg=k,
    )


@pytest.mark.parametrize("k", [0, 137, 800, 1000])
def test_the_canvas_is_the_forward_process(page, k):
    drag_to(page, k)
    x0 = encode([open_picture(sorted((ASSETS / "pictures").glob("*.*"))[0])], 256)
    expected = decode(pg.noise(x0[0], "cosine", k / 1000, seed=0))[0].astype(int)
    assert abs(pixels(page, "noised") - expected).max() <= 1


def test_dragging_changes_picture_numbers_and_guess(page):
    drag_to(page, 100)
    light, said = pixels(page, "noised"), page.inner_text("#noise_canvas .formula")
    drag_to(page, 900)
    assert abs(pixels(page, "noised") - light).mean() > 20
    assert page.inner_text("#noise_canvas .formula") != said
    page.wait_for_function(
        "document.querySelector('#noise_canvas img.guess').src.startsWith('data')"
    )
    assert "ideal denoiser" in page.inner_text("#noise_canvas .by")


def test_another_schedule_moves_the_levels(page):
    drag_to(page, 500)
    before = page.inner_text("#noise_canvas .alpha")
    page.get_by_label("Schedule", exact=True).first.click()
    page.get_by_role("option", name="flow matching").click()
    page.wait_for_function(
        "b => document.querySelector('#noise_canvas .alpha').innerText != b", arg=before
    )
    assert page.inner_text("#noise_canvas .alpha") == "0.500"


def test_plots_are_drawn(page):
    page.wait_for_selector("#noise_canvas .histogram .main-svg", timeout=30_000)
    assert page.locator("#noise_canvas .levels .scatterlayer path.js-line").count() == 2
