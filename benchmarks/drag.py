"""Slider event to painted pixels on the Noise tab, in real Chromium at 512x512.

Prints p50 and p95 in milliseconds: of the noised picture (drawn in the page, with its noise, plots
and numbers) and of two to four schedules side by side while a mouse drags, of steps one at a time,
and of the guess (asked of the server) by each denoiser. The time of a picture runs from the
browser's own time stamp of the input event to after the frame that shows it; a screen of 60 Hz
has an event wait for that frame up to 16.7 ms. "drawing" is the part of it that the page works.
With --training, while a run trains on the bundled emoji on the same machine. With --touch, only a
finger that drags on a phone's page, 390 pixels wide at 3 pixels of the screen each.
Needs the test dependencies and Chromium.
"""

import argparse
import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from gradio_client import Client
from page import app, chromium, tell
from playwright.sync_api import Page

PICTURE_MS, GUESS_MS, TRAINING_MS = 16.7, 250, 150  # the goals at p95
HALL = {"width": 1920, "height": 1080}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
}
WATCH = """
([name, shown]) => {
  const slider = document.querySelector(name), part = document.querySelector(shown);
  window.times = []; window.works = []; window.frames = [];
  window.painted = (done) => requestAnimationFrame(() => {
    const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0);
  });
  let began = 0; // before the page's own listener, which is the slider's
  slider.parentNode.addEventListener("input", () => { began = performance.now(); }, true);
  slider.addEventListener("input", (event) => {
    window.works.push(performance.now() - began);
    if (part.dataset.drawn != slider.value) throw new Error("not drawn");
    window.painted(() => window.times.push(performance.now() - event.timeStamp));
  });
}
"""
STEPS = """
async (moves) => {
  const slider = document.querySelector("#noise-t");
  window.times = [];
  for (let i = 0; i < moves; i++) {
    slider.value = (i * 37) % 1000;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((r) => setTimeout(r, 33));
  }
  return window.times;
}
"""
GUESS = """
async (moves) => {
  const slider = document.querySelector("#noise-t"), times = [];
  const part = document.querySelector("#noise_canvas [data-drawn]");
  for (let i = 0; i < moves; i++) {
    const k = 1 + (i * 37) % 999;
    slider.value = k;
    const began = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    while (Math.abs(part.dataset.guessed - k / slider.max) > 1e-9) {
      await new Promise((r) => setTimeout(r, 1));
    }
    await new Promise(window.painted);
    times.push(performance.now() - began);
  }
  return times;
}
"""


def places(page: Page, moves: int, slider: str) -> Iterator[tuple[float, float]]:
    """Where the pointer is on the slider: where it begins, then to and fro, 60 moves a second."""
    page.locator(slider).scroll_into_view_if_needed()
    box = page.locator(slider).bounding_box()
    assert box is not None
    y, left, width = box["y"] + box["height"] / 2, box["x"] + 20, box["width"] - 40
    page.evaluate("window.times = []; window.works = []")
    yield left + width * 0.3, y
    for i in range(moves):
        there = 0.5 + 0.45 * (1 - abs(1 - (i / 60) % 2)) * (-1 if i // 120 % 2 else 1)
        yield left + width * there, y
        page.wait_for_timeout(16)


def drag(page: Page, moves: int, slider: str = "#noise-t") -> list[float]:
    """Times while the mouse holds the slider."""
    for i, place in enumerate(places(page, moves, slider)):
        page.mouse.move(*place)
        if i == 0:
            page.mouse.down()
    page.mouse.up()
    page.wait_for_timeout(200)
    return page.evaluate("window.times")


def touch(page: Page, moves: int, slider: str = "#noise-t") -> list[float]:
    """Times while a finger does."""
    finger = page.context.new_cdp_session(page)

    def tell_it(kind: str, *points: tuple[float, float]) -> None:
        about = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": about})

    for i, place in enumerate(places(page, moves, slider)):
        tell_it("touchMove" if i else "touchStart", place)
    tell_it("touchEnd")
    page.wait_for_timeout(200)
    return page.evaluate("window.times")


def duel(page: Page, moves: int, goal: float) -> None:
    """Two to four schedules side by side; the page is left at the first view."""
    page.click("#view-duel")
    page.wait_for_selector("#part-duel[data-ready]")
    page.evaluate(WATCH, ["#duel-t", "#part-duel"])
    for count in (2, 3, 4):
        page.locator(f"#part-duel label:has([name=duel-n][value='{count}'])").click()
        page.wait_for_timeout(500)
        tell(f"{count} schedules, mouse drag", drag(page, moves, "#duel-t"), goal)
        tell(f"{count} schedules, drawing", page.evaluate("window.works"), goal)
    page.click("#view-one")


def guessers(page: Page) -> Iterator[str]:
    """Choose, one after the other, everybody who guesses; wait for the first guess of each."""
    for index in itertools.count():
        page.get_by_label("Guessed by", exact=True).first.click()
        option = page.get_by_role("option")
        option.first.wait_for()
        if index == option.count():
            return
        name = option.nth(index).inner_text().replace("✓", "").strip()
        option.nth(index).click()
        page.wait_for_function(
            "n => { const by = document.querySelector('#noise_canvas .by').textContent;"
            " return by.startsWith('best guess') && by.includes(n); }",
            arg=name.removeprefix("ideal: "),
            timeout=60_000,
        )
        page.wait_for_timeout(500)
        yield name


@contextmanager
def training(address: str) -> Iterator[None]:
    """A run without an end at work, deleted afterwards."""
    client = Client(address, verbose=False)
    settings = {"source": "bundled emoji", "files": None, "preset": "until I stop", "name": "x"}
    client.predict(**settings, api_name="/train_start")
    while client.predict(name="x", api_name="/train_status")["step"] < 5:
        time.sleep(0.5)
    yield
    client.predict("x", api_name="/train_delete")


def main() -> None:
    """Start the app, drag, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=240)
    parser.add_argument("--training", action="store_true", help="while a run trains")
    parser.add_argument("--touch", action="store_true", help="a finger on a phone")
    args = parser.parse_args()
    moves, goal = args.moves, TRAINING_MS if args.training else PICTURE_MS
    with app() as address, chromium() as browser:
        page = browser.new_page(**(PHONE if args.touch else {"viewport": HALL}))
        page.goto(address)
        page.wait_for_selector("#noise_canvas [data-guessed]")
        page.wait_for_selector("#noise_canvas [data-spectra]")
        page.wait_for_timeout(2000)
        page.evaluate(WATCH, ["#noise-t", "#noise_canvas [data-drawn]"])
        if args.touch:
            tell("picture, finger drag", touch(page, moves), goal)
            tell("picture, drawing", page.evaluate("window.works"), goal)
            return
        with training(address) if args.training else nullcontext():
            tell("picture, mouse drag", drag(page, moves), goal)
            tell("picture, drawing", page.evaluate("window.works"), goal)
            tell("picture, one at a time", page.evaluate(STEPS, moves // 2), goal)
            duel(page, moves, goal)
            for name in guessers(page):
                tell(f"guess, {name}", page.evaluate(GUESS, moves // 6), GUESS_MS)


if __name__ == "__main__":
    main()
