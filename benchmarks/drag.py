"""Slider event to painted pixels on the Noise tab, in real Chromium at 256x256.

Prints p50 and p95 in milliseconds for the noised picture (drawn in the page) and for the guess
(asked of the server). Needs the test dependencies and Chromium.
"""

import os
import re
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MOVES = 120
# An input event as the browser would send it, until the frame after the canvas was painted.
DRAG = """
async (moves) => {
  const slider = document.querySelector("#noise-t"), times = [];
  const part = document.querySelector("#noise_canvas [data-drawn]");
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => {
      const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0);
    });
  });
  for (let i = 0; i < moves; i++) {
    const k = (i * 37) % 1000;
    slider.value = k;
    const began = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await painted();
    if (part.dataset.drawn != k) throw new Error("not drawn");
    times.push(performance.now() - began);
    await new Promise((r) => setTimeout(r, 33));
  }
  return times;
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
    while (Math.abs(part.dataset.guessed - k / 1000) > 1e-9) {
      await new Promise((r) => setTimeout(r, 1));
    }
    times.push(performance.now() - began);
  }
  return times;
}
"""


def main() -> None:
    """Start the app, drag, print."""
    with tempfile.TemporaryDirectory() as runs:
        command = [sys.executable, "-m", "playground", "--no-browser", "--runs", runs]
        app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        address = ""
        while not address:
            found = re.search(r"http://\S+?(?=/? \()", app.stdout.readline())
            address = found[0] if found else ""
        try:
            with sync_playwright() as playwright:
                flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
                page = browser.new_page(viewport={"width": 1920, "height": 1080})
                page.goto(address)
                page.wait_for_selector("#noise_canvas [data-guessed]")
                page.wait_for_timeout(2000)
                for what, script, moves in (("picture", DRAG, MOVES), ("guess", GUESS, MOVES // 3)):
                    times = sorted(page.evaluate(script, moves))
                    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
                    print(f"{what:8} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   ({moves} moves)")
                browser.close()
        finally:
            app.terminate()


if __name__ == "__main__":
    main()
