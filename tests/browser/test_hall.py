"""The presenter and one of the audience, each in a browser of their own."""

import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
KEPT = re.compile(r'"[0-9a-f]{32}"')  # how what is kept in memory is tagged


@pytest.fixture(scope="module")
def links(tmp_path_factory, free_port):
    """The presenter's link, and what others open."""
    command = [sys.executable, "-m", "playground", "--no-browser", "--host", "0.0.0.0"]
    command += ["--port", str(free_port()), "--runs", str(tmp_path_factory.mktemp("hall"))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    link = re.search(r"is at (\S+)", process.stdout.readline())[1]
    yield link, link.partition("?")[0]
    process.terminate()
    process.wait(20)


def opened(browser, address):
    """A page of its own context, and what it was answered."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]", timeout=60_000)
    page.get_by_role("tab", name="Train", exact=True).click()
    page.wait_for_selector("#train-samples")
    return page, answers


def test_the_presenter_trains_and_the_audience_looks_on(browser, links):
    link, plain = links
    presenter, _ = opened(browser, link)
    assert presenter.url == f"{plain}?tab=train"  # the key is no longer in the address
    assert presenter.locator("#train-start").is_visible()
    audience, answers = opened(browser, plain)
    assert audience.locator("#train-start").count() == 1
    assert not audience.locator("#train-start").is_visible()
    audience.get_by_role("tab", name="Denoise", exact=True).click()
    audience.get_by_role("button", name="Generate", exact=True).click()
    audience.wait_for_selector("#player [data-drawn], #player[data-drawn], #player canvas")
    said = audience.evaluate(
        """async () => (await (await fetch("gradio_api/run/train_list", {
          method: "POST", headers: { "content-type": "application/json" }, body: '{"data": []}',
        })).json()).error"""
    )
    assert said == "Only the presenter can do this here."
    assert audience.locator("[data-testid=toast-body]").count() == 0  # nothing refused by itself
    same = [one for one in answers if re.search(r"/(assets|static)/", one.url)]
    missed = [one.url for one in same if not KEPT.fullmatch(one.headers.get("etag", ""))]
    assert len(same) > 50
    assert missed == []
