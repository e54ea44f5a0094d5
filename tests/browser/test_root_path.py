"""The page below a proxy's path, which the proxy takes away before the app is asked."""

import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def address(tmp_path_factory, free_port):
    command = [sys.executable, "-m", "playground", "--no-browser", "--root-path", "/play"]
    command += ["--port", str(free_port()), "--runs", str(tmp_path_factory.mktemp("root"))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield re.search(r"is at (http://\S+?)/? ", process.stdout.readline())[1]
    process.terminate()
    process.wait(20)


def test_everything_works_below_a_path(browser, address):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    asked, failed = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
    below = f"{address}/play/"
    page.route(f"{below}**", lambda one: one.continue_(url=one.request.url.replace("/play/", "/")))
    page.goto(below)
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]", timeout=60_000)
    page.click("#lesson-button")
    page.wait_for_selector("#lesson .answers button")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Denoise", exact=True).click()
    page.get_by_role("button", name="Generate", exact=True).click()
    page.wait_for_selector("#player canvas")
    page.get_by_role("button", name="简体中文").evaluate("one => one.click()")
    page.wait_for_selector("[role=tab]:has-text('加噪')")
    elsewhere = [url for url in asked if not url.startswith((below, "data:", "blob:"))]
    assert elsewhere == []
    assert failed == []
