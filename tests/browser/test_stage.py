"""What is shown to a hall can be read from its last row, on every stage, in light and dark."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

UNREADABLE = Path(__file__).with_name("stage_readable.js").read_text(encoding="utf-8")
NOISE = "?tab=noise&noise_canvas="
STAGES = {  # a beat that comes to it, and how one sees that it is there
    f'{NOISE}{{"view":"one","t":0.5}}': "#part-one:not([hidden])",
    f'{NOISE}{{"view":"steps","t":0.5}}': "#part-steps:not([hidden]) canvas",
    f'{NOISE}{{"view":"duel","t":0.5}}': "#part-duel[data-ready]",
    f'{NOISE}{{"view":"quiz","t":0.5}}': "#part-quiz:not([hidden]) canvas",
    f'{NOISE}{{"view":"article","t":0.5}}': "#part-article:not([hidden]) canvas",
    "?tab=denoise&denoise.steps=2&denoise.beside-the-ideal-denoiser=true": "[data-count='3']",
    "?tab=live": "#live_board .now[src]",
    "?tab=race&race.model=digits&race.pictures=1&race="
    '{"budget":2,"lanes":[{"sampler":"ddim"},{"sampler":"euler_ancestral"}]}': (
        ":is([data-done='lanes'], [data-done='all'])"
    ),
    "?tab=fork&fork.steps=2": "#fork .tree .row",
    "?tab=edit&edit.steps=2": "#edit .panels canvas",
    "?tab=train": "#train-samples",
    '?tab=plane&plane={"who":"exact"}': "#plane[data-distance], #plane [data-distance]",
    "?tab=reference": "#reference-plots .figure",
}


SLIDER = "[...document.querySelectorAll('.stage input[type=range]')].find(e => e.checkVisibility())"


def press(page, key):
    """Where the slider stands afterwards."""
    page.keyboard.press(key)
    return page.evaluate(f"{SLIDER}?.value")


def test_every_stage_can_be_read_from_the_last_row_and_moved_by_a_clicker(page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.emulate_media(reduced_motion="reduce")  # no colours on their way from one to another
    beats = [{"caption": "Look", "query": query, "start": True} for query in STAGES]
    page.evaluate("beats => localStorage.setItem('beats', beats)", json.dumps(beats))
    page.goto(page.url.partition("?")[0])
    page.wait_for_selector("#talk")
    found = []
    for query, shown in STAGES.items():
        page.evaluate("document.activeElement.blur()")  # in a list, P would choose
        page.keyboard.press("p")
        page.keyboard.press("Enter")  # the next beat
        page.wait_for_selector(f".stage:is({shown}), .stage :is({shown})", timeout=60_000)
        found += [f"{query[:50]}: {one}" for one in page.evaluate(UNREADABLE)]
        page.focus(".stage :is(button, select, input[type=range])")  # keys belong to the talk
        before, after = (press(page, key) for key in ("PageUp", "ArrowRight"))
        if page.evaluate(f"{SLIDER} && {SLIDER}.max > {SLIDER}.min"):
            assert float(before) < float(after), query
        for key, black in (("b", True), (".", False)):
            page.keyboard.press(key)
            assert page.evaluate("document.querySelector('.black') !== null") is black
        page.evaluate("window.stays = true")
        page.keyboard.press("F5")
        page.keyboard.press("Escape")
        assert page.evaluate("window.stays && !document.querySelector('.stage')")
    assert found == [], "\n".join(found)
