"""What a page does to the work that it started, when it waits and when it closes."""

import time

import pytest
from gradio_client import Client

pytestmark = pytest.mark.browser


def until(client, condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition(status := client.predict(api_name="/serving_status")):
        assert time.monotonic() < end, status
        time.sleep(0.1)


def generate(page, steps=1000):
    page.get_by_role("tab", name="Denoise").click()
    field = page.get_by_label("number input for Steps").first
    field.fill(str(steps))
    field.blur()
    page.locator("#generate").click()


def test_closed_pages_end_their_work(browser, app_url, client):
    pages = [browser.new_page() for _ in range(2)]
    for page in pages:
        page.goto(app_url)
        page.wait_for_selector("#noise_canvas [data-drawn]")
    generate(pages[0])
    pages[1].get_by_role("tab", name="Race", exact=True).click()
    pages[1].locator("#race-go").click()
    pages[1].wait_for_selector("#race [data-done=lanes], #race[data-done=lanes]")  # its reference
    until(client, lambda s: s["samplings"] == 2)
    for page in pages:
        page.close()
    until(client, lambda s: s["samplings"] == s["working"] == 0, seconds=3)


def test_a_page_that_waits_is_told_its_place(page, client):
    jobs = []
    others = [Client(client.src, verbose=False) for _ in range(3)]
    for other in others:  # a user has half of the places at most
        jobs += [other.submit(steps=1000, api_name="/denoise_stream") for _ in range(4)]
    until(client, lambda s: s["waiting"] >= 4)
    generate(page, 3)
    page.wait_for_function(
        "document.querySelector('#player .text').textContent.startsWith('Waiting')",
        timeout=20_000,
    )
    for job in jobs:
        job.cancel()
    page.wait_for_function(
        "document.querySelector('#player .text').textContent.startsWith('step 3 / 3')",
        timeout=60_000,
    )
    until(client, lambda s: s["samplings"] == s["working"] == s["waiting"] == 0)
