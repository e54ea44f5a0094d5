import io
import zipfile

import pytest
from PIL import Image

pytestmark = pytest.mark.browser


def a_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(24):
            data = io.BytesIO()
            Image.new("RGB", (40, 40), (10 * i, 80, 250 - 10 * i)).save(data, "PNG")
            archive.writestr(f"{'warm' if i > 11 else 'cold'}/{i}.png", data.getvalue())
        archive.writestr("warm/notes.txt", "not a picture")
    return path


def test_train_reload_stop_and_sample(page, tmp_path, app_url):
    page.get_by_role("tab", name="Train").click()
    page.set_input_files("input[type=file] >> nth=-1", a_zip(tmp_path / "24.zip"))
    page.wait_for_selector("#taken >> text=24 pictures", timeout=30_000)
    assert "cold, warm" in page.inner_text("#taken")
    assert "notes.txt is not a picture" in page.inner_text("#taken")
    page.get_by_label("16", exact=True).check()
    page.get_by_label("Name").fill("two colours")
    page.locator("#train-start").click()
    page.wait_for_selector("#train-facts >> text=running", timeout=60_000)
    page.wait_for_selector("#train-samples img", timeout=60_000)

    page.goto(app_url)
    page.get_by_role("tab", name="Train").click()
    page.wait_for_selector("#train-facts >> text=running", timeout=30_000)
    assert page.get_by_label("Run", exact=True).input_value() == "two-colours"
    page.wait_for_function(
        "+(document.querySelector('#loss_plot [data-points], #loss_plot[data-points]')"
        "?.dataset.points || 0) > 3",
        timeout=30_000,
    )
    page.locator("#train-stop").click()
    page.wait_for_selector("#train-facts >> text=stopped", timeout=60_000)

    page.goto(app_url)
    page.get_by_role("tab", name="Denoise").click()
    page.get_by_label("Model").click()
    page.get_by_role("option", name="two-colours").click()
    page.locator("#generate").click()
    page.wait_for_selector("#player >> text=step 20 / 20", timeout=60_000)
