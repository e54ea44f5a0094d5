"""Slider event to painted pixels on the Noise tab, in real Chromium at 256x256.

Prints p50 and p95 in milliseconds, for the noised picture (drawn in the page) while a mouse drags
and for steps one at a time, and for the guess (asked of the server) by each denoiser. The time of
the noised picture runs from the browser's own time stamp of the input event to after the frame
that shows it. With --training, while a run trains on the bundled emoji on the same machine.
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

PICTURE_MS, GUESS_MS, TRAINING_MS = 35, 250, 150  # the goals at p95
WATCH = """
() => {
  const slider = document.querySelector("#noise-t");
  const part = document.querySelector("#noise_canvas [data-drawn]");
  window.times = [];
  window.painted = (done) => requestAnimationFrame(() => {
    const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0);
  });
  slider.addEventListener("input", (event) => {
    const k = slider.value;
    if (part.dataset.drawn != k) throw new Error("not drawn");
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


def drag(page: Page, moves: int) -> list[float]:
    """Times while the mouse holds the slider and moves to and fro, 60 moves a second."""
    box = page.locator("#noise-t").bounding_box()
    assert box is not None
    y, left, width = box["y"] + box["height"] / 2, box["x"] + 20, box["width"] - 40
    page.evaluate("window.times = []")
    page.mouse.move(left + width * 0.3, y)
    page.mouse.down()
    for i in range(moves):
        there = 0.5 + 0.45 * (1 - abs(1 - (i / 60) % 2)) * (-1 if i // 120 % 2 else 1)
        page.mouse.move(left + width * there, y)
        page.wait_for_timeout(16)
    page.mouse.up()
    page.wait_for_timeout(200)
    return page.evaluate("window.times")


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
    args = parser.parse_args()
    moves, goal = args.moves, TRAINING_MS if args.training else PICTURE_MS
    with app() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(address)
        page.wait_for_selector("#noise_canvas [data-guessed]")
        page.wait_for_selector("#noise_canvas [data-spectra]")
        page.wait_for_timeout(2000)
        page.evaluate(WATCH)
        with training(address) if args.training else nullcontext():
            tell("picture, mouse drag", drag(page, moves), goal)
            tell("picture, one at a time", page.evaluate(STEPS, moves // 2), goal)
            for name in guessers(page):
                tell(f"guess, {name}", page.evaluate(GUESS, moves // 6), GUESS_MS)


if __name__ == "__main__":
    main()
