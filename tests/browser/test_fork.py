import pytest

pytestmark = pytest.mark.browser


def data(page, key):
    return page.evaluate(
        "k => document.querySelector('#fork[data-paint], #fork [data-paint]')?.dataset[k]", key
    )


def until(page, key, value):
    page.wait_for_function(
        "([k, v]) => document.querySelector('#fork[data-paint], #fork [data-paint]')"
        "?.dataset[k] === v",
        arg=[key, value],
        timeout=60_000,
    )


def test_a_film_is_painted_on_and_branches_and_two_lengths_are_compared(page):
    page.get_by_role("tab", name="Fork").click()
    until(page, "made", "yes")
    field = page.get_by_label("Model", exact=True).locator("visible=true")
    field.fill("digits")
    field.press("Enter")
    page.locator("#fork-start").click()
    until(page, "made", "")
    until(page, "count", "21")
    page.locator("#fork .scrub").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    assert data(page, "step") == "10"
    assert data(page, "paint") == ""
    middle = page.locator("#fork .over")
    middle.scroll_into_view_if_needed()
    box = middle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    assert data(page, "paint").startswith("data:image/png")
    page.locator("#fork-continue").click()
    until(page, "films", "2")
    until(page, "count", "11")
    assert data(page, "film") == "1"
    assert data(page, "paint") == ""  # strokes are used once
    rows = page.locator("#fork .row")
    assert rows.count() == 2
    assert "painted from step 10 of film 1" in rows.nth(1).inner_text()
    rows.nth(0).click()
    assert (data(page, "film"), data(page, "count")) == ("0", "21")

    page.locator("#fork-clear").click()
    page.wait_for_function("() => !document.querySelector('#fork .row')")
    page.locator("#fork-halfway").click()  # step 20 of 40 beside a run of 20
    page.wait_for_selector("#fork .compare p:not(:empty)", timeout=60_000)
    assert page.locator("#fork .compare canvas").count() == 3
    assert (data(page, "film"), data(page, "step")) == ("0", "20")
