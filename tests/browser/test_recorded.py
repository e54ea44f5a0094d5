"""A beat whose computing stalls or fails plays its last recorded run, and says so."""

import json
import signal
from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.browser

BEATS = {  # the part that shows it, the query, and how one sees that the run is whole
    "player": (
        "?tab=denoise&denoise.model=digits&denoise.steps=20&denoise.pictures=1",
        "document.querySelector('#player .text')?.textContent.startsWith('step 20 / 20')",
    ),
    "race": (
        '?tab=race&race.model=digits&race={"budget":4,"lanes":[{"sampler":"heun"},{"sampler":"ddim"}]}',
        "document.querySelector('#race [data-done], #race[data-done]')?.dataset.done",
    ),
    "fork": (
        "?tab=fork&fork.model=digits&fork.steps=4",
        "document.querySelector('#fork .facts')?.textContent.includes('step 4 of 4')",
    ),
    "edit": (
        "?tab=edit&edit.steps=4",
        "document.querySelector('#edit .words')?.textContent.includes('root mean square')",
    ),
}
PICTURE = {
    "player": ".x",
    "race": ".lane:last-child canvas",
    "fork": ".x",
    "edit": ".panels canvas",
}
KEPT = """() => new Promise((done) => {
  const base = indexedDB.open("talk");
  base.onsuccess = () => {
    const asked = base.result.transaction("runs").objectStore("runs").count();
    asked.onsuccess = () => { base.result.close(); done(asked.result); };
  };
})"""


@pytest.fixture
def stall(app_process):
    """Nothing is computed or answered meanwhile."""

    @contextmanager
    def stopped():
        app_process[1].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            app_process[1].send_signal(signal.SIGCONT)

    return stopped


def talk(page, *queries):
    """Present with these beats."""
    beats = [{"caption": "Look", "query": query, "start": True} for query in queries]
    page.evaluate("beats => localStorage.setItem('beats', beats)", json.dumps(beats))
    again(page)


def again(page):
    page.goto(page.url.partition("?")[0])
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]")
    page.wait_for_selector("#talk")
    page.keyboard.press("p")
    wait(page, "document.querySelector('.stage')")


def wait(page, js):
    page.wait_for_function(js, timeout=60_000)


def marked(part, is_marked=True):
    mark = f"document.querySelector('#{part}.stage .recorded')"
    return f"{mark} && {mark}.hidden === {str(not is_marked).lower()}"


def picture(page, part):
    return page.eval_on_selector(f"#{part} {PICTURE[part]}", "one => one.toDataURL()")


def test_a_beat_that_stalls_plays_what_it_made_last_until_the_live_run_goes_on(page, stall):
    talk(page, *(query for query, _ in BEATS.values()))
    made = {}
    for number, (part, (_, whole)) in enumerate(BEATS.items()):
        page.keyboard.press(str(number + 1))
        wait(page, whole)
        wait(page, marked(part, False))
        page.wait_for_function(f"async () => await ({KEPT})() === {number + 1}", timeout=60_000)
        made[part] = picture(page, part)
    again(page)
    with stall():
        for number, (part, (_, whole)) in enumerate(BEATS.items()):
            page.keyboard.press(str(number + 1))
            wait(page, marked(part))
            if part != "race":
                assert "Steps" in page.inner_text(f"#{part} .recorded")
            wait(page, whole)
            page.wait_for_function(
                "([part, made]) => document.querySelector(part).toDataURL() === made",
                arg=[f"#{part} {PICTURE[part]}", made[part]],
                polling=200,
            )
    wait(page, marked("edit", False))
    wait(page, BEATS["edit"][1])


def test_a_beat_that_stalls_in_the_midst_or_fails_plays_it_too(page, stall):
    talk(page, "?tab=denoise&denoise.steps=30")
    whole = "document.querySelector('#player .text')?.textContent.startsWith('step 30 / 30')"
    count = "+document.querySelector('#player [data-count], #player[data-count]')?.dataset.count"
    page.keyboard.press("1")
    wait(page, whole)
    page.wait_for_function(f"async () => await ({KEPT})() === 1", timeout=60_000)
    again(page)
    page.keyboard.press("1")
    wait(page, f"{count} > 1 && {count} < 20")
    with stall():
        wait(page, marked("player"))
    wait(page, marked("player", False))
    wait(page, f"{count} === 31")
    page.route("**/queue/join*", lambda route: fail(page, route))
    page.keyboard.press("1")
    wait(page, marked("player"))


def fail(page, route):
    """Refuse what Generate asks for, and let all else through."""
    asked = route.request.post_data_json["fn_index"]
    name = page.evaluate("n => window.gradio_config.dependencies[n].api_name", asked)
    route.fulfill(
        status=500, json={"detail": "no"}
    ) if name == "denoise_stream" else route.continue_()
