"""The page in Chinese: what is shown, what is kept, and what is sent."""

import pytest
from playwright.sync_api import TimeoutError as TooLateError

from playground.reference import PARTS
from playground.ui.i18n import language

pytestmark = pytest.mark.browser

STAYS = {"PNG", "GIF", "NPZ", "HTML", "emoji", "SNR =", "log-SNR =", "classifier_free"}
# every visible text, choice and label of the page
SHOWN = """() => {
  const found = [document.title];
  const seen = (box) => box.checkVisibility({ opacityProperty: true }) && box.translate;
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


UNTOLD = f"""(names) => ({SHOWN})().filter((text) =>
  /[A-Za-z]{{3}}/.test(text) && !/[\\u3400-\\u9fff]/.test(text) && !names.includes(text))"""


def names():
    """What has no other words: of knobs, models, formats."""
    found = set(STAYS)
    for part in PARTS:
        for name in part.registry.names():
            entry = part.registry.entry(name)
            found |= {name, entry.title, *entry.knobs}
            found |= {choice for knob in entry.knobs.values() for choice in knob.choices}
    return sorted(found)


def all_in_chinese(page):
    """Wait until no text is English that is not a name; those that stay fail the test."""
    try:
        page.wait_for_function(f"(names) => ({UNTOLD})(names).length === 0", arg=names())
    except TooLateError:
        assert page.evaluate(UNTOLD, names()) == []


def test_the_page_in_chinese_and_back_and_again_with_choices_and_errors(page):
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
    said = language.LANGUAGES["zh-Hans"]["said"]
    page.wait_for_function(f"document.querySelector('#language-said').textContent === '{said}'")
    back = page.get_by_role("button", name="English")
    assert {**back.bounding_box(), "height": 0} == {**place, "height": 0}
    all_in_chinese(page)
    assert page.get_by_label("种子").locator("visible=true").first.input_value() == "123"

    back.click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    same = f"(english) => JSON.stringify(({SHOWN})()) === JSON.stringify(english)"
    try:
        page.wait_for_function(same, arg=english)
    except TooLateError:
        assert page.evaluate(SHOWN) == english

    # every tab of a page that opens in Chinese; what is chosen in it is sent in English
    page.click("#language")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
    page.reload()
    page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]")
    tabs = page.locator("[role=tablist]").first.locator("button[role=tab]")
    for place in range(tabs.count() - 1):  # the reference names its sources
        tabs.nth(place).click()
        all_in_chinese(page)
    page.click("[data-tab-id=train]")
    page.click("#train-start")
    page.get_by_text("还没有图片；请先拖入一些文件、文件夹或 zip。").wait_for()
    page.click("[data-tab-id=denoise]")
    kind = page.get_by_label("类别").locator("visible=true").first
    kind.click()
    page.get_by_role("option", name="旗帜").click()
    all_in_chinese(page)
    with page.expect_request(
        lambda request: "queue/join" in request.url and '"Flags"' in (request.post_data or "")
    ):
        page.click("#generate")
    page.wait_for_function(
        "/第 \\d+ \\/ 20 步/.test(document.querySelector('.player .text').textContent)"
    )
    page.click("#stop")
    all_in_chinese(page)
