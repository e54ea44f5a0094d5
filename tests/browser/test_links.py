"""Links with what somebody gave: another browser shows the same pixels."""

import json
import re

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.browser
SIZE = {"width": 1280, "height": 900}  # as the page's
NOISED = "#noise_canvas .noised"
SHOWN = "document.querySelector('#link-box .address').value.includes('kept-')"


@pytest.fixture
def elsewhere(browser):
    """Opens addresses in a browser that knows nothing of the page's."""
    with browser.new_context(viewport=SIZE) as context:
        other = context.new_page()

        def opened(address):
            other.goto(address)
            other.wait_for_selector(NOISED, state="attached", timeout=60_000)
            return other

        yield opened


@pytest.fixture
def photograph(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (6, 9, 3), np.uint8)
    Image.fromarray(pixels).resize((901, 640), 0).save(tmp_path / "mine.jpg", "JPEG")
    return tmp_path / "mine.jpg"


def wait(page, js):
    page.wait_for_function(js, timeout=30_000)


def pixels(page, selector=NOISED):
    return page.eval_on_selector(selector, "c => c.toDataURL()")


def settled(page, selector=NOISED, but=None):
    """Its pixels once they are others than these, and no longer change."""
    page.evaluate("window.before = null")
    page.wait_for_function(
        "([name, but]) => { const now = document.querySelector(name)?.toDataURL() ?? null;"
        " const same = now !== null && now === window.before && now !== but;"
        " window.before = now; return same; }",
        arg=[selector, but],
        polling=200,
        timeout=30_000,
    )
    return pixels(page, selector)


def shows(page, wanted, selector=NOISED):
    """Wait until these are its pixels."""
    page.wait_for_function(
        "([name, wanted]) => document.querySelector(name)?.toDataURL() === wanted",
        arg=[selector, wanted],
        polling=300,
        timeout=30_000,
    )


def drag(page, t):
    page.eval_on_selector(
        "#noise_canvas .t",
        "(s, t) => { s.value = t; for (const name of ['input', 'change'])"
        " s.dispatchEvent(new Event(name, { bubbles: true })); }",
        t,
    )


def link_of(page):
    page.locator("#link").click()
    wait(page, SHOWN)
    wait(page, "document.querySelector('#link-box .code svg')")
    address = page.input_value("#link-box .address")
    page.keyboard.press("Escape")
    return address


def bring(page, file, but):
    page.set_input_files("[data-testid=image] input[type=file] >> nth=0", file)
    return settled(page, but=but)


def open_tab(page, name):
    page.get_by_role("tab", name=name, exact=True).first.click()
    wait(page, f"location.search.includes('tab={name.lower()}')")


def delete_what_links_hold(page):
    page.locator("#link").click()
    delete = page.locator("#link-box .delete")
    delete.filter(has_text=re.compile(r"\d+ files?\b")).wait_for()  # of other tests, too
    delete.click()
    delete.filter(has_text="again").click()
    page.locator("#link-box .holds").filter(has_text="Deleted").wait_for()
    assert delete.is_hidden()
    page.keyboard.press("Escape")


def paint(page, board):
    page.locator(board).scroll_into_view_if_needed()
    box = page.locator(board).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + 60, steps=8)
    page.mouse.up()


def test_a_photograph_goes_along_in_links_history_and_beats_until_it_is_deleted(
    page, elsewhere, photograph
):
    drag(page, 0)
    bundled = settled(page)
    mine = bring(page, photograph, but=bundled)
    open_tab(page, "Race")
    open_tab(page, "Noise")
    page.get_by_role("button", name="Remove Image").first.click()
    page.go_back()
    wait(page, "location.search.includes('tab=race')")
    page.go_back()
    wait(page, "location.search.includes('tab=noise') && location.search.includes('kept-')")
    page.locator("[data-testid=image] img").first.wait_for()
    shows(page, mine)

    page.locator("#talk").click()
    page.get_by_role("button", name="Add this page").click()
    wait(page, "document.querySelectorAll('#talk-box li > input').length === 1")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save file").click()
    file = json.loads(saved.value.path().read_text())
    assert next(iter(file["kept"].values()))["picture"]
    page.keyboard.press("Escape")

    drag(page, 420)
    before = settled(page, but=mine)
    page.get_by_label("Seed").first.fill("7")
    page.get_by_label("Seed").first.press("Tab")
    noisy = settled(page, but=before)
    address = link_of(page)
    other = elsewhere(address)
    shows(other, noisy)
    for one in (page, other):
        drag(one, 0)
        shows(one, mine)

    delete_what_links_hold(page)
    other = elsewhere(address + "&denoise.steps=5")
    other.get_by_text("not kept on this machine").wait_for(timeout=30_000)
    drag(other, 0)
    shows(other, bundled)
    other.get_by_role("tab", name="Denoise", exact=True).click()
    assert other.get_by_label("number input for Steps").first.input_value() == "5"

    other.locator("#talk").click()
    other.set_input_files("#talk-box input[type=file]", saved.value.path())
    other.get_by_role("button", name="Show beat 1").click()
    wait(other, "location.search.includes('kept-') && location.search.includes('tab=noise')")
    shows(other, mine)


def test_what_is_drawn_goes_along_in_a_link(page, elsewhere, photograph, app_url):
    """A cloud, paint on noise, a mask: each is shown at once, or in a tab opened later."""
    with page.expect_response("**/run/predict", timeout=60_000):  # what the tabs ask at the start
        page.goto(app_url)
    page.wait_for_selector("#noise_canvas [data-drawn]")
    page.locator("#link").click()
    wait(page, "document.querySelector('#link-box .address').value")
    assert page.input_value("#link-box .address") == f"{app_url}/?tab=noise"  # nobody touched it
    page.keyboard.press("Escape")

    truth, board, source, mask = "#plane .truth", "#fork .over", "#edit .source", "#edit .over"
    open_tab(page, "Plane")
    wait(page, "document.querySelector('#plane [data-cloud], #plane[data-cloud]')")
    page.click("#plane-draw")
    paint(page, truth)
    wait(page, "document.querySelector('#plane [data-cloud=yours], #plane[data-cloud=yours]')")
    page.click("#plane-draw")
    learned = page.inner_text("#plane .truth-about")
    drawn = settled(page, truth)
    open_tab(page, "Fork")
    page.locator(board).wait_for()
    paint(page, board)
    noise = pixels(page, board)
    open_tab(page, "Edit")
    first = settled(page, source)
    page.set_input_files(
        "[data-testid=image] input[type=file] >> visible=false >> nth=-1", photograph
    )
    mine = settled(page, source, but=first)
    page.get_by_role("tab", name="Inpaint", exact=True).click()
    page.locator("#edit .wipe").click()
    paint(page, mask)
    masked = pixels(page, mask)
    address = link_of(page)
    assert "fork=" in address

    other = elsewhere(address)
    shows(other, mine, source)
    shows(other, masked, mask)
    assert other.locator("#edit .mask-tools").is_visible()
    open_tab(other, "Fork")
    shows(other, noise, board)
    other = elsewhere(address.replace("tab=edit", "tab=plane"))
    shows(other, drawn, truth)
    assert other.inner_text("#plane .truth-about") == learned
    open_tab(other, "Edit")
    shows(other, mine, source)
    shows(other, masked, mask)
