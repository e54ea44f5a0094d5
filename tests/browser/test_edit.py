import pytest
from PIL import Image

pytestmark = pytest.mark.browser
HELD = "document.querySelector('#edit[data-mask], #edit [data-mask]')"


def until_done(page):
    page.wait_for_function(f"() => {HELD}?.dataset.done === 'yes'", timeout=60_000)


def test_a_masked_part_is_drawn_anew_and_a_film_is_saved(page, tmp_path):
    page.get_by_role("tab", name="Edit").click()
    page.wait_for_function(f"() => {HELD}?.dataset.source === '32'", timeout=60_000)
    field = page.get_by_label("Model", exact=True).locator("visible=true")
    field.fill("digits")
    field.press("Enter")
    page.wait_for_function(f"() => {HELD}?.dataset.source === '16'", timeout=60_000)
    over = page.locator("#edit .over")
    assert not over.is_visible()
    page.get_by_role("tab", name="Inpaint").click()
    over.wait_for()
    over.scroll_into_view_if_needed()
    page.locator("#edit-inpaint").click()  # there is a mask to begin with
    until_done(page)
    page.get_by_role("button", name="Wipe").locator("visible=true").click()
    box = over.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.locator("#edit-inpaint").click()
    page.wait_for_function(f"() => {HELD}?.dataset.done === ''", timeout=60_000)
    until_done(page)
    assert "differs from the picture by 0:" in page.inner_text("#edit .words")
    page.get_by_role("tab", name="Interpolate").click()
    page.get_by_label("number input for Pictures").locator("visible=true").first.fill("5")
    page.locator("#edit-interpolate").click()
    page.wait_for_selector("#edit figure[data-key=film]", timeout=60_000)
    with page.expect_download(timeout=20_000) as download:
        page.locator("#edit-gif").click()
    download.value.save_as(tmp_path / "film.gif")
    with Image.open(tmp_path / "film.gif") as film:
        assert film.format == "GIF"
        assert film.n_frames > 2
