"""Journeys through the Noise tab: drag, upload, read the Python, look at each view."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

import playground as pg
from playground.bundled import bundled_pictures
from playground.spaces.images import decode

pytestmark = pytest.mark.browser

LAB = "document.querySelector('#noise_canvas .lab').closest('[data-drawn]')"


@pytest.fixture
def pixels(canvas):
    """What a canvas of the lab shows."""
    return lambda name: canvas(f"#noise_canvas canvas.{name}")


def slide(page, slider, value):
    page.eval_on_selector(
        slider,
        "(s, v) => { s.value = v; s.dispatchEvent(new Event('input', { bubbles: true })); }",
        value,
    )


def drag_to(page, k):
    slide(page, "#noise-t", k)
    page.wait_for_function(f"k => {LAB}.dataset.drawn == k", arg=k)


def wait_for_guess(page, k):
    page.wait_for_function(
        f"k => Math.abs({LAB}.dataset.guessed * document.querySelector('#noise-t').max - k) < 1e-6",
        arg=k,
    )


def choose(page, label, option):
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=option).first.click()


def shown_guess(page, side):
    """The guess as it is shown, (side,side,3)."""
    url = page.eval_on_selector("#noise_canvas img.guess", "i => i.src")
    image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
    assert image.size == (side, side)
    return np.asarray(image).astype(int)


def assert_in_sight(page, width):
    """Assert that stage, slider and button are, on laptops; on phones the stage."""
    height = page.viewport_size["height"]
    parts = ["canvas.noised", "#noise-t", ".formula .sigma"]
    seen = [f"#noise_canvas {part}" for part in parts]
    if width > 1000:
        seen += ["#noise_canvas img.guess", "#new-noise"]
    for part in seen:
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height, part
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_drag_shows_the_forward_process_under_any_schedule_on_laptops_and_phones(
    page, painted, pixels
):
    for width, height in ((1366, 768), (390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        painted(page)
        assert_in_sight(page, width)
    x0 = bundled_pictures()[0]

    def check(schedule, k):
        drag_to(page, k)
        expected = decode(pg.noise(x0, schedule, k / 1000, seed=0))[0].astype(int)
        assert abs(pixels("noised") - expected).max() <= 1

    box = page.locator("#noise-t").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.3 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.9 * box["width"], y, steps=5)
    page.mouse.up()
    k = int(page.input_value("#noise-t"))
    assert 880 < k < 920
    page.focus("#noise-t")
    page.keyboard.press("ArrowLeft")
    wait_for_guess(page, k - 1)  # the last position's, whatever was asked on the way
    assert page.get_attribute("#noise-t", "aria-valuetext").startswith(f"step {k - 1} of 1000")
    for k in (0, 137, 1000):
        check("cosine", k)
    for title, name, k in (
        ("variance exploding", "ve", 900),
        ("zero terminal SNR", "zero_snr", 1000),
    ):
        choose(page, "Schedule", title)
        page.wait_for_function(
            "s => document.querySelector('#noise_canvas .about').innerText.includes(s)",
            arg=pg.schedules.entry(name).source,
        )
        check(name, k)


def test_every_view_computes_then_an_upload_is_noised_and_a_false_file_is_not(
    page, tmp_path, canvas, pixels
):
    page.click("#view-steps")
    page.wait_for_selector("#part-steps[data-step='0']")
    page.locator("#part-steps label:has([value='10'])").click()
    page.click("#part-steps .play")
    page.wait_for_selector("#part-steps[data-step='10']")
    assert (abs(canvas("#part-steps .walked") - canvas("#part-steps .jumped")) > 9).any()

    page.click("#view-duel")
    page.wait_for_selector("#part-duel[data-ready]")
    slide(page, "#duel-t", 437)
    x0 = bundled_pictures()[0]
    eps = pg.noise(0 * x0, "flow", 1.0, 0)
    for panel, name in enumerate(("cosine", "linear", "flow")):
        alpha, sigma = pg.schedules.get(name).level(0.437)
        shown = canvas(f"#part-duel figure:nth-child({panel + 1}) canvas")
        x = (alpha * x0 + sigma * eps) / (alpha**2 + sigma**2) ** 0.5
        assert abs(shown - decode(x)[0]).max() <= 1
    page.locator("#part-duel label:has([value='snr'])").click()
    page.wait_for_function("document.querySelector('#part-duel').dataset.apart <= 1")
    assert "at one SNR a schedule changes nothing" in page.inner_text("#part-duel .said")

    page.focus("#view-duel")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#part-quiz[data-question='0']")
    page.locator("#part-quiz").focus()
    page.keyboard.press("Enter")
    assert "of 1 right" in page.inner_text("#part-quiz .score")
    page.keyboard.press("Enter")
    page.wait_for_selector("#part-quiz[data-question='1']")

    page.click("#view-article")
    page.locator("#part-article label:has([value=once])").click()
    page.wait_for_function("document.querySelector('#part-article figure:nth-child(3) img').src")
    slide(page, "#article-n", 1)
    page.wait_for_function(
        "document.querySelector('#part-article figure:nth-child(3) figcaption').innerText"
        ".startsWith('1 call of the ideal denoiser')"
    )

    page.click("#view-one")
    Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(tmp_path / "clear.png")  # laid over white
    (tmp_path / "words.png").write_text("words")
    small = page.locator("button.gallery-item:has(img[src$='sunflower.jpg'])").first
    assert small.locator("img").evaluate("(img) => img.naturalWidth") <= 160
    small.click()
    page.wait_for_selector("img[src$='sunflower.png']")  # taken whole
    drag_to(page, 0)
    page.get_by_label("Remove Image").or_(page.get_by_label("Clear")).first.click()
    page.set_input_files("input[type=file] >> nth=0", tmp_path / "words.png")
    page.wait_for_selector("text=words.png is not a picture", timeout=15_000)
    assert pixels("noised").std() > 20  # the picture before it
    page.set_input_files("input[type=file] >> nth=0", tmp_path / "clear.png")
    page.wait_for_function(
        "() => { const c = document.querySelector('#noise_canvas canvas.noised');"
        " return c.getContext('2d').getImageData(9, 9, 1, 1).data.slice(0, 3).join() =="
        " '255,255,255'; }"
    )
    page.wait_for_function(
        "document.querySelector('#noise_canvas .by').innerText.endsWith('and yours')"
    )
    assert "holds your very picture" in page.inner_text("#noise_canvas .note")
    drag_to(page, 300)
    before = pixels("eps")
    noised = page.evaluate("document.querySelector('#noise_canvas .eps').toDataURL()")
    page.get_by_role("button", name="New noise").click()
    page.wait_for_function(
        "was => document.querySelector('#noise_canvas .eps').toDataURL() !== was", arg=noised
    )
    assert (pixels("eps") != before).mean() > 0.9
    page.get_by_text("Schedule's own knobs").click()
    steps = page.locator("#noise-knobs").get_by_label("timesteps", exact=True)
    steps.fill("50")
    steps.press("Enter")
    page.wait_for_function("document.querySelector('#noise-t').max == 50")
    page.wait_for_function("document.querySelector('#noise_canvas .k').innerText == '15 / 50'")


def test_the_python_of_every_term_makes_what_is_shown_whatever_noise_torch_draws(
    page, app_url, tmp_path, monkeypatch, pixels
):
    """Each text is run as it stands; where torch draws otherwise the server's noise is shown."""
    monkeypatch.chdir(tmp_path)
    page.wait_for_selector("#noise_canvas [data-spectra]", timeout=30_000)
    drag_to(page, 400)
    wait_for_guess(page, 400)
    page.hover("#noise_canvas .formula .term[data-term=sigma]")
    assert "standard deviation" in page.inner_text("#noise_canvas .tip")

    def run(term):
        page.locator(f"#noise_canvas .term[data-term={term}]").first.click()
        code = page.eval_on_selector("#noise_canvas .recipe code", "c => c.textContent")
        page.keyboard.press("Escape")
        made = {}
        exec(compile(code, term, "exec"), made)
        return made

    def text(name):
        return float(page.inner_text(f"#noise_canvas .{name}").replace("−", "-"))

    guess = decode(run("guess")["guess"])[0]
    assert abs(shown_guess(page, 512) - guess).mean() < 2  # it came as a JPEG
    assert abs(pixels("noised") - decode(run("x_t")["x_t"])[0]).max() <= 1
    assert abs(run("x0")["x0"]).max() <= 1
    for term, name in (("alpha", "alpha"), ("sigma", "sigma"), ("alpha_bar", "abar")):
        assert run(term)[term] == pytest.approx(text(name), abs=6e-4)
    snr = run("snr")
    assert snr["log_snr"] == pytest.approx(text("log-snr"), abs=6e-3)
    assert snr["decibel"] == pytest.approx(text("snr"), abs=6e-2)
    sigma, values, power = page.evaluate(
        f"""() => {{
          const {{ counts, spectra, alpha, sigma }} = {LAB}.lab;
          const {{ picture, noise, both }} = spectra;
          const sum = (p, i) => alpha ** 2 * p + sigma ** 2 * noise[i]
            + 2 * alpha * sigma * both[i];
          return [sigma, [...counts], Array.from(picture, sum)];
        }}"""
    )
    assert abs(pixels("eps") - decode(sigma * run("eps")["eps"])[0]).max() <= 1
    assert abs(run("histogram")["share"].numpy() - values).max() < 0.03
    assert run("spectrum")["power"].numpy() == pytest.approx(np.array(power), rel=1e-3)
    choose(page, "Guessed by", "digits")
    page.wait_for_function(
        "document.querySelector('#noise_canvas .by').innerText.includes('16 × 16 grey')",
        timeout=60_000,
    )
    assert page.inner_text("#noise_canvas .note") == ""
    assert abs(shown_guess(page, 16) - decode(run("guess")["guess"])[0]).max() <= 1

    # a page whose logarithm is off stands for a torch that draws otherwise
    page.add_init_script("const log = Math.log; Math.log = (v) => 1.01 * log(v);")
    page.goto(app_url)
    page.wait_for_selector("#noise_canvas [data-drawn]")
    page.locator("#noise-t").fill("1000")
    shown = pixels("noised")
    expected = decode(pg.noise(bundled_pictures()[0], "cosine", 1.0, 0))[0]
    assert abs(shown - expected).max() <= 1
