"""What those meet in the page who see little, use a screen reader, a finger, or no motion."""

from pathlib import Path

import axe_playwright_python
import pytest

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
FOUND = """async ([within, rules]) => {
  // Plotly draws a thousand elements of its own; rows of a table and entries of the reference are
  // like those before them
  const like = [["tr:nth-child(n+3)"], ["#reference-text :is(h3, h4, p, ul):nth-of-type(n+9)"]];
  const parts = { include: [within], exclude: [[".main-svg"], ...like] };
  const { violations } = await axe.run(parts, { resultTypes: ["violations"], ...rules });
  const grave = violations.filter((one) => ["serious", "critical"].includes(one.impact));
  return grave.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}"""
SHOWN = "[role=tabpanel]:not([style*='none'])"
CONTRAST = {"runOnly": ["color-contrast"]}  # all that differs from theme to theme
MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, transitionProperty, animationName } = getComputedStyle(one);
  const slow = transitionProperty !== "none" && /[1-9]/.test(transitionDuration);
  return slow || animationName !== "none";
}).map((one) => one.outerHTML.slice(0, 100))"""
USED = {  # what is done in a tab, and how one sees that it is done
    "Noise": "document.querySelector('#view-duel').click(), true",
    "Denoise": "document.querySelector('#generate').click(), true",
    "Edit": "document.querySelector('#edit-sdedit')",
    "Train": "document.querySelector('#train-start')",
    "Reference": "document.querySelector('#reference-text table')",
}
NAMED = """() => ![...document.querySelectorAll("[data-t]")].some(
  (one) => one.checkVisibility() && !one.textContent.trim(),
)"""  # parts say their words once their modules are there
LOOKED = {
    "Noise": "document.querySelector('#part-duel canvas')",
    "Denoise": "/^step [1-9]/.test(document.querySelector('#player .text').textContent)",
}


def barriers(page, where, within, painted):
    """In light and in dark, each with where it was met."""
    found = []
    for theme, rules in (("light", {}), ("dark", CONTRAST)):
        page.evaluate("(dark) => document.body.classList.toggle('dark', dark)", theme == "dark")
        painted(page)
        found += [f"{where}, {theme}: {one}" for one in page.evaluate(FOUND, [within, rules])]
    return found


def test_no_tab_or_dialog_has_a_grave_barrier_and_nothing_moves_by_itself(page, painted):
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AXE)
    found, moves = [], []
    for button, box in (("lesson-button", "lesson"), ("talk", "talk-box"), ("link", "link-box")):
        page.locator(f"#{button}").click()
        page.locator(f"#{box}").wait_for()
        found += barriers(page, button, "body" if box == "lesson" else f"#{box}", painted)
        page.keyboard.press("Escape")
        page.locator(f"#{box}").wait_for(state="hidden")
    for tab in page.locator("[role=tablist]").first.locator("button[role=tab]").all():
        tab.click()
        name = tab.inner_text()
        for wanted in (USED.get(name), LOOKED.get(name)):
            if wanted:
                page.wait_for_function(wanted, timeout=30_000)
        page.wait_for_function(NAMED)
        found += barriers(page, name, SHOWN, painted)
        moves += page.evaluate(MOVES)
    assert found == []
    assert moves == []


def test_a_finger_drags_the_slider_as_a_mouse_does(browser, app_url, painted):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(app_url)
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]")
    box = page.locator("#noise-t").bounding_box()
    y, finger = box["y"] + box["height"] / 2, context.new_cdp_session(page)
    steps = [box["x"] + box["width"] * share for share in (0.31, 0.4, 0.5, 0.6, 0.7, 0.8)]
    for kind, x in zip(["touchStart"] + ["touchMove"] * 5, steps, strict=True):
        at = {"x": x, "y": y + (x - steps[0]) / 10}  # no finger goes straight
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        painted(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    painted(page)
    assert 760 <= int(page.input_value("#noise-t")) <= 840
    assert page.evaluate("scrollY") == 0
    context.close()
