"""Links with what somebody gave: another browser shows the same pixels."""

import json

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.browser
SIZE = {"width": 1280, "height": 900}  # as the page's
NOISED = "#noise_canvas .noised"
SHOWN = "document.querySelector('#link-box .address').value.includes('kept-')"


@pytest.fixture
def elsewhere(browser):
    """Opens an address in a browser that knows nothing of the page's."""
    pages = []

    def opened(address):
        pages.append(browser.new_context(viewport=SIZE).new_page())
        pages[-1].goto(address)
        pages[-1].wait_for_selector(NOISED, state="attached", timeout=60_000)
        return pages[-1]

    yield opened
    for one in pages:
        one.context.close()


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


def bring(page, file):
    first = settled(page)
    page.set_input_files("[data-testid=image] input[type=file] >> nth=0", file)
    return settled(page, but=first)


def test_a_link_shows_the_photograph_of_another_browser_and_its_noise(page, elsewhere, photograph):
    bring(page, photograph)
    drag(page, 420)
    before = settled(page)
    page.get_by_label("Seed").first.fill("7")
    page.get_by_label("Seed").first.press("Tab")
    noisy = settled(page, but=before)
    other = elsewhere(link_of(page))
    shows(other, noisy)
    for one in (page, other):
        drag(one, 0)
    shows(other, settled(page, but=noisy))


def test_back_shows_the_photograph_with_which_one_left(page, photograph):
    mine = bring(page, photograph)
    page.get_by_role("tab", name="Race", exact=True).first.click()
    wait(page, "location.search.includes('tab=race')")
    page.get_by_role("tab", name="Noise", exact=True).first.click()
    wait(page, "location.search.includes('tab=noise')")
    page.get_by_role("button", name="Remove Image").first.click()
    page.go_back()
    wait(page, "location.search.includes('tab=race')")
    page.go_back()
    wait(page, "location.search.includes('tab=noise') && location.search.includes('kept-')")
    page.locator("[data-testid=image] img").first.wait_for()
    shows(page, mine)


def test_what_links_hold_is_deleted_in_the_page_and_they_say_so(page, elsewhere, photograph):
    bundled = settled(page)
    bring(page, photograph)
    address = link_of(page)
    page.locator("#link").click()
    delete = page.locator("#link-box .delete")
    delete.filter(has_text="1 file").wait_for()
    delete.click()
    delete.filter(has_text="again").click()
    page.locator("#link-box .holds").filter(has_text="Deleted").wait_for()
    assert delete.is_hidden()
    other = elsewhere(address + "&denoise.steps=5")
    other.get_by_text("not kept on this machine").wait_for(timeout=30_000)
    shows(other, bundled)
    other.get_by_role("tab", name="Denoise", exact=True).click()
    assert other.get_by_label("number input for Steps").first.input_value() == "5"


def test_beats_take_the_photograph_along_in_their_file(page, elsewhere, photograph, tmp_path):
    mine = bring(page, photograph)
    page.locator("#talk").click()
    page.get_by_role("button", name="Add this page").click()
    wait(page, "document.querySelectorAll('#talk-box li > input').length === 1")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save file").click()
    file = json.loads(saved.value.path().read_text())
    assert next(iter(file["kept"].values()))["picture"]
    page.keyboard.press("Escape")
    page.locator("#link").click()
    delete = page.locator("#link-box .delete")
    delete.click()
    delete.filter(has_text="again").click()
    page.locator("#link-box .holds").filter(has_text="Deleted").wait_for()
    other = elsewhere(page.url.partition("?")[0])
    other.locator("#talk").click()
    other.set_input_files("#talk-box input[type=file]", saved.value.path())
    other.get_by_role("button", name="Show beat 1").click()
    wait(other, "location.search.includes('kept-')")
    shows(other, mine)


def test_a_link_shows_the_drawn_cloud_of_another_browser(page, elsewhere):
    truth = "#plane .truth"
    page.get_by_role("tab", name="Plane", exact=True).first.click()
    wait(page, "document.querySelector('#plane [data-cloud], #plane[data-cloud]')")
    page.click("#plane-draw")
    page.locator(truth).scroll_into_view_if_needed()
    box = page.locator(truth).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 200, steps=8)
    page.mouse.up()
    wait(page, "document.querySelector('#plane [data-cloud=yours], #plane[data-cloud=yours]')")
    page.click("#plane-draw")
    learned = page.inner_text("#plane .truth-about")
    drawn = settled(page, truth)
    other = elsewhere(link_of(page))
    shows(other, drawn, truth)
    assert other.inner_text("#plane .truth-about") == learned


def test_a_control_that_a_link_hides_counts_all_the_same(elsewhere, app_url):
    page = elsewhere(f"{app_url}/?tab=denoise&denoise.model=digits&denoise.steps=3&hide=steps")
    page.locator("#generate").wait_for()
    page.get_by_label("number input for Steps").first.wait_for(state="hidden")
    page.locator("#generate").click()
    wait(page, "document.querySelector('#player .text').textContent.startsWith('step 3 / 3')")


def paint(page, board):
    box = page.locator(board).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + 60, steps=8)
    page.mouse.up()


def test_a_link_shows_the_picture_and_the_mask_that_are_edited(page, elsewhere, photograph):
    source, mask = "#edit .source", "#edit .over"
    page.get_by_role("tab", name="Edit", exact=True).first.click()
    first = settled(page, source)
    page.set_input_files(
        "[data-testid=image] input[type=file] >> visible=false >> nth=-1", photograph
    )
    mine = settled(page, source, but=first)
    page.get_by_role("tab", name="Inpaint", exact=True).click()
    page.locator("#edit .wipe").click()
    paint(page, mask)
    painted = pixels(page, mask)
    address = link_of(page)
    other = elsewhere(address)
    shows(other, mine, source)
    shows(other, painted, mask)
    assert other.locator("#edit .mask-tools").is_visible()
    other = elsewhere(address.replace("tab=edit", "tab=noise"))  # and when it is opened later
    other.get_by_role("tab", name="Edit", exact=True).first.click()
    shows(other, mine, source)
    shows(other, painted, mask)


def test_a_link_shows_what_is_painted_on_the_noise(page, elsewhere):
    board = "#fork .over"
    page.get_by_role("tab", name="Fork", exact=True).first.click()
    page.locator(board).wait_for()
    paint(page, board)
    painted = pixels(page, board)
    page.locator("#link").click()
    wait(page, "document.querySelector('#link-box .address').value.includes('fork=')")
    address = page.input_value("#link-box .address")
    other = elsewhere(address)
    shows(other, painted, board)


def test_the_link_of_a_page_that_nobody_touched_tells_its_tab_alone(page, app_url):
    with page.expect_response("**/run/predict", timeout=60_000):  # what the tabs ask at the start
        page.goto(app_url)
    page.wait_for_selector("#noise_canvas [data-drawn]")
    page.locator("#link").click()
    wait(page, "document.querySelector('#link-box .address').value")
    assert page.input_value("#link-box .address") == f"{app_url}/?tab=noise"
