"""No text lies over another, at any width, in either language, in any tab."""

from pathlib import Path

import pytest

from playground.ui.tabs import TABS

pytestmark = pytest.mark.browser

BOXES = Path(__file__).with_name("text_boxes.js")
# phones, a tablet upright and lying, laptops, a projector, large screens; its height each
WIDTHS = {
    360: 640,
    390: 844,
    430: 932,
    600: 960,
    768: 1024,
    1024: 768,
    1280: 800,
    1366: 768,
    1440: 900,
    1920: 1080,
    2560: 1440,
    3840: 2160,
}
VIEWS = ("steps", "duel", "quiz", "article")  # beside the first of the Noise tab


@pytest.fixture(scope="module", params=["en", "zh"])
def opened(request, browser, app_url):
    """The app in a language, loaded once, at a quarter of the pixels to paint."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=0.5)
    page.add_init_script(path=BOXES)
    page.goto(f"{app_url}/?lang={request.param}")
    page.wait_for_selector("#noise_canvas [data-spectra]", timeout=60_000)
    yield page
    page.close()


def overlaps(page):
    """What lies over what, by width."""
    found = {}
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("laidOut()")
        told = page.evaluate("overlaps()")
        assert told["count"] > 10  # else nothing was looked at
        if told["pairs"]:
            found[width] = told["pairs"][:6]
    return found


def show(page, tab):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("laidOut()")
    number = [one.id for one in TABS].index(tab)
    page.locator(".tab-wrapper [role=tab]:visible").nth(number).click()


@pytest.mark.parametrize("tab", [one.id for one in TABS])
def test_no_text_lies_over_another(opened, tab):
    show(opened, tab)
    assert overlaps(opened) == {}


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_lies_over_another_in_a_view_of_the_noise(opened, view):
    show(opened, "noise")
    opened.click(f"#view-{view}")
    opened.wait_for_function(
        "name => document.querySelector(`#part-${name}`).childElementCount > 3",
        arg=view,
        timeout=60_000,
    )
    assert overlaps(opened) == {}


def test_texts_that_lie_over_each_other_are_seen(opened):
    show(opened, "noise")
    opened.click("#view-one")
    opened.evaluate("laidOut()")
    opened.evaluate(
        """() => {
          const lies = document.createElement("b");
          lies.textContent = "lies over";
          lies.style.position = "absolute";
          document.querySelector("#noise_canvas .formula").append(lies);
          lies.style.left = document.querySelector(".formula .alpha").offsetLeft + "px";
          const canvas = document.querySelector("#noise_canvas .levels");
          const pen = canvas.getContext("2d");
          pen.fillText("one text", 50, 50);
          pen.fillText("another", 60, 52);
        }"""
    )
    pairs = " ".join(opened.evaluate("overlaps()")["pairs"])
    opened.evaluate("document.querySelector('.formula > b').remove()")
    assert "lies over" in pairs
    assert "“one text” and “another”" in pairs
