"""Drawings a second on the Live tab while a mouse drags the seed, in real Chromium.

For each number of pictures and calls: drawings a second (each of all its pictures), and p50 and p95
in milliseconds from the input event of a position that was drawn to after the frame that shows it.
Positions that are passed before the server is free are not drawn. Needs the test dependencies.
"""

import argparse
import os

from page import app, chromium
from playwright.sync_api import Page

GOAL = 10  # drawings a second
WATCH = """
() => {
  const slider = document.querySelector("#live-seed");
  const board = document.querySelector("#live_board [data-drawn], #live_board[data-drawn]");
  const asked = new Map();
  window.times = [];
  slider.addEventListener("input", (e) => asked.set((+slider.value).toFixed(2), e.timeStamp), true);
  new MutationObserver(() => {
    const at = asked.get((+board.dataset.drawn).toFixed(2));
    if (at === undefined) return;
    requestAnimationFrame(() => {
      const c = new MessageChannel();
      c.port1.onmessage = () => window.times.push(performance.now() - at);
      c.port2.postMessage(0);
    });
  }).observe(board, { attributeFilter: ["data-count"] });
}
"""


def drag(page: Page, seconds: float) -> tuple[list[float], float]:
    """Times of what was drawn, and drawings a second, while the mouse drags to and fro."""
    slider = page.locator("#live-seed")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    y, left, width = box["y"] + box["height"] / 2, box["x"] + 20, box["width"] - 40
    page.mouse.move(left + width * 0.3, y)
    page.mouse.down()
    page.evaluate("window.times = []; window.began = performance.now()")
    moves = 0
    while page.evaluate("performance.now() - window.began") < 1000 * seconds:
        there = 0.3 + 0.5 * (1 - abs(1 - (moves / 150) % 2))
        page.mouse.move(left + width * there, y)
        page.wait_for_timeout(12)
        moves += 1
    rate = page.evaluate("window.times.length / (performance.now() - window.began) * 1000")
    page.mouse.up()
    page.wait_for_timeout(300)
    return sorted(page.evaluate("window.times")), rate


def main() -> None:
    """Start the app, drag, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--model", default="emoji-fast")
    args = parser.parse_args()
    with app() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(address)
        page.get_by_role("tab", name="Live", exact=True).first.click()
        page.wait_for_selector("#live_board [data-drawn], #live_board[data-drawn]")
        page.select_option("#live_board select.model", args.model)
        page.wait_for_timeout(4000)
        page.evaluate(WATCH)
        print(f"{args.model}; load of the machine before: {os.getloadavg()[0]:.1f}")
        for pictures, calls in ((1, 1), (1, 2), (1, 4), (4, 1), (4, 2), (4, 4), (9, 1), (9, 2)):
            page.check(f"#live_board .count input[value='{pictures}']", force=True)
            page.check(f"#live_board .calls input[value='{calls}']", force=True)
            page.wait_for_timeout(500)
            times, rate = drag(page, args.seconds)
            p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
            print(
                f"{pictures} pictures, {calls} calls: {rate:5.1f} drawings/s (goal {GOAL})"
                f"   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   ({len(times)} drawings)",
                flush=True,
            )


if __name__ == "__main__":
    main()
