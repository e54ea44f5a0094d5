"""The ways in for pictures: drawn, from the camera, from a folder, and very many at once."""

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
FILES = "#train-files input[type=file]"


def taken(page, words):
    page.wait_for_selector(f"#taken >> text={words}", timeout=30_000)


def pixel(page, x, y):
    return page.locator("#draw_pad .paper").evaluate(
        "(c, [x, y]) => [...c.getContext('2d').getImageData(x, y, 1, 1).data].slice(0, 3)", [x, y]
    )


def saved(folder, count):
    folder.mkdir(parents=True)
    for i in range(count):
        colour = (i % 256, (31 * i) % 256, len(folder.name))
        Image.new("RGB", (20, 20), colour).save(folder / f"{i:03d}.png")


def test_pictures_are_drawn_and_taken_by_the_camera_from_folders_and_by_the_hundred(page, tmp_path):
    page.get_by_role("tab", name="Train").click()
    page.get_by_label("draw", exact=True).check()
    pad = page.locator("#draw_pad")
    pad.get_by_label("red").click()
    box = pad.locator(".paper").bounding_box()
    x, y, unit = box["x"], box["y"], box["width"] / 32
    page.mouse.move(x + 4.5 * unit, y + 8.5 * unit)
    page.mouse.down()
    page.mouse.move(x + 20.5 * unit, y + 8.5 * unit)
    page.mouse.up()
    red = pixel(page, 12, 8)
    assert red != [255, 255, 255]
    pad.get_by_role("button", name="Undo").click()
    assert pixel(page, 12, 8) == [255, 255, 255]
    pad.get_by_role("button", name="Redo").click()
    assert pixel(page, 12, 8) == red
    pad.get_by_placeholder("none, or such as sun").fill("sun")
    pad.get_by_role("button", name="Add to the set").click()
    assert pixel(page, 12, 8) == [255, 255, 255]  # a new sheet

    pad.locator(".paper").focus()  # the second one by the keyboard alone
    page.keyboard.press(" ")
    pad.get_by_placeholder("none, or such as sun").fill("dot")
    pad.get_by_role("button", name="Add to the set").click()
    taken(page, "2 pictures")
    assert "2 classes: dot, sun" in page.inner_text("#taken")
    pad.get_by_role("button", name="Take picture 1 (sun) out of the set").click()
    taken(page, "1 picture")

    page.get_by_label("webcam", exact=True).check()
    camera = page.locator("#webcam_burst")
    camera.get_by_role("button", name="Start camera").click()
    camera.get_by_label("Pictures a burst").fill("3")
    camera.get_by_role("button", name="Take 3 pictures").click()
    page.wait_for_selector("#webcam_burst [data-pictures='3'], #webcam_burst[data-pictures='3']")
    taken(page, "As the network sees them")
    page.get_by_label("my files", exact=True).check()
    page.get_by_label("webcam", exact=True).check()
    camera.get_by_role("button", name="Start camera").wait_for()  # unseen, it was switched off

    page.get_by_label("my files", exact=True).check()
    for name in ("cats", "horses"):
        saved(tmp_path / "animals" / name, 3)
    (tmp_path / "animals" / "notes.txt").write_text("not a picture")
    page.set_input_files("#folder_picker input[type=file]", tmp_path / "animals")
    taken(page, "6 pictures")
    assert "2 classes: cats, horses" in page.inner_text("#taken")
    page.wait_for_selector("#folder_picker >> text=6 pictures, 1 other files left out")

    saved(tmp_path / "many", 230)
    page.locator("#train-files").get_by_label("Clear").click()
    page.set_input_files(FILES, sorted((tmp_path / "many").iterdir()))
    taken(page, "230 pictures")
    page.wait_for_selector("#folder_picker >> text=230 files: 230 pictures")
