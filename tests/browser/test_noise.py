import base64
import io
import itertools

import numpy as np
import pytest
from PIL import Image

import playground as pg
from playground.library import ASSETS
from playground.spaces.images import decode, encode, open_picture

pytestmark = pytest.mark.browser


@pytest.fixture
def pixels(canvas):
    """What a canvas of the first view shows."""
    return lambda name: canvas(f"#noise_canvas canvas.{name}")


def drag_to(page, k):
    page.eval_on_selector(
        "#noise-t",
        "(s, k) => { s.value = k; s.dispatchEvent(new Event('input', {bubbles: true})); }",
        k,
    )
    page.wait_for_function(
        "k => document.querySelector('#noise_canvas [data-drawn], #noise_canvas[data-drawn]')"
        ".dataset.drawn == k",
        arg=k,
    )


def test_the_canvas_is_the_forward_process_to_its_extremes(page, pixels):
    x0 = encode([open_picture(sorted((ASSETS / "pictures").glob("*.*"))[0])], 512)[0]

    def check(schedule, k):
        drag_to(page, k)
        expected = decode(pg.noise(x0, schedule, k / 1000, seed=0))[0].astype(int)
        assert abs(pixels("noised") - expected).max() <= 1

    for k in (0, 137, 800, 1000):
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


def test_dragging_and_another_schedule_change_picture_numbers_and_guess(page, pixels):
    drag_to(page, 100)
    light, said = pixels("noised"), page.inner_text("#noise_canvas .formula")
    drag_to(page, 900)
    assert abs(pixels("noised") - light).mean() > 20
    assert page.inner_text("#noise_canvas .formula") != said
    page.wait_for_function(
        "document.querySelector('#noise_canvas img.guess').src.startsWith('data')"
    )
    assert "ideal denoiser" in page.inner_text("#noise_canvas .by")
    drag_to(page, 500)
    choose(page, "Schedule", "flow matching")
    page.wait_for_function("document.querySelector('#noise_canvas .alpha').innerText == '0.500'")


def wait_for_guess(page, k):
    page.wait_for_function(
        "k => { const slider = document.querySelector('#noise-t');"
        " const part = document.querySelector('#noise_canvas [data-guessed],"
        " #noise_canvas[data-guessed]');"
        " return part && Math.abs(part.dataset.guessed * slider.max - k) < 1e-6; }",
        arg=k,
    )


def choose(page, label, option):
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=option).first.click()


def test_a_mouse_drag_and_the_arrow_keys_move_the_picture(page, pixels):
    box = page.locator("#noise-t").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    seen = [pixels("noised")]
    for share in (0.5, 0.7, 0.9):
        page.mouse.move(box["x"] + box["width"] * share, y)
        page.wait_for_timeout(50)
        seen.append(pixels("noised"))
    page.mouse.up()
    assert all(abs(a - b).mean() > 1 for a, b in itertools.pairwise(seen))
    k = int(page.input_value("#noise-t"))
    page.focus("#noise-t")
    page.keyboard.press("ArrowLeft")
    assert int(page.input_value("#noise-t")) == k - 1
    assert page.get_attribute("#noise-t", "aria-valuetext").startswith(f"step {k - 1} of 1000")


def test_after_many_moves_the_guess_is_of_the_last_position(page):
    page.evaluate(
        """async () => {
          const slider = document.querySelector('#noise-t');
          for (let k = 0; k <= 900; k += 15) {
            slider.value = k;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            await new Promise((r) => setTimeout(r, 10));
          }
        }"""
    )
    wait_for_guess(page, 900)
    page.wait_for_timeout(500)
    wait_for_guess(page, 900)  # no older answer comes after it


def test_an_upload_takes_the_place_of_the_picture(page, tmp_path):
    grey = Image.new("RGBA", (300, 200), (255, 0, 0, 0))  # transparent: laid over white
    grey.save(tmp_path / "clear.png")
    drag_to(page, 0)
    page.get_by_label("Remove Image").or_(page.get_by_label("Clear")).first.click()
    page.set_input_files("input[type=file] >> nth=0", tmp_path / "clear.png")
    page.wait_for_function(
        "() => { const c = document.querySelector('#noise_canvas canvas.noised');"
        " return c.getContext('2d').getImageData(9, 9, 1, 1).data.slice(0, 3).join() =="
        " '255,255,255'; }"
    )
    page.wait_for_function(
        "document.querySelector('#noise_canvas .by').innerText.endsWith('and yours')"
    )


