import re
import time

import pytest
from PIL import Image

from playground.ui.tabs import TABS

pytestmark = pytest.mark.browser
HINTS = {name: text for tab in TABS for name, text in tab.hints.items()}


def data(page, key):
    return page.evaluate(
        "k => { const e = document.querySelector('#player [data-count], #player[data-count]');"
        " return e ? e.dataset[k] : null; }",
        key,
    )


def until(page, condition, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen in time")


def open_tab(page, steps):
    page.get_by_role("tab", name="Denoise").click()
    field = page.get_by_label("number input for Steps")
    field.fill(str(steps))
    field.blur()


def test_frames_stream_and_can_be_scrubbed(page):
    open_tab(page, 12)
    page.locator("#generate").click()
    until(page, lambda: data(page, "count") == "13")
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


def test_a_frame_shows_noise_and_change_and_keys_work_wherever_the_focus_is(page):
    open_tab(page, 6)
    page.locator("#generate").click()
    until(page, lambda: data(page, "count") == "7")
    page.keyboard.press("ArrowLeft")
    assert data(page, "shown") == "5"
    seen = {shot(page, "x0")}
    for view in ("eps", "change"):
        page.locator(f"#player [data-view={view}]").click()
        until(page, lambda: shot(page, "x0") not in seen)
        seen.add(shot(page, "x0"))
    assert "contrast" in page.inner_text("#player .right")
    before = shot(page, "asked"), shot(page, "spectrum")
    page.keyboard.press("Home")
    assert data(page, "shown") == "0"
    assert (shot(page, "asked"), shot(page, "spectrum")) != before
    page.locator("#player .scrub").focus()
    page.keyboard.press("Space")  # plays to the end
    until(page, lambda: data(page, "shown") == "6")


def test_the_model_stands_beside_the_ideal_denoiser_with_its_pictures(page):
    open_tab(page, 4)
    page.locator("#beside-ideal input").check()
    page.locator("#generate").click()
    until(page, lambda: data(page, "count") == "5")
    assert shot(page, "x") != shot(page, "x0")
    assert "ideal" in page.inner_text("#player .right")
    until(page, lambda: page.locator("#player .top").count() == 5)
    until(page, lambda: page.inner_text("#player .top >> nth=0") == "100 %")  # it remembers
    page.locator("#player canvas.x0").click()  # amid the pictures, so not the first
    until(page, lambda: page.inner_text("#player .whose") != "picture 1")


def test_the_sweep_fills_in_column_by_column(page):
    open_tab(page, 2)
    field = page.get_by_label("Model", exact=True)
    field.fill("digits")
    field.press("Enter")
    page.get_by_text("Guidance sweep", exact=True).click()
    page.locator("#sweep").click()
    until(page, lambda: page.locator("#sweep-part .two:not(:empty)").count() == 9, 90)
    assert re.fullmatch(r"\d+ % · \d\.\d\d", page.inner_text("#sweep-part .two >> nth=8"))
    assert "right on" in page.inner_text("#sweep-part .said")


def test_each_press_saves_what_is_shown_now(page, tmp_path):
    saved = []
    for steps in (3, 5):
        open_tab(page, steps)
        page.locator("#generate").click()
        until(page, lambda n=steps: data(page, "count") == str(n + 1))
        page.wait_for_timeout(300)
        for kind in ("png", "gif"):
            with page.expect_download(timeout=20_000) as download:
                page.locator(f"#save-{kind}").click()
            assert download.value.suggested_filename == f"emoji-0.{kind}"
            download.value.save_as(tmp_path / f"{steps}.{kind}")
        saved.append((tmp_path / f"{steps}.png").read_bytes())
        with Image.open(tmp_path / f"{steps}.gif") as film:
            assert film.n_frames == steps + 1
    assert saved[0] != saved[1]


def test_stop_ends_it_and_keeps_what_is_there(page):
    open_tab(page, 1000)
    page.locator("#generate").click()
    until(page, lambda: int(data(page, "count") or 0) > 5)
    page.locator("#stop").click()
    page.wait_for_timeout(1500)
    kept = int(data(page, "count"))
    page.wait_for_timeout(1000)
    assert int(data(page, "count")) == kept < 250
    page.locator("#player .scrub").focus()
    page.keyboard.press("Home")
    assert data(page, "shown") == "0"


def test_two_tabs_do_not_disturb_each_other(page, browser, app_url):
    other = browser.new_page()
    other.goto(app_url)
    other.wait_for_selector("#noise_canvas [data-drawn]")
    for tab, steps in ((page, 7), (other, 9)):
        open_tab(tab, steps)
        tab.locator("#generate").click()
    until(page, lambda: data(page, "count") == "8")
    until(other, lambda: data(other, "count") == "10")
    assert data(page, "run") != data(other, "run")
    other.close()


def test_every_button_tells_what_it_does(page):
    seen = set()
    page.get_by_role("tab", name="Train", exact=True).click()
    for asks in ("rename", "delete"):  # each opens a question with more buttons
        page.locator(f"#train-{asks}").click()
    edits = ("Image to image", "Inpaint", "Invert", "Interpolate", "Variations")
    for tab in ("Noise", "Denoise", "Live", "Race", "Grid", "Fork", "Edit", *edits, "Train"):
        page.get_by_role("tab", name=tab, exact=True).click()
        if tab == "Denoise":
            page.get_by_text("Guidance sweep", exact=True).click()
        page.wait_for_timeout(300)
        for name in {h for h in HINTS if page.locator(f"#{h}").is_visible()}:
            page.locator(f"#{name}").hover()
            title = page.locator(f"#{name}").evaluate(
                "e => (e.matches('button') ? e : e.querySelector('button')).title"
            )
            assert title == HINTS[name]
            seen.add(name)
    assert seen == set(HINTS) - {"like-forget"}  # which shows beside what a duplicate takes over
