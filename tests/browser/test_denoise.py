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


def open_tab(page, steps):
    page.get_by_role("tab", name="Denoise").click()
    field = page.get_by_label("number input for Steps")
    field.fill(str(steps))
    field.blur()


def test_frames_stream_and_can_be_scrubbed(page, until):
    open_tab(page, 12)
    page.locator("#generate").click()
    until(lambda: data(page, "count") == "13")
    assert data(page, "shown") == "12"
    shot = page.locator("#player canvas.x").evaluate("c => c.toDataURL()")
    page.locator("#player .scrub").focus()
    page.keyboard.press("ArrowLeft")
    assert data(page, "shown") == "11"
    page.keyboard.press("Home")
    assert data(page, "shown") == "0"
    assert page.locator("#player canvas.x").evaluate("c => c.toDataURL()") != shot
    assert "NFE 0" in page.inner_text("#player .text")


def shot(page, which):
    return page.locator(f"#player canvas.{which}").evaluate("c => c.toDataURL()")


def test_a_frame_shows_noise_and_change_and_keys_work_wherever_the_focus_is(page, until):
    open_tab(page, 6)
    page.locator("#generate").click()
    until(lambda: data(page, "count") == "7")
    page.keyboard.press("ArrowLeft")
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
    page.locator("#player .scrub").focus()
    page.keyboard.press("Space")  # plays to the end
    until(lambda: data(page, "shown") == "6")


def test_the_model_stands_beside_the_ideal_denoiser_with_its_pictures(page, until):
    open_tab(page, 4)
    page.locator("#beside-ideal input").check()
    page.locator("#generate").click()
    until(lambda: data(page, "count") == "5")
    assert shot(page, "x") != shot(page, "x0")
    assert "ideal" in page.inner_text("#player .right")
    until(lambda: page.locator("#player .top").count() == 5)
    until(lambda: page.inner_text("#player .top >> nth=0") == "100 %")  # it remembers
    page.locator("#player canvas.x0").click()  # amid the pictures, so not the first
    until(lambda: page.inner_text("#player .whose") != "picture 1")


def test_the_sweep_fills_in_column_by_column(page, until):
    open_tab(page, 2)
    field = page.get_by_label("Model", exact=True)
    field.fill("digits")
    field.press("Enter")
    page.get_by_text("Guidance sweep", exact=True).click()
    page.locator("#sweep").click()
    until(lambda: page.locator("#sweep-part .two:not(:empty)").count() == 9)
    assert re.fullmatch(r"\d+ % · \d\.\d\d", page.inner_text("#sweep-part .two >> nth=8"))
    assert "right on" in page.inner_text("#sweep-part .said")


def test_each_press_saves_what_is_shown_now(page, until, tmp_path):
    saved = []
    for steps in (3, 5):
        open_tab(page, steps)
        page.locator("#generate").click()
        until(lambda n=steps: data(page, "count") == str(n + 1))
        for kind in ("png", "gif"):
            with page.expect_download(timeout=20_000) as download:
                page.locator(f"#save-{kind}").click()
            assert download.value.suggested_filename == f"emoji-0.{kind}"
            download.value.save_as(tmp_path / f"{steps}.{kind}")
        saved.append((tmp_path / f"{steps}.png").read_bytes())
        with Image.open(tmp_path / f"{steps}.gif") as film:
            assert film.n_frames == steps + 1
    assert saved[0] != saved[1]


def test_stop_ends_it_and_keeps_what_is_there(page, until, client):
    open_tab(page, 1000)
    page.locator("#generate").click()
    until(lambda: int(data(page, "count") or 0) > 5)
    page.locator("#stop").click()
    until(lambda: client.predict(api_name="/serving_status")["samplings"] == 0)
    kept = int(data(page, "count"))
    page.locator("#player .scrub").focus()
    page.keyboard.press("Home")
    assert data(page, "shown") == "0"
    assert int(data(page, "count")) == kept < 250


def test_two_tabs_do_not_disturb_each_other(page, until, browser, app_url):
    other = browser.new_page()
    other.goto(app_url)
    other.wait_for_selector("#noise_canvas [data-drawn]")
    for tab, steps in ((page, 7), (other, 9)):
        open_tab(tab, steps)
        tab.locator("#generate").click()
    until(lambda: data(page, "count") == "8")
    until(lambda: data(other, "count") == "10")
    assert data(page, "run") != data(other, "run")
    other.close()
