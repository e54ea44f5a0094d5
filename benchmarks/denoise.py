"""Denoise tab in Chromium: Generate to the first frame, and Stop to the last that still arrives.

Each with the settings as the page opens with them, but 1,000 steps, so that there is much to stop.
Needs the test dependencies and Chromium.
"""

import argparse

from page import app, chromium, tell
from playwright.sync_api import Page

GOAL = 500
ON_CLICK = """
() => {
  window.clicked = {}; window.frames = [];
  for (const id of ["generate", "stop"]) document.querySelector("#" + id)
    .addEventListener("click", () => { window.clicked[id] = performance.now(); }, true);
  new MutationObserver(() => window.frames.push(performance.now()))
    .observe(document.querySelector("#player"), { attributes: true, subtree: true,
      attributeFilter: ["data-count", "data-run"] });
}
"""


def once(page: Page, watch_ms: int) -> tuple[float, float]:
    """Milliseconds from Generate to the first frame, and from Stop to the last."""
    page.evaluate("window.frames = []")
    page.locator("#generate").click()
    page.wait_for_function("window.frames.length > 0", timeout=30_000)
    page.wait_for_timeout(watch_ms)
    page.locator("#stop").click()
    page.wait_for_timeout(1500)
    frames, clicked = page.evaluate("[window.frames, window.clicked]")
    return frames[0] - clicked["generate"], max(0.0, frames[-1] - clicked["stop"])


def main() -> None:
    """Start the app, generate and stop several times, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    with app() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(address)
        page.get_by_role("tab", name="Denoise").click()
        field = page.get_by_label("number input for Steps")
        field.fill("1000")
        field.blur()
        page.wait_for_timeout(3000)
        page.evaluate(ON_CLICK)
        took = [once(page, 1000) for _ in range(times)]
    tell("Generate to the first frame", [first for first, _ in took], GOAL)
    tell("Stop to the last frame", [last for _, last in took], GOAL)


if __name__ == "__main__":
    main()
