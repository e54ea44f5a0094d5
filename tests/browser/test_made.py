import base64

import numpy as np
import pytest

from playground.library import Library
from playground.making import resolve
from playground.recipe import Recipe

pytestmark = pytest.mark.browser

DROP = """(element, data) => {
  const files = new DataTransfer(), bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  files.items.add(new File([bytes], "made.gif", { type: "image/gif" }));
  for (const kind of ["dragenter", "drop"]) {
    element.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true }));
  }
}"""


def data(page, part, key, value):
    page.wait_for_function(
        "([p, k, v]) => document.querySelector(`#${p}[data-count], #${p} [data-count]`)"
        "?.dataset[k] === v",
        arg=[part, key, str(value)],
        timeout=60_000,
    )


def shot(page):
    return page.locator("#player canvas.x").evaluate("c => c.toDataURL()")


def steps(page, number=None):
    field = page.get_by_label("number input for Steps", exact=True).locator("visible=true")
    if number is not None:
        field.fill(str(number))
        field.blur()
    return field.input_value()


def test_what_was_made_is_kept_restored_sent_on_and_made_again_by_a_file_s_settings(
    page, tmp_path, until
):
    page.get_by_role("tab", name="Denoise").click()
    steps(page, 3)
    page.locator("#generate").click()
    data(page, "made-strip", "count", 1)
    whole = shot(page)
    with page.expect_download(timeout=30_000) as download:
        page.locator("#save-gif").click()
    download.value.save_as(tmp_path / "made.gif")
    # one picture alone, by a click on it
    page.locator("#player canvas.x0").click(position={"x": 5, "y": 5})
    page.locator("#player .alone").click()
    data(page, "made-strip", "count", 2)
    assert shot(page) != whole
    assert page.get_by_label("Seed", exact=True).locator("visible=true").input_value() == "0"
    # the file of the batch, dropped on the page
    steps(page, 5)
    dropped = base64.b64encode((tmp_path / "made.gif").read_bytes()).decode()
    page.locator("#player").evaluate(DROP, dropped)
    page.locator("#made-strip .said").wait_for(timeout=30_000)
    assert "made.gif" in page.inner_text("#made-strip .said")
    assert steps(page) == "3"
    page.locator("#generate").click()
    data(page, "made-strip", "count", 3)
    assert shot(page) == whole
    # cards by keyboard: another picture, a star, one less
    page.locator("#made-strip .thumb").first.focus()
    for key in ("Enter", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.inner_text("#made-strip .acts .alone") == "Picture 6 alone"
    page.locator("#made-strip .star").first.click()
    page.locator("#made-strip .star[aria-pressed=true]").wait_for()
    page.locator("#made-strip .away").nth(2).click()
    data(page, "made-strip", "count", 2)
    # other tabs take what they can
    page.locator("#made-strip .to button", has_text="Race").click()
    page.wait_for_function("() => document.querySelector('#race .lane .steps')?.value === '3'")
    page.get_by_role("tab", name="Denoise").click()
    page.locator("#made-strip .to button", has_text="Fork").click()
    page.locator("#fork-start").wait_for()
    assert steps(page) == "3"
    page.get_by_role("tab", name="Denoise").click()
    page.locator("#made-strip .to button", has_text="Edit").click()
    page.locator("#edit-sdedit").wait_for()
    assert "picture-6" in page.locator("img[src*='picture-']").first.get_attribute("src")

    # a file's settings reach every control
    recipe = Recipe(
        *("digits", "3", 3.0, "interval", {"low": -3}, "cosine", {"spacing": "karras", "s": 0.02}),
        *("euler_ancestral", {"eta": 0.5}, 7, (5, 6, 7)),
    )
    (tmp_path / "made.json").write_text(recipe.to_json())
    *_, last = resolve(recipe, Library(tmp_path)).frames()
    page.get_by_role("tab", name="Denoise").click()
    page.locator(":has(> #restore) > input[type=file]").set_input_files(tmp_path / "made.json")
    page.locator("#made-strip .said", has_text="made.json").wait_for()
    until(lambda: steps(page) == "7")
    for opened in (False, True):  # panels of knobs have no script before their accordion is opened
        if opened:
            page.locator("#denoise-more button.label-wrap").click()
            page.wait_for_function("() => document.querySelector('[id$=-eta]')?.value === '0.5'")
        page.locator("#generate").click()
        data(page, "made-strip", "count", 3 + opened)
        with page.expect_download(timeout=30_000) as download:
            page.locator("#save-npz").click()
        download.value.save_as(tmp_path / "made.npz")
        with np.load(tmp_path / "made.npz") as made:
            assert abs(made["x"] - last.x.numpy()).max() < 1e-4
