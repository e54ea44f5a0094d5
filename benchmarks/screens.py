"""The pictures in the README, made by the app itself: screenshots of each tab, and the GIF.

Writes assets/screens/*.png and assets/denoise.gif. Trains for two minutes on fifty smileys to show
the Train tab at work. Needs the test dependencies and Chromium.
"""

import tempfile
import zipfile
from pathlib import Path

from page import app, chromium
from PIL import Image
from playwright.sync_api import Page

ASSETS = Path(__file__).resolve().parent.parent / "assets"
SECONDS = 100  # of training, before its picture is taken


def smileys(folder: str) -> Path:
    """Fifty of the bundled smileys as a zip."""
    path = Path(folder) / "smileys.zip"
    with zipfile.ZipFile(ASSETS / "emoji.zip") as every, zipfile.ZipFile(path, "w") as some:
        for name in [n for n in every.namelist() if n.startswith("Smileys")][:50]:
            some.writestr(Path(name).name, every.read(name))
    return path


def shoot(page: Page, name: str) -> None:
    """A screenshot at half size, with few colours: a README is read on a phone, too."""
    path = ASSETS / "screens" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.mouse.move(5, 5)
    page.screenshot(path=path)
    image = Image.open(path).convert("RGB")
    small = image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.LANCZOS)
    small.save(path, "PNG", optimize=True)


def main() -> None:
    """Start the app, use each tab, and take its picture."""
    with app() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(address)
        page.wait_for_selector("#noise_canvas [data-guessed]")
        page.wait_for_selector("#noise_canvas [data-spectra]")
        page.locator("#noise-t").fill("400")
        page.wait_for_timeout(1500)
        shoot(page, "noise")

        page.get_by_role("tab", name="Denoise").click()
        page.locator("#generate").click()
        page.wait_for_selector("#player >> text=step 20 / 20", timeout=60_000)
        page.wait_for_timeout(500)
        with page.expect_download() as download:
            page.locator("#save-gif").click()
        download.value.save_as(ASSETS / "denoise.gif")
        page.locator("#player .scrub").fill("12")
        page.wait_for_timeout(300)
        shoot(page, "denoise")

        page.get_by_role("tab", name="Train").click()
        with tempfile.TemporaryDirectory() as folder:
            page.set_input_files("#train-files input[type=file]", smileys(folder))
            page.wait_for_selector("#taken >> text=50 pictures", timeout=60_000)
        page.locator("#train-start").click()
        page.wait_for_selector("#train-samples [data-step]", timeout=60_000)
        page.wait_for_timeout(1000 * SECONDS)
        page.evaluate("window.scrollTo(0, 0)")
        shoot(page, "train")
        page.locator("#train-stop").click()
        page.wait_for_selector("#train-facts >> text=stopped", timeout=60_000)


if __name__ == "__main__":
    main()
