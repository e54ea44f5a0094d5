import json
from itertools import pairwise

import pytest

import playground as pg
from playground.training.evaluation.level_density import level_density
from playground.training.runs import manager

pytestmark = pytest.mark.browser


def choose(page, tab, schedule):
    field = page.locator("input[aria-label='Schedule']:visible").first
    field.click()
    field.fill(schedule)
    page.get_by_role("option", name=schedule).first.click()
    page.get_by_text(tab).click()


def values(page, panel):
    fields = page.locator(f"#{panel} .knob input[type=number]")
    return [float(v) for v in fields.evaluate_all("all => all.map((f) => f.value)")]


def stroke(page, canvas, points):
    """Draw through (share of the width, share of the height) with the mouse."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for x, y in at[1:]:
        page.mouse.move(x, y, steps=4)
    page.mouse.up()


def test_a_schedule_is_drawn_used_reset_and_its_points_are_moved(page):
    choose(page, "Schedule's own knobs", "drawn")
    canvas = page.locator("#noise-knobs canvas.curve")
    canvas.wait_for()
    first = {name: knob.default for name, knob in pg.schedules.entry("drawn").knobs.items()}
    assert values(page, "noise-knobs") == [first[f"p{k}"] for k in range(9)]  # and no spacing
    stroke(page, canvas, [(0.12, 0.3), (0.5, 0.75), (1, 0.8)])
    drawn = values(page, "noise-knobs")
    assert drawn == json.loads(canvas.get_attribute("data-points"))
    assert all(b < a for a, b in pairwise(drawn))
    path = pg.schedules.get("drawn", **{f"p{k}": v for k, v in enumerate(drawn)})
    wanted = f"{path.level(0.3).alpha:.3f}"
    page.wait_for_function(
        "a => document.querySelector('#noise_canvas .alpha').textContent === a", arg=wanted
    )
    field = page.locator("#noise-knobs .knob input[type=number]").nth(8)  # the keyboard's way
    field.fill("-14.5")
    field.press("Tab")
    assert json.loads(canvas.get_attribute("data-points"))[8] == -14.5
    page.locator("#noise-knobs .reset").click()
    before = values(page, "noise-knobs")
    assert before == [first[f"p{k}"] for k in range(9)]

    # a point is moved up and down, and the others make way
    middle = 30 + (canvas.bounding_box()["width"] - 38) / 2
    share = middle / canvas.bounding_box()["width"]
    stroke(page, canvas, [(share, 0.5), (share, 0.3)])
    after = values(page, "noise-knobs")
    assert after[4] > 5
    assert after[1] > after[2] > after[3] > after[4]
    assert (after[0], after[5:]) == (before[0], before[5:])


def test_a_drawn_schedule_is_trained_on(blank, app_url, runs_dir):
    page = blank
    page.goto(f"{app_url}/?tab=train")
    for folded in ("#train-run-more", "#train-more", "#train-levels"):
        page.locator(f"{folded} > button").click()
    choose(page, "Remember or invent", "drawn")
    canvas = page.locator("#train-schedule-knobs canvas.curve")
    canvas.wait_for()
    stroke(page, canvas, [(0.12, 0.3), (0.5, 0.75), (1, 0.8)])
    knobs = {f"p{k}": v for k, v in enumerate(values(page, "train-schedule-knobs"))}
    assert knobs["p4"] < -5
    shares = level_density(pg.schedules.get("drawn", **knobs)).shares
    page.wait_for_function(  # the plot follows the mouse
        "a => JSON.stringify(JSON.parse(document.querySelector('#levels_plot [data-shares], "
        "#levels_plot[data-shares]').dataset.shares).map((s) => s.toFixed(3))) === a",
        arg=json.dumps([f"{share:.3f}" for share in shares], separators=(",", ":")),
    )
    page.get_by_label("bundled digits").check()
    page.get_by_label("16", exact=True).check()
    page.get_by_label("Name").fill("by-hand")
    page.locator("#train-start").click()
    page.wait_for_selector("#train-facts >> text=running", timeout=60_000)
    run = manager.folder(runs_dir, "by-hand")
    assert (run.config().schedule, run.config().schedule_knobs) == ("drawn", knobs)
    page.wait_for_selector("#train-facts >> text=drawn", timeout=30_000)
    page.locator("#train-duplicate").click()
    page.wait_for_function(
        "document.querySelector('.start-row :is(input, textarea)').value === 'by-hand-2'"
    )
    assert {f"p{k}": v for k, v in enumerate(values(page, "train-schedule-knobs"))} == knobs
    page.locator("#train-stop").click()
    page.wait_for_selector("#train-facts >> text=stopped", timeout=60_000)
