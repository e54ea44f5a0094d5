"""Seconds from the command to a page that answers, and to its slider being usable in Chromium."""

import time

from page import app, chromium

TIMES = 5


def main() -> None:
    """Start the app several times, print each."""
    with chromium() as browser:
        for _ in range(TIMES):
            began = time.perf_counter()
            with app() as address:
                answers = time.perf_counter() - began
                page = browser.new_page()
                page.goto(address)
                page.wait_for_selector("#noise_canvas [data-drawn]")
                usable = time.perf_counter() - began
                print(f"answers {answers:5.2f} s   usable {usable:5.2f} s   goal 6 s")
                page.close()


if __name__ == "__main__":
    main()
