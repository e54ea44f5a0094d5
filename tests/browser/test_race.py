import pytest

pytestmark = pytest.mark.browser


def data(page, part, key):
    return page.evaluate(
        "([p, k]) => { const e = document.querySelector(`#${p}[data-${k}], #${p} [data-${k}]`);"
        " return e ? e.dataset[k] : null; }",
        [part, key],
    )


def test_lanes_run_in_step_and_are_edited_and_a_grid_tells_of_its_cells(page, until):
    page.get_by_role("tab", name="Race", exact=True).click()
    model = page.locator("input[aria-label='Model'], #race").locator("visible=true").first
    model.wait_for()
    field = page.get_by_label("Model", exact=True).locator("visible=true").first
    field.fill("digits")
    field.press("Enter")
    lanes = page.locator("#race .lane")
    lanes.first.wait_for()
    page.get_by_role("button", name="Step counts 5, 10, 20, 40").click()
    assert lanes.count() == 4
    while lanes.count() > 2:
        lanes.last.get_by_title("Remove this lane").click()
    page.get_by_label("Schedule of lane 2").select_option("cosine")
    steps = page.get_by_label("Steps of lane 2")
    steps.fill("")
    steps.blur()
    until(lambda: steps.input_value() == "20")  # as many as the calls allow
    page.locator("#race-go").click()
    until(lambda: data(page, "race", "done") in ("lanes", "all"))
    shots = [c.evaluate("c => c.toDataURL()") for c in page.locator("#race .lane canvas").all()]
    assert len(set(shots)) == 2
    assert "20 of 20 calls" in lanes.nth(1).inner_text()
    page.locator("#race .scrub").focus()
    page.keyboard.press("Home")
    starts = [c.evaluate("c => c.toDataURL()") for c in page.locator("#race .lane canvas").all()]
    assert starts[0] != shots[0]
    assert "0 of 5 calls" in lanes.first.inner_text()
    page.locator("#race-stop").click()
    until(lambda: page.inner_text("#race .left").startswith(("stopped", "1,000 calls")))
    page.get_by_label("Sampler of lane 1").select_option("ddpm")
    until(lambda: "draws fresh noise" in lanes.first.inner_text())

    page.get_by_role("tab", name="Grid", exact=True).click()
    page.get_by_label("distance to 1,000 calls").uncheck()
    field = page.get_by_label("Steps, with commas between")
    field.fill("2, 3")
    field.blur()
    page.get_by_role("button", name="DPM-Solver++ (2M)", exact=True).click()
    until(lambda: "6 cells" in page.inner_text("#grid .status"))
    page.locator("#grid-go").click()
    until(lambda: bool(data(page, "grid", "done")))
    cells = page.locator("#grid .cell")
    assert cells.count() == 6
    cells.nth(3).focus()
    assert "3 steps" in page.inner_text("#grid .about")
    page.keyboard.press("ArrowUp")
    assert "ddim" in page.inner_text("#grid .about")
    with page.expect_download(timeout=30_000) as download:
        page.locator("#grid-save-png").click()
    assert download.value.suggested_filename == "grid.png"
