import io
import zipfile

import pytest
import torch
from PIL import Image

from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.loop.run import TrainingRun
from playground.training.runs import manager, worker

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
    page.set_input_files("#train-files input[type=file]", a_zip(tmp_path / "24.zip"))
    page.wait_for_selector("#taken >> text=24 pictures", timeout=30_000)
    assert "cold, warm" in page.inner_text("#taken")
    assert "notes.txt is not a picture" in page.inner_text("#taken")
    page.get_by_label("16", exact=True).check()
    page.get_by_label("Name").fill("two colours")
    page.locator("#train-start").click()
    page.wait_for_selector("#train-facts >> text=running", timeout=60_000)
    page.wait_for_selector("#train-samples [data-step]", timeout=60_000)

    page.goto(app_url)
    page.get_by_role("tab", name="Train").click()
    page.wait_for_selector("#train-facts >> text=running", timeout=30_000)
    assert page.get_by_label("Run", exact=True).input_value() == "two-colours"
    page.get_by_role("tab", name="Loss").click()
    page.wait_for_function(
        "+(document.querySelector('#loss_plot [data-points], #loss_plot[data-points]')"
        "?.dataset.points || 0) > 3",
        timeout=30_000,
    )
    _on_the_stage(page)
    page.locator("#train-stop").click()
    page.wait_for_selector("#train-facts >> text=stopped", timeout=60_000)

    page.goto(app_url)
    page.get_by_role("tab", name="Denoise").click()
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name="two-colours").click()
    page.locator("#generate").click()
    page.wait_for_selector("#player >> text=step 20 / 20", timeout=60_000)


def _on_the_stage(page):
    """Each plot of the loss alone, and the run's figures below it, which go on."""
    page.keyboard.press("p")
    page.wait_for_selector("#train-loss.stage")
    for plots in ([True, False], [False, True], [True, True]):
        page.keyboard.press("ArrowDown")
        assert [page.is_visible(f"{part} .plot") for part in ("#loss_plot", "#bands_plot")] == plots
    foot = page.locator("#train-facts .facts-row").bounding_box()
    assert 0 <= foot["y"] <= page.viewport_size["height"] - foot["height"]
    before = page.inner_text("#train-facts div:nth-child(2) > b")
    page.wait_for_function(
        "a => document.querySelector('#train-facts div:nth-child(2) > b').textContent !== a",
        arg=before,
        timeout=30_000,
    )
    page.keyboard.press("Escape")
    assert page.locator(".stage").count() == 0


def shown(page, part, key):
    return page.evaluate(
        f"document.querySelector('{part} [data-{key}], {part}[data-{key}]')?.dataset.{key}"
    )


def test_a_runs_past_is_scrubbed_and_opened(blank, runs_dir, app_url):
    page = blank
    pixels = torch.rand(60, 3, 16, 16, generator=torch.Generator().manual_seed(0)) * 2 - 1
    config = TrainConfig(
        widths=(16, 16), blocks=(1, 1), batch=8, steps=6, precision="float32", held_out=0.1
    )
    run = manager.create(runs_dir, "past", Dataset(pixels), config)
    worker.train(run)
    older = TrainingRun(config, Dataset(pixels))
    for step in older.steps():
        if step.step == 2:
            break
    run.keep_snapshot(older)
    run.write_row(2, torch.zeros(8, 3, 16, 16), {"seconds": 1.0, "matches": []})

    page.goto(app_url)
    page.get_by_role("tab", name="Train").click()
    page.wait_for_selector("#train-facts >> text=finished", timeout=30_000)
    page.wait_for_selector("#train-samples >> text=at step 6, the newest", timeout=30_000)
    tile = "document.querySelector('#train-samples .network canvas').toDataURL()"
    newest = page.evaluate(tile)
    page.locator("#train-samples .scrub").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#train-samples >> text=at step 2 ", timeout=10_000)
    assert page.evaluate(tile) != newest

    page.get_by_role("tab", name="Copies").click()
    page.wait_for_selector("#copy_meter >> text=None of 32 samples", timeout=10_000)
    page.wait_for_selector("#copy_meter .pair >> nth=31")
    page.get_by_role("tab", name="Loss").click()
    page.wait_for_selector("#bands_plot >> text=held-out pictures", timeout=10_000)
    assert int(shown(page, "#bands_plot", "lines")) >= 1

    page.get_by_role("tab", name="Samples").click()
    page.wait_for_selector("#train-samples >> text=at step 2 ")  # it stays where it was put
    page.locator("#open-snapshot").click()
    page.wait_for_function(
        "[...document.querySelectorAll('input')].some((i) => i.value === 'past @ 2')",
        timeout=20_000,
    )
    page.locator("#generate").click()
    page.wait_for_selector("#player >> text=step 20 / 20", timeout=60_000)