def test_a_file_that_is_no_picture_gets_a_sentence_and_loses_nothing(page, tmp_path, pixels):
    before = pixels("noised")
    (tmp_path / "words.png").write_text("words")
    page.get_by_label("Remove Image").or_(page.get_by_label("Clear")).first.click()
    page.set_input_files("input[type=file] >> nth=0", tmp_path / "words.png")
    page.wait_for_selector("text=words.png is not a picture", timeout=15_000)
    assert (pixels("noised") == before).all()


def test_a_new_seed_is_new_noise_and_a_knob_changes_the_slider(page, pixels):
    before = pixels("eps")
    page.get_by_role("button", name="New noise").click()
    page.wait_for_function("document.querySelector('#noise_canvas [data-drawn]') !== null")
    page.wait_for_timeout(1000)
    assert (pixels("eps") != before).any()
    page.get_by_text("Schedule's own knobs").click()
    steps = page.locator("#noise-knobs").get_by_label("timesteps", exact=True)
    steps.fill("50")
    steps.press("Enter")
    page.wait_for_function("document.querySelector('#noise-t').max == 50")
    assert page.inner_text("#noise_canvas .k") == "15 / 50"


def test_on_a_phone_picture_and_slider_are_on_the_first_screen(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    for part in ("canvas.noised", "#noise-t", ".formula .sigma"):
        box = page.locator(f"#noise_canvas {part}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_for_a_lecture_everything_is_on_one_screen_and_every_plot_moves(page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    for part in ("canvas.noised", "img.guess", "#noise-t", ".histogram", ".spectrum"):
        box = page.locator(f"#noise_canvas {part}").bounding_box()
        assert box["y"] + box["height"] <= 1080
    page.wait_for_selector("#noise_canvas [data-spectra]", timeout=30_000)
    kinds = ("levels", "logsnr", "histogram", "spectrum")
    shown = "names => names.map((n) => document.querySelector(`#noise_canvas .${n}`).toDataURL())"
    drag_to(page, 250)
    before = page.evaluate(shown, kinds)
    drag_to(page, 750)
    after = page.evaluate(shown, kinds)
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_the_python_of_every_term_makes_what_is_shown(page, tmp_path, monkeypatch, pixels):
    """Each text is run as it stands in the page."""
    monkeypatch.chdir(tmp_path)
    drag_to(page, 400)
    wait_for_guess(page, 400)
    page.wait_for_selector("#noise_canvas [data-spectra]", timeout=30_000)

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
        """() => {
          const part = document.querySelector("#noise_canvas [data-drawn]");
          const { counts, spectra, a, s } = part.lab;
          const { picture, noise, both } = spectra;
          const sum = (p, i) => a * a * p + s * s * noise[i] + 2 * a * s * both[i];
          return [s, [...counts], Array.from(picture, sum)];
        }"""
    )
    assert abs(pixels("eps") - decode(sigma * run("eps")["eps"])[0]).max() <= 1
    assert abs(run("histogram")["share"].numpy() - values).max() < 0.03
    assert run("spectrum")["power"].numpy() == pytest.approx(np.array(power), rel=1e-3)
    choose(page, "Guessed by", "digits")
    page.wait_for_function(
        "document.querySelector('#noise_canvas .by').innerText.includes('16 × 16 grey')",
        timeout=60_000,
    )
    assert abs(shown_guess(page, 16) - decode(run("guess")["guess"])[0]).max() <= 1


def shown_guess(page, side):
    """The guess as it is shown, (side,side,3)."""
    url = page.eval_on_selector("#noise_canvas img.guess", "i => i.src")
    image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
    assert image.size == (side, side)
    return np.asarray(image).astype(int)


def test_a_term_is_explained_when_it_is_pointed_at_or_focused(page):
    page.hover("#noise_canvas .formula .term[data-term=sigma]")
    assert "standard deviation" in page.inner_text("#noise_canvas .tip")
    page.focus("#noise_canvas .formula .term[data-term=alpha]")
    assert "what is left of the picture" in page.inner_text("#noise_canvas .tip")
    page.keyboard.press("Enter")
    assert 'get("cosine"' in page.inner_text("#noise_canvas .recipe code")
    page.keyboard.press("Escape")
    page.mouse.move(5, 5)
    page.focus("#noise-t")
    assert page.locator("#noise_canvas .tip").is_hidden()


def test_a_bundled_picture_is_shown_small_and_taken_whole(page):
    small = page.locator("button.gallery-item:has(img[src$='sunflower.jpg'])").first
    assert small.locator("img").evaluate("(img) => img.naturalWidth") <= 160
    small.click()
    page.wait_for_selector("img[src$='sunflower.png']")
    assert small.get_attribute("aria-label") == "sunflower"
