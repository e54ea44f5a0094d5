"""The views beside the first: step by step, duel, quiz, the article's formulas."""

import pytest

import playground as pg
from playground.bundled import bundled_pictures
from playground.spaces.images import decode
from playground.ui.tabs.noise import article as article_scene

pytestmark = pytest.mark.browser


def lab(page, view, expression):
    return page.evaluate(
        f"(() => {{ const lab = document.querySelector('#part-{view}').lab;"
        f" return {expression}; }})()"
    )


def slide(page, slider, value):
    page.eval_on_selector(
        slider,
        "(s, v) => { s.value = v; s.dispatchEvent(new Event('input', { bubbles: true })); }",
        value,
    )


def test_steps_and_the_jump_have_the_levels_of_the_schedule(page, canvas):
    page.get_by_label("Schedule", exact=True).first.click()
    page.get_by_role("option", name="flow matching").first.click()
    page.wait_for_function("document.querySelector('#noise_canvas .alpha').innerText == '0.700'")
    page.click("#view-steps")
    page.wait_for_selector("#part-steps[data-step='0']")
    page.locator("#part-steps label:has([value='10'])").click()
    for _ in range(7):
        page.click("#part-steps .one-step")
    alpha, sigma = pg.schedules.get("flow").level(0.7)
    assert page.inner_text("#part-steps .law").startswith("q(x7 | x6) = N(0.7500 x6")
    for way in ("one", "other"):
        assert lab(page, "steps", f"lab.{way}.share") == pytest.approx(alpha, abs=0.02)
        assert lab(page, "steps", f"lab.{way}.sd") == pytest.approx(sigma, rel=0.01)
    assert 0 < lab(page, "steps", "lab.gap") < 0.008  # chance: 0.0043 in 95 of 100
    page.click("#part-steps .play")
    page.wait_for_selector("#part-steps[data-step='10']")
    assert (abs(canvas("#part-steps .walked") - canvas("#part-steps .jumped")) > 9).any()


def test_a_duel_shows_each_schedule_at_its_level_and_one_picture_at_one_snr(page, canvas):
    page.click("#view-duel")
    page.wait_for_selector("#part-duel[data-ready]")
    slide(page, "#duel-t", 437)
    x0 = bundled_pictures()[0]
    for panel, name in enumerate(("cosine", "linear", "flow")):
        alpha, sigma = pg.schedules.get(name).level(0.437)
        eps = pg.noise(0 * x0, "flow", 1.0, 0)
        shown = canvas(f"#part-duel figure:nth-child({panel + 1}) canvas")
        assert (
            abs(shown - decode((alpha * x0 + sigma * eps) / (alpha**2 + sigma**2) ** 0.5)[0]).max()
            <= 1
        )
    page.locator("#part-duel label:has([value='4'])").click()
    page.locator("#part-duel label:has([value='snr'])").click()
    page.select_option("#part-duel figure:nth-child(2) select", "drawn")
    page.wait_for_function("document.querySelector('#part-duel').dataset.apart <= 1")
    assert "at one SNR a schedule changes nothing" in page.inner_text("#part-duel .said")
    assert page.inner_text("#part-duel output") == "1.3"


def test_the_quiz_is_answered_by_keyboard_and_counted(page):
    page.focus("#view-one")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector("#part-quiz[data-question='0']")
    slide(page, "#quiz-t", round(1000 * lab(page, "quiz", "lab.truth")))
    page.locator("#part-quiz").focus()
    page.keyboard.press("Enter")
    assert "10 points, 1 of 1 right" in page.inner_text("#part-quiz .score")
    page.keyboard.press("Enter")
    page.wait_for_selector("#part-quiz[data-question='1']")
    wrong = lab(page, "quiz", "lab.names.findIndex((name) => name !== lab.truth)")
    page.keyboard.press("Enter")  # no answer yet: nothing is revealed
    assert page.get_attribute("#part-quiz", "data-points") is None
    page.keyboard.press(str(wrong + 1))
    page.keyboard.press("Enter")
    assert page.get_attribute("#part-quiz", "data-points") == "0"
    page.keyboard.press("Enter")
    page.wait_for_selector("#part-quiz[data-question='2']")
    page.keyboard.press(str(lab(page, "quiz", "lab.truth") + 1))
    page.keyboard.press("Enter")
    assert "20 points, 2 of 3 right" in page.inner_text("#part-quiz .score")


def test_the_article_s_claims_are_measured_as_python_measures_them(page):
    page.click("#view-article")
    page.wait_for_selector("#part-article[data-drawn]")
    page.locator("#part-article label:has([value=end])").click()
    for gaps in lab(page, "article", "lab.gaps"):
        assert gaps["bell"] < 0.01 < 0.04 < gaps["flat"]
    page.locator("#part-article label:has([value=code])").click()
    page.wait_for_function("document.querySelector('#part-article').lab.errors.field !== undefined")
    found, expected = (
        lab(page, "article", "lab.errors"),
        article_scene.errors("astronaut", "cosine", 0.7, 0),
    )
    names = {
        "noised": "noised",
        "shrunk": "article_inverse_of_noised",
        "forward": "article_forward",
    }
    names |= {"back": "article_inverse_of_its_forward", "grey": "grey", "field": "field_reverse"}
    for here, there in names.items():
        assert found[here] == pytest.approx(expected[there], abs=0.3)
    page.locator("#part-article label:has([value=once])").click()
    page.wait_for_function("document.querySelector('#part-article figure:nth-child(3) img').src")
    slide(page, "#article-n", 1)
    page.wait_for_function(
        "document.querySelector('#part-article figure:nth-child(3) figcaption').innerText"
        ".startsWith('1 call of the ideal denoiser')"
    )


def test_where_torch_draws_other_noise_the_page_takes_it_from_the_server(page, canvas):
    """A page whose logarithm is off stands for a torch that draws otherwise."""
    page.add_init_script("const log = Math.log; Math.log = (v) => 1.01 * log(v);")
    page.reload()
    page.wait_for_selector("#noise_canvas [data-drawn]")
    page.locator("#noise-t").fill("1000")
    shown = canvas("#noise_canvas canvas.noised")
    expected = decode(pg.noise(bundled_pictures()[0], "cosine", 1.0, 0))[0]
    assert abs(shown - expected).max() <= 1
