import time

import pytest

from playground.ui.hints import HINTS

pytestmark = pytest.mark.browser


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
    for tab in ("Noise", "Denoise", "Train"):
        page.get_by_role("tab", name=tab, exact=True).click()
        page.wait_for_timeout(300)
        for name in {h for h in HINTS if page.locator(f"#{h}").is_visible()}:
            page.locator(f"#{name}").hover()
            title = page.locator(f"#{name}").evaluate(
                "e => (e.matches('button') ? e : e.querySelector('button')).title"
            )
            assert title == HINTS[name]
            seen.add(name)
    assert seen == set(HINTS)
