"""The pictures in the README, made by the app itself: screenshots of its tabs, and the GIF.

Writes assets/screens/*.png and assets/denoise.gif. Trains for two minutes on fifty smileys to show
the Train tab at work. With --docs it writes every tab, at its full 1920x1080 pixels, to
docs/screens/*.png as well. Needs the test dependencies and Chromium.
"""

import argparse
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from page import app, chromium
from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
ASSETS, DOCS = ROOT / "assets", ROOT / "docs" / "screens"
LARGE = 260_000  # bytes
LOOKS = ((1, 256), (1, 128), (1, 64), (0.75, 64), (0.66, 64), (0.5, 64))  # size, colours
SECONDS = 100  # of training, before its picture is taken


def smileys(folder: str) -> Path:
    """Fifty of the bundled smileys as a zip."""
    path = Path(folder) / "smileys.zip"
    with zipfile.ZipFile(ASSETS / "emoji.zip") as every, zipfile.ZipFile(path, "w") as some:
        for name in [n for n in every.namelist() if n.startswith("Smileys")][:50]:
            some.writestr(Path(name).name, every.read(name))
    return path


def shoot(page: Page, name: str) -> None:
    """A screenshot at two thirds, with few colours if it is large: phones read it, too."""
    path = ASSETS / "screens" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path)
    image = Image.open(path).convert("RGB")
    small = image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.LANCZOS)
    small.save(path, "PNG", optimize=True)
    if path.stat().st_size > LARGE:
        small.quantize(256).save(path, "PNG", optimize=True)


def document(page: Page, name: str) -> None:
    """A screenshot of as many pixels and colours as `LARGE` bytes allow; noise is not small."""
    DOCS.mkdir(parents=True, exist_ok=True)
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    for scale, colours in LOOKS:
        size = round(image.width * scale), round(image.height * scale)
        few = image.resize(size, Image.Resampling.LANCZOS).quantize(colours)
        few.save(DOCS / f"{name}.png", "PNG", optimize=True)
        if (DOCS / f"{name}.png").stat().st_size <= LARGE:
            return


def noise(page: Page) -> None:
    """A photograph, a good part of the way into noise."""
    page.wait_for_selector("#noise_canvas [data-guessed]")
    page.wait_for_selector("#noise_canvas [data-spectra]")
    page.locator("#noise-t").fill("400")
    page.wait_for_timeout(1500)


def denoise(page: Page) -> None:
    """Sixteen emoji, at their twelfth step; the GIF of them is saved, too."""
    page.locator("#generate").click()
    page.wait_for_selector("#player >> text=step 20 / 20", timeout=60_000)
    page.wait_for_timeout(500)
    with page.expect_download() as download:
        page.locator("#save-gif").click()
    download.value.save_as(ASSETS / "denoise.gif")
    page.locator("#player .scrub").fill("12")
    page.wait_for_timeout(300)


def live(page: Page) -> None:
    """Between two seeds, with the teacher's pictures beside."""
    page.wait_for_selector("#live_board [data-drawn], #live_board[data-drawn]")
    page.locator("#live-seed").fill("7.4")
    page.wait_for_function(
        "() => /calls/.test(document.querySelector('#live_board .slow').textContent)",
        timeout=60_000,
    )
    page.wait_for_timeout(500)


def race(page: Page) -> None:
    """Four samplers at equal network calls, held against their reference."""
    page.locator("#race-go").click()
    page.wait_for_selector("#race [data-done=all], #race[data-done=all]", timeout=600_000)
    page.wait_for_timeout(300)


def fork(page: Page) -> None:
    """A film, a branch of another class, and one that was painted on."""
    at = "#fork[data-count='{}'][data-films='{}'], #fork [data-count='{}'][data-films='{}']"
    page.locator("#fork-start").click()
    page.wait_for_selector(at.format(21, 1, 21, 1), timeout=60_000)
    page.locator("#fork .scrub").fill("8")
    page.get_by_label("Class", exact=True).locator("visible=true").first.fill("Flags")
    page.keyboard.press("Enter")
    page.locator("#fork-continue").click()
    page.wait_for_selector(at.format(13, 2, 13, 2), timeout=60_000)
    page.locator("#fork .row").first.click()
    page.locator("#fork .scrub").fill("9")
    page.get_by_role("button", name="blue", exact=True).click()
    page.locator("#fork .width").select_option("5")
    box = page.locator("#fork .over").bounding_box()
    assert box is not None
    for part in (0.25, 0.5, 0.75):
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * part)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * part, steps=5)
        page.mouse.up()
    page.locator("#fork-continue").click()
    page.wait_for_selector(at.format(12, 3, 12, 3), timeout=60_000)
    page.locator("#fork .scrub").fill("3")
    page.wait_for_timeout(500)


def edit(page: Page) -> None:
    """The same picture from several strengths."""
    page.locator("#edit-strip").click()
    page.wait_for_selector("#edit [data-done=yes], #edit[data-done=yes]", timeout=120_000)
    page.wait_for_timeout(300)


def train(page: Page) -> None:
    """Fifty smileys, after SECONDS of training."""
    with tempfile.TemporaryDirectory() as folder:
        page.set_input_files("#train-files input[type=file]", smileys(folder))
        page.wait_for_selector("#taken >> text=50 pictures", timeout=60_000)
    page.locator("#train-start").click()
    page.wait_for_selector("#train-samples [data-step]", timeout=60_000)
    page.wait_for_timeout(1000 * SECONDS)


def plane(page: Page) -> None:
    """A network that has learned the pinwheel, its samples' paths, and a race on it."""
    page.wait_for_selector("#plane [data-cloud], #plane[data-cloud]")
    page.select_option("#plane .cloud", "pinwheel")
    page.wait_for_selector("#plane [data-cloud=pinwheel], #plane[data-cloud=pinwheel]")
    page.locator("#plane-train").click()
    page.wait_for_function(
        "() => +document.querySelector('#plane [data-seconds], #plane[data-seconds]')"
        "?.dataset.seconds > 8",
        timeout=120_000,
    )
    page.locator("#plane-race").click()
    page.wait_for_selector("#plane [data-raced], #plane[data-raced]", timeout=120_000)
    page.locator("#plane-t").fill("0.25")
    page.wait_for_timeout(500)


def reference(page: Page) -> None:
    """All curves, and what is said of them."""
    page.wait_for_selector("#reference-text table")
    page.wait_for_timeout(500)


README = {"noise", "denoise", "live", "race", "fork", "edit", "train", "plane"}
TABS = (noise, denoise, live, race, fork, edit, train, plane, reference)


def main() -> None:
    """Start the app, use each tab, and take its picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tabs", nargs="*", help="such as race; by default all of them")
    parser.add_argument("--docs", action="store_true", help="every tab to docs/screens, too")
    given = parser.parse_args()
    wanted = given.tabs
    with app() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(address)
        page.wait_for_selector("#noise_canvas [data-drawn], #noise_canvas[data-drawn]")
        for use in TABS:
            name = use.__name__
            if not wanted or name in wanted:
                page.get_by_role("tab", name=name.capitalize(), exact=True).first.click()
                use(page)
                page.evaluate("window.scrollTo(0, 0)")
                page.mouse.move(5, 5)
                page.wait_for_timeout(300)  # until no button is lit any more
                if name in README:
                    shoot(page, name)
                if given.docs:
                    document(page, name)
                if use is train:
                    page.locator("#train-stop").click()
                    page.wait_for_selector("#train-facts >> text=stopped", timeout=60_000)


if __name__ == "__main__":
    main()
