"""Journeys through the Denoise tab: sample, scrub, look, save, sweep, stop."""

import re

import pytest
from PIL import Image

pytestmark = pytest.mark.browser


def data(page, key):
    return page.evaluate(
        "k => { const e = document.querySelector('#player [data-count], #player[data-count]');"
        " return e ? e.dataset[k] : null; }",
        key,
    )


def choose_digits(page, painted):
    """Choose the model, and wait for the settings that come with it."""
    field = page.get_by_label("Model", exact=True).locator("visible=true")
    field.fill("digits")
    with page.expect_response(
        lambda r: "run/predict" in r.url and '"digits"' in (r.request.post_data or "")
    ):
        field.press("Enter")
    painted(page)


def generate(page, steps):
    field = page.get_by_label("number input for Steps").locator("visible=true")
    field.fill(str(steps))
    field.blur()
    page.locator("#generate").click()


def shot(page, which):
    return page.locator(f"#player canvas.{which}").evaluate("c => c.toDataURL()")


def saved(page, folder, steps):
    """The bytes of the picture that is shown, saved; and so is the film, which is whole."""
    for kind in ("png", "gif"):
        with page.expect_download(timeout=20_000) as download:
            page.locator(f"#save-{kind}").click()
        assert download.value.suggested_filename == f"digits-0.{kind}"
        download.value.save_as(folder / f"{steps}.{kind}")
    with Image.open(folder / f"{steps}.gif") as film:
        assert film.n_frames == steps + 1
    return (folder / f"{steps}.png").read_bytes()


def test_frames_are_scrubbed_looked_at_saved_and_set_beside_the_ideal(
    page, until, painted, tmp_path
):
    page.get_by_role("tab", name="Denoise").click()
    choose_digits(page, painted)
    generate(page, 6)
    until(lambda: data(page, "count") == "7")
    assert data(page, "shown") == "6"
    last = shot(page, "x")
    page.keyboard.press("ArrowLeft")  # keys work wherever the focus is
    assert data(page, "shown") == "5"
    seen = {shot(page, "x0")}
    for view in ("eps", "change"):
        page.locator(f"#player [data-view={view}]").click()
        until(lambda: shot(page, "x0") not in seen)
        seen.add(shot(page, "x0"))
    assert "contrast" in page.inner_text("#player .right")
    before = shot(page, "asked"), shot(page, "spectrum")
    page.keyboard.press("Home")
    assert data(page, "shown") == "0"
    assert (shot(page, "asked"), shot(page, "spectrum")) != before
    assert shot(page, "x") != last
    assert "NFE 0" in page.inner_text("#player .text")
    page.locator("#player .scrub").focus()
    page.keyboard.press("Space")  # plays to the end
    until(lambda: data(page, "shown") == "6")
    first_saved = saved(page, tmp_path, 6)

    page.locator("#beside-ideal input").check()
    generate(page, 4)
    until(lambda: data(page, "count") == "5")
    assert shot(page, "x") != shot(page, "x0")
    assert "ideal" in page.inner_text("#player .right")
    until(lambda: page.locator("#player .top").count() == 5)
    until(lambda: page.inner_text("#player .top >> nth=0") == "100 %")  # it remembers
    page.locator("#player canvas.x0").click()  # amid the pictures, so not the first
    until(lambda: page.inner_text("#player .whose") != "picture 1")
    assert saved(page, tmp_path, 4) != first_saved  # each press saves what is shown now


def test_one_is_stopped_while_another_samples_and_sweeps_the_guidance(
    page, until, browser, app_url, client
):
    other = browser.new_page()
    other.goto(f"{app_url}/?tab=denoise&denoise.model=digits&denoise.steps=2")
    other.locator("#generate").wait_for()
    page.get_by_role("tab", name="Denoise").click()
    generate(page, 1000)
    until(lambda: int(data(page, "count") or 0) > 5)
    other.locator("#generate").click()
    until(lambda: data(other, "count") == "3")
    assert data(page, "run") != data(other, "run")
    page.locator("#stop").click()
    until(lambda: client.predict(api_name="/serving_status")["samplings"] == 0)
    kept = int(data(page, "count"))
    page.locator("#player .scrub").focus()
    page.keyboard.press("Home")
    assert data(page, "shown") == "0"
    assert int(data(page, "count")) == kept < 250

    assert data(other, "count") == "3"
    other.get_by_text("Guidance sweep", exact=True).click()
    other.locator("#sweep").click()
    until(lambda: other.locator("#sweep-part .two:not(:empty)").count() == 9)
    assert re.fullmatch(r"\d+ % · \d\.\d\d", other.inner_text("#sweep-part .two >> nth=8"))
    assert "right on" in other.inner_text("#sweep-part .said")
    other.close()
