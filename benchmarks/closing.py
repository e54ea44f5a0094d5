"""How long work goes on after its page was closed, in real Chromium: seconds for each kind of it.

Told are the seconds from closing until the app says for the first time that nothing is at work, and
until the last network call that was seen; it is asked about ten times a second for WATCHED seconds.
Needs the test dependencies.
"""

import time

from gradio_client import Client
from page import app, chromium
from playwright.sync_api import Browser, Page

GOAL, WATCHED = 1.0, 4.0  # seconds


def steps(page: Page, count: int) -> None:
    """Set the Steps of the open tab."""
    field = page.get_by_label("number input for Steps").locator("visible=true").first
    field.fill(str(count))
    field.blur()
    page.wait_for_timeout(400)


def denoise(page: Page) -> None:
    """Sixteen pictures in 1,000 steps."""
    steps(page, 1000)
    page.locator("#generate").click()


def race(page: Page) -> None:
    """A race, until its reference is computed."""
    page.locator("#race-go").click()
    page.wait_for_selector("#race [data-done=lanes], #race[data-done=lanes]", timeout=60_000)


def grid(page: Page) -> None:
    """A grid of sixteen cells."""
    page.get_by_role("tab", name="Grid", exact=True).click()
    page.locator("#grid-go").click()


def fork(page: Page) -> None:
    """One picture in 200 steps."""
    steps(page, 200)
    page.locator("#fork-start").click()


def edit(page: Page) -> None:
    """Seven strengths of 500 steps."""
    steps(page, 500)
    page.locator("#edit-strip").click()


def live(page: Page) -> None:
    """Nine pictures in the teacher's 40 calls."""
    page.check("#live_board .count input[value='9']", force=True)
    page.wait_for_timeout(4000)  # until those of the first position are there
    page.locator("#live-seed").fill("7.4")


TABS = {denoise: "Denoise", race: "Race", grid: "Race", fork: "Fork", edit: "Edit", live: "Live"}


def measure(browser: Browser, address: str, client: Client, start: object, tab: str) -> str:
    """Start the work, close its page, and watch what is left of it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]")
    page.get_by_role("tab", name=tab, exact=True).first.click()
    page.wait_for_timeout(1500)
    start(page)  # type: ignore[operator]
    before = client.predict(api_name="/serving_status")["asked"]
    while client.predict(api_name="/serving_status")["asked"] < before + 5:
        time.sleep(0.02)
    page.close()
    closed = time.perf_counter()
    idle, last, asked = None, closed, None
    while idle is None or time.perf_counter() - closed < WATCHED:
        status = client.predict(api_name="/serving_status")
        now = time.perf_counter()
        if asked not in (None, status["asked"]):
            last = now
        asked = status["asked"]
        if idle is None and not (status["samplings"] or status["working"]):
            idle = now
    return f"{idle - closed:.2f} s, the last call seen at {last - closed:.2f} s"


def main() -> None:
    """Start the app, close a page at each kind of work, and print."""
    with app() as address, chromium() as browser:
        browser.new_page()  # so that Chromium stays
        client = Client(address, verbose=False)
        for start, tab in TABS.items():
            told = measure(browser, address, client, start, tab)
            print(f"{start.__name__}: nothing at work after {told} (goal {GOAL} s)", flush=True)


if __name__ == "__main__":
    main()
