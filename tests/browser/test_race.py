import pytest

pytestmark = pytest.mark.browser
LONG = 90_000  # milliseconds; the machine may be busy


def held(page, part, key, said):
    """Wait until a part tells this of itself, a condition on the value `v`."""
    page.wait_for_function(
        "([part, key, said]) => {"
        " const at = document.querySelector(`#${part}[data-${key}], #${part} [data-${key}]`);"
        " return at && new Function('v', `return ${said}`)(at.dataset[key]); }",
        arg=[part, key, said],
        timeout=LONG,
    )


def reads(page, selector, words):
    page.wait_for_function(
        "([where, words]) => document.querySelector(where)?.textContent.includes(words)",
        arg=[selector, words],
        timeout=LONG,
    )


def open_tab(page):
    page.get_by_role("tab", name="Race", exact=True).click()
    field = page.get_by_label("Model", exact=True).locator("visible=true").first
    field.fill("digits")
    field.press("Enter")


def shots(page):
    return [one.evaluate("c => c.toDataURL()") for one in page.locator("#race .lane canvas").all()]


def test_lanes_are_edited_run_in_step_scrubbed_and_measured(page):
    open_tab(page)
    lanes = page.locator("#race .lane")
    lanes.first.wait_for()
    page.get_by_role("button", name="Step counts 5, 10, 20, 40").click()
    while lanes.count() > 2:
        lanes.last.get_by_title("Remove this lane").click()
    steps = page.get_by_label("Steps of lane 2")
    steps.fill("")
    steps.blur()
    page.wait_for_function("e => e.value === '20'", arg=steps.element_handle(), timeout=LONG)
    page.locator("#race-go").click()
    held(page, "race", "done", "v === 'lanes' || v === 'all'")
    ends = shots(page)
    assert len(set(ends)) == 2
    assert "20 of 20 calls" in lanes.nth(1).inner_text()
    page.locator("#race .scrub").focus()
    page.keyboard.press("Home")
    assert shots(page)[0] != ends[0]
    assert "0 of 5 calls" in lanes.first.inner_text()
    page.locator("#race .plot .legend .traces").nth(1).wait_for(timeout=LONG)
    page.locator("#race-stop").click()
    held(page, "race", "busy", "v === ''")


def test_a_grid_fills_in_and_is_saved(page):
    open_tab(page)
    page.get_by_role("tab", name="Grid", exact=True).click()
    page.get_by_label("distance to 1,000 calls").uncheck()
    field = page.get_by_label("Steps, with commas between")
    field.fill("2, 3")
    field.blur()
    page.get_by_role("button", name="DPM-Solver++ (2M)", exact=True).click()
    reads(page, "#grid .status", "6 cells")
    page.locator("#grid-go").click()
    held(page, "grid", "done", "Boolean(v)")
    cells = page.locator("#grid .cell")
    assert cells.count() == 6
    cells.nth(3).focus()
    assert "3 steps" in page.inner_text("#grid .about")
    page.keyboard.press("ArrowUp")
    assert "ddim" in page.inner_text("#grid .about")
    with page.expect_download(timeout=30_000) as download:
        page.locator("#grid-save-png").click()
    assert download.value.suggested_filename == "grid.png"


def test_what_was_unfolded_stays_so(page):
    page.get_by_role("tab", name="Race", exact=True).click()
    seed = page.get_by_label("Seed", exact=True).locator("visible=true")
    more = page.locator("#race-more > button")
    more.wait_for()
    assert seed.count() == 0
    more.click()
    seed.first.wait_for()
    page.reload()
    page.get_by_role("tab", name="Race", exact=True).click()
    seed.first.wait_for()
