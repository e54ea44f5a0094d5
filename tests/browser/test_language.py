"""The page in Chinese: what is shown, what is kept, and what is sent."""

import json
import re

import pytest

from playground.reference import PARTS
from playground.ui.i18n import language

pytestmark = pytest.mark.browser

TABLES = [json.loads(path.read_text(encoding="utf-8")) for path in language.patterns()]
LOOK = """([source, tables, texts]) => {
  const look = new Function(`${source}; return word_table`)()(tables, new Set());
  return texts.map(look);
}"""
# every visible text, choice and label of the page
SHOWN = """() => {
  const found = [document.title], seen = (box) => box.checkVisibility() && box.translate;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (seen(box) && !box.closest("script, style, code")) found.push(node.data);
  }
  const { get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  for (const box of document.querySelectorAll("input[role=combobox]")) {
    if (seen(box)) found.push(get.call(box));
  }
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const box of document.querySelectorAll(`[${name}]`)) {
      if (seen(box)) found.push(box.getAttribute(name));
    }
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def untold(texts):
    """Those without a Chinese letter that are no name: of a knob, a model or one of `stays`."""
    names = {"classifier_free", *TABLES[[p.stem for p in language.patterns()].index("stays")]}
    for part in PARTS:
        for name in part.registry.names():
            entry = part.registry.entry(name)
            names |= {name, entry.title, *entry.knobs}
            names |= {choice for knob in entry.knobs.values() for choice in knob.choices}
    latin = [text for text in texts if re.search("[A-Za-z]{3}", text)]
    latin = [text for text in latin if not re.search(r"[\u3400-\u9fff]", text)]
    return [text for text in latin if text not in names]


def tab(page, place):
    page.locator("[role=tablist]").first.locator("button[role=tab]").nth(place).click()


def test_texts_are_looked_up_whole_or_in_parts(browser):
    page = browser.new_page()
    source = (language.HERE / "page" / "word_table.js").read_text(encoding="utf-8")
    tables = [
        {
            "Stop": "停止",
            "red": "红",
            "step {#} of {#}": "第 {} 步，共 {} 步",
            "the {} of {}": "{2}的{1}",
        },
        {
            "It ended.": "它结束了。",
            "It ended at {}.": "它在{}结束。",
            "now,": "当前，",
            "{} left": "剩余 {}",
        },
    ]
    told = {
        " Stop\n": " 停止\n",
        "It\n   ended.": "它结束了。",
        "step 1,000 of 2,000 · sigma 0.5": "第 1,000 步，共 2,000 步 · sigma 0.5",
        "step one of two": "step one of two",
        "the red of roses": "roses的红",
        "It ended. It ended at red.": "它结束了。它在红结束。",
        "It ended. Song et al. 2021, App. F and G": "它结束了。Song et al. 2021, App. F and G",
        "red, 2, edm(rho=7)": "红，2，edm(rho=7)",
        "edm(rho=7, s=1)": "edm(rho=7, s=1)",
        ": now,": "：当前，",
        "Stop\nred": "停止\n红",
        "my cat.png": "my cat.png",
    }
    assert page.evaluate(LOOK, [source, tables, list(told)]) == list(told.values())
    page.close()


def test_the_page_in_chinese_and_back(page):
    seed = page.get_by_label("Seed").locator("visible=true").first
    seed.fill("123")
    page.wait_for_function(
        "document.querySelector('#noise_canvas .by, .lab .by').textContent.includes('bundled')"
    )
    page.wait_for_function("document.querySelector('.drowned').textContent")
    # seconds that Gradio counts while it loads something
    page.wait_for_function("!/^\\d+\\.\\ds/m.test(document.body.innerText)")
    english = page.evaluate(SHOWN)

    switch = page.get_by_role("button", name="简体中文", description="Show the page in Chinese")
    place = switch.bounding_box()
    switch.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
    assert page.locator("#language-said").inner_text() == language.LANGUAGES["zh-Hans"]["said"]
    back = page.get_by_role("button", name="English")
    assert {**back.bounding_box(), "height": 0} == {**place, "height": 0}
    page.wait_for_timeout(300)
    assert untold(page.evaluate(SHOWN)) == []
    assert page.get_by_label("种子").locator("visible=true").first.input_value() == "123"

    back.click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.wait_for_timeout(300)
    assert page.evaluate(SHOWN) == english
    assert (
        page.evaluate("CanvasRenderingContext2D.prototype.fillText.toString()").count("native") == 1
    )


def test_what_is_chosen_in_chinese_is_sent_in_english(page):
    page.click("#language")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
    page.reload()
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]")
    tab(page, 1)
    kind = page.get_by_label("类别").locator("visible=true").first
    kind.click()
    page.get_by_role("option", name="旗帜").click()
    assert untold(page.evaluate(SHOWN)) == []
    with page.expect_request(
        lambda request: "queue/join" in request.url and '"Flags"' in (request.post_data or "")
    ):
        page.click("#generate")
    page.wait_for_function("/第 \\d+ 步/.test(document.querySelector('.player .text').textContent)")
    page.click("#stop")
    assert untold(page.evaluate(SHOWN)) == []
