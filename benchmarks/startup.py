"""Seconds from the command to a page that answers, and to its slider being usable in Chromium."""

import os
import re
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RUNS = 5


def main() -> None:
    """Start the app several times, print each."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as runs:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        for _ in range(RUNS):
            began = time.perf_counter()
            command = [sys.executable, "-m", "playground", "--no-browser", "--runs", runs]
            app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            found = None
            while not found:
                found = re.search(r"http://\S+?(?=/? \()", app.stdout.readline())
            answers = time.perf_counter() - began
            page = browser.new_page()
            page.goto(found[0])
            page.wait_for_selector("#noise_canvas [data-drawn]")
            usable = time.perf_counter() - began
            print(f"answers {answers:5.2f} s   usable {usable:5.2f} s")
            page.close()
            app.terminate()
            app.wait()
        browser.close()


if __name__ == "__main__":
    main()
