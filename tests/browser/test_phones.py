"""Many who open the page at once."""

import asyncio
import runpy
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.browser
PARTS = ("/assets/", "run/predict", "component_server", "lesson.json", "queue/data")
VISITS = Path(__file__).parents[2] / "benchmarks" / "visits.py"


def test_twenty_who_open_the_page_and_the_lesson_at_once_are_answered_in_full(
    browser, app_url, until
):
    visits = SimpleNamespace(**runpy.run_path(str(VISITS)))
    page = browser.new_page(viewport={"width": 390, "height": 844})
    recorder, began = visits.Recorder(page, app_url), time.time()
    page.goto(app_url)
    page.wait_for_selector("#noise_canvas [data-drawn]", timeout=60_000)
    page.click("#lesson-button")
    page.wait_for_selector("#lesson .answers button")
    until(lambda: all(any(part in one.url for one in recorder.asked) for part in PARTS))
    page.wait_for_load_state()
    visit = recorder.with_headers(began, [one.all_headers() for one in recorder.asked])
    assert any("origin" in dict(one.headers) for one in visit)  # as browsers send it
    page.close()

    async def crowd():
        told = visits.Told()
        clients = [visits.Client(app_url, told) for _ in range(20)]
        name = visits.session_of(visit)
        await asyncio.gather(*(client.visit(visit, name) for client in clients))
        for client in clients:
            client.close()
        return told

    told = ThreadPoolExecutor(1).submit(asyncio.run, crowd()).result()
    assert told.lost == []
    assert told.requests == 20 * len(visit)
