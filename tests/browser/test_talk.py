"""Links, presenter mode, beats and the lesson, by keyboard."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TAB = "document.querySelector('[role=tab][aria-selected=true][data-tab-id]')?.dataset.tabId"
T = "+document.querySelector('#noise_canvas .t').value"


def wait(page, js):
    page.wait_for_function(js, timeout=30_000)


def test_the_lesson_by_keys_alone_then_a_link_and_the_way_back(page, app_url):
    page.locator("#lesson-button").focus()
    page.keyboard.press("Enter")
    wait(page, "document.querySelectorAll('#lesson .answers button').length === 3")
    page.keyboard.press("1")
    assert page.inner_text("#lesson .score") == "1 of 1 right"
    page.keyboard.press("n")
    wait(page, "!document.querySelector('#part-duel').hidden")
    page.keyboard.press("b")
    wait(page, "!document.querySelector('#part-one').hidden")
    assert "Right" in page.inner_text("#lesson .why")
    page.keyboard.press("Escape")
    assert page.locator("#lesson").is_hidden()

    page.goto(
        f"{app_url}/?tab=denoise&denoise.model=digits&denoise.steps=3&denoise.sampler=ddim"
        "&denoise.guidance-scale=3&hide=steps"
        '&denoise-sampler-knobs={"ddim":{"eta":0.5}}&noise_canvas={"view":"one","t":0.6}'
        '&race={"budget":9,"lanes":[{"sampler":"ddim"},{"sampler":"heun","steps":4}]}'
        '&live_board={"model":"digits","class_name":"any","calls":2,"pictures":1,"seed":3.5}'
    )
    wait(page, f"{TAB} === 'denoise'")
    scale = page.get_by_label("number input for Guidance scale").first
    wait(page, "document.querySelector('#generate')")
    expect(scale).to_have_value("3")
    expect(page.get_by_label("number input for Steps").first).to_be_hidden()
    page.locator("#generate").click()  # what is hidden counts all the same
    wait(page, "document.querySelector('#player .text').textContent.startsWith('step 3 / 3')")
    page.locator("#link").click()
    made = page.input_value("#link-box .address")
    for part in ("denoise.model=digits", "denoise.steps=3", "eta", "0.6"):
        assert part in made
    wait(page, "document.querySelector('#link-box .code svg')")
    assert "this machine" in page.inner_text("#link-box .where")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Race", exact=True).first.click()
    wait(page, "location.search.includes('tab=race')")
    wait(page, "document.querySelectorAll('#race .lanes select.sampler').length === 2")
    page.get_by_role("tab", name="Live", exact=True).first.click()
    wait(page, "document.querySelector('.live .seed')?.textContent === '3.50'")
    wait(page, "location.search.includes('tab=live')")
    page.go_back()
    wait(page, f"{TAB} === 'race'")
    page.get_by_role("tab", name="Fork", exact=True).first.click()
    wait(page, "location.search.includes('tab=fork')")
    page.go_back()
    wait(page, f"{TAB} === 'race'")
    page.go_back()
    wait(page, f"{TAB} === 'denoise'")
    expect(scale).to_have_value("3")


def test_a_talk_by_keys_alone_and_from_an_address_that_tells_of_the_stage(page, app_url, tmp_path):
    file = tmp_path / "beats.json"
    beats = [
        {"caption": "Noise arrives", "query": '?tab=noise&noise_canvas={"view":"one","t":0.2}'},
        {
            "caption": "And goes",
            "query": "?tab=denoise&denoise.model=digits&denoise.steps=4",
            "start": True,
        },
    ]
    file.write_text(json.dumps(beats))
    page.locator("#talk").click()
    page.set_input_files("#talk-box input[type=file]", tmp_path / "beats.json")
    wait(page, "document.querySelectorAll('#talk-box li > input').length === 2")
    page.get_by_role("button", name="Close", exact=True).last.click()
    page.keyboard.press("p")
    wait(page, "document.querySelector('#noise_canvas.stage')")
    page.keyboard.press("1")
    wait(page, f"{T} === 200")
    for key in ("ArrowRight", "PageDown", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("PageUp")
    wait(page, f"{T} === 220")
    small = page.evaluate(
        "[...document.querySelectorAll('.stage *, #talk-caption')].filter((e) => e.getClientRects()"
        ".length && !e.closest('sub, sup') && [...e.childNodes].some((n) => n.nodeType === 3 && "
        "n.data.trim())).map((e) => [parseFloat(getComputedStyle(e).fontSize) * "
        "(e.closest('.stage') ? +document.querySelector('.stage').style.zoom * 1920 / innerWidth "
        ": 1), e.outerHTML.slice(0, 80)]).filter(([size]) => size < 27.9)"
    )
    assert small == []
    page.keyboard.press("2")  # starts at once
    wait(page, "document.querySelector('#player.stage')")
    wait(page, "document.querySelector('#player .text').textContent.startsWith('step 4 / 4')")
    assert page.inner_text("#talk-caption") == "And goes"
    page.keyboard.press("Escape")
    assert page.locator(".stage").count() == 0

    told = "new URLSearchParams(location.search).get('present')"
    page.evaluate(
        "localStorage.setItem('beats', JSON.stringify([{caption: 'One', query: '?t=1'}]))"
    )
    page.add_init_script(  # a browser that lets a page fill the screen at a key or press alone
        "Element.prototype.requestFullscreen = () => { window.asked = (window.asked ?? 0) + 1; "
        "return Promise.reject(new TypeError('no gesture')); }"
    )
    page.goto(f"{app_url}/?noise_canvas={{%22view%22:%22one%22,%22t%22:0.2}}&present=1")
    wait(page, f"document.querySelector('#noise_canvas.stage') && {T} === 200")
    page.keyboard.press("ArrowRight")
    wait(page, f"{T} === 210")
    assert page.evaluate("window.asked") == 2
    page.keyboard.press("1")  # a beat has an address of its own
    wait(page, "document.querySelector('#talk-caption').textContent === 'One'")
    wait(page, f"location.search.includes('t=1') && {told} === '1'")
    page.go_back()
    wait(page, f"location.search.includes('one') && {told} === '1'")
    page.reload()
    wait(page, "document.querySelector('#noise_canvas.stage')")
    page.keyboard.press("Escape")
    wait(page, f"!document.querySelector('.stage') && {told} === null")
    page.keyboard.press("p")
    wait(page, f"document.querySelector('.stage') && {told} === '1'")
    page.evaluate("document.getElementById('link').click()")
    wait(page, "document.querySelector('#link-box .address').value.includes('tab=noise')")
    assert "present" not in page.input_value("#link-box .address")
