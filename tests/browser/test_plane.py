import pytest

pytestmark = pytest.mark.browser

WAIT = 60_000
BOARD = "#plane [data-cloud], #plane[data-cloud]"


def told(page, name):
    return page.eval_on_selector(BOARD, f"e => e.dataset.{name}")


def wait(page, condition):
    page.wait_for_function(
        "([at, condition]) => { const e = document.querySelector(at);"
        " return e && new Function('d', 'return ' + condition)(e.dataset); }",
        arg=[BOARD, condition],
        timeout=WAIT,
    )


def unfold(page):
    for summary in page.query_selector_all("#plane summary"):
        summary.click()


def test_the_plane_dissolves_learns_is_drawn_on_and_races(page):
    page.get_by_role("tab", name="Plane", exact=True).first.click()
    wait(page, "d.cloud === 'moons' && +d.drawn > 0")

    before = page.eval_on_selector("#plane .truth", "c => c.toDataURL()")
    drawn = int(told(page, "drawn"))
    page.locator("#plane-t").focus()
    page.keyboard.press("End")  # all noise
    wait(page, f"+d.drawn > {drawn}")
    assert page.eval_on_selector("#plane .truth", "c => c.toDataURL()") != before
    page.keyboard.press("Home")

    wait(page, "+d.step === 250")  # it opens with a network, from which training goes on
    page.click("#plane-train")
    wait(page, "+d.step > 250")
    page.click("#plane-train")
    unfold(page)
    page.select_option("#plane .net-width", "32")
    page.click("#plane-train")
    wait(page, "+d.step > 20 && +d.step < 250 && +d.distance > 0")
    page.select_option("#plane .cloud", "rings")  # while it trains
    wait(page, "d.cloud === 'rings'")
    page.click("#plane-train")
    page.wait_for_function("document.querySelector('#plane-train').textContent === 'Go on'")
    step = int(told(page, "step"))
    page.click("#plane-step")
    wait(page, f"+d.step > {step}")

    page.click("#plane-draw")
    page.locator("#plane .truth").scroll_into_view_if_needed()
    box = page.locator("#plane .truth").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 200, steps=8)
    page.mouse.up()
    wait(page, "d.cloud === 'yours'")
    assert "points" in page.inner_text("#plane .drawn")
    page.click("#plane-draw")

    for box in page.query_selector_all("#plane .racers input:checked"):
        if box.get_attribute("value") != "ddim":
            box.uncheck()
    page.click("#plane-race")
    wait(page, "+d.raced === 1")
    assert page.eval_on_selector("#plane .race", "c => +c.dataset.points") >= 8

    assert page.eval_on_selector("#plane .bands", "c => +c.dataset.bands") == 5
    with page.expect_download(timeout=WAIT) as download:
        page.click("#plane .save[data-as=csv]")
    assert len(download.value.path().read_text().splitlines()) == 801

    page.select_option("#plane .cloud", "digits")
    wait(page, "d.cloud === 'digits'")
    page.wait_for_function("+document.querySelector('#plane .decoded').dataset.shown > 0")
    before = page.eval_on_selector("#plane .decoded", "c => c.toDataURL()")
    page.locator("#plane .truth").hover(position={"x": 150, "y": 150})
    page.wait_for_function(
        "was => document.querySelector('#plane .decoded').toDataURL() !== was", arg=before
    )


def test_pictures_stand_side_by_side_and_a_film_brings_the_page_back(page, tmp_path):
    page.get_by_role("tab", name="Plane", exact=True).first.click()
    wait(page, "d.cloud === 'moons' && +d.drawn > 0")
    unfold(page)
    page.select_option("#plane .count", "200")
    page.select_option("#plane .who", "exact")
    page.select_option("#plane .cloud", "dinosaur")
    wait(page, "d.cloud === 'dinosaur' && +d.distance > 0")
    page.select_option("#plane .sampler", "ddim")
    page.select_option("#plane .beside", "steps")
    wait(page, "+d.beside === 3")
    abouts = page.locator("#plane .one figcaption span").all_inner_texts()
    assert [about.split(" · ")[1] for about in abouts] == ["3 calls", "5 calls", "10 calls"]
    assert page.locator("#plane .made").is_hidden()
    with page.expect_download(timeout=WAIT) as download:
        page.click("#plane .save[data-as=mp4]")
    film = tmp_path / "film.mp4"
    download.value.save_as(film)

    page.reload()
    page.get_by_role("tab", name="Plane", exact=True).first.click()
    wait(page, "d.cloud === 'moons' && +d.drawn > 0")
    page.set_input_files("#plane .file", film)
    wait(page, "d.restored === 'film.mp4' && d.cloud === 'dinosaur' && +d.beside === 3")
    assert page.locator("#plane .one figcaption span").all_inner_texts() == abouts
    page.select_option("#plane .beside", "none")
    wait(page, "+d.distance > 0")
    assert page.locator("#plane .made").is_visible()
