"""What ships in assets: whole, of the stated size, and as its README says."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

ASSETS = Path(__file__).resolve().parent.parent / "assets"
GROUPS = {
    "Activities",
    "Animals & Nature",
    "Flags",
    "Food & Drink",
    "Objects",
    "People & Body",
    "Smileys & Emotion",
    "Symbols",
    "Travel & Places",
}
DIGITS = set("0123456789")
ZIPS = [("emoji.zip", (32, 32), "RGB", GROUPS), ("digits.zip", (16, 16), "L", DIGITS)]


def entries(name: str) -> dict[str, Image.Image]:
    found = {}
    with zipfile.ZipFile(ASSETS / name) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        for entry in names:
            image = Image.open(io.BytesIO(archive.read(entry)))
            image.load()
            found[entry] = image
    assert len(names) == len(found)  # no name twice
    return found


def table() -> dict[str, dict[str, str]]:
    lines = (ASSETS / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    return {row[0].strip("`"): dict(zip(rows[0], row, strict=True)) for row in rows[2:]}


@pytest.mark.parametrize("name, size, mode, folders", ZIPS)
def test_every_entry_is_a_picture_of_the_stated_kind(name, size, mode, folders):
    found = entries(name)
    kinds = {(image.format, image.size, image.mode) for image in found.values()}
    assert kinds == {("PNG", size, mode)}
    parts = [entry.split("/") for entry in found]
    assert {len(p) for p in parts} == {2}
    assert {p[0] for p in parts} == folders
    assert not [e for e in found if set('\\:*?"<>|') & set(e)]
    assert len({entry.lower() for entry in found}) == len(found)  # also where case is ignored
    assert int(table()[name]["pictures"]) == len(found)


def test_no_two_emoji_are_equal_and_all_lie_on_white():
    found = entries("emoji.zip")
    assert len({image.tobytes() for image in found.values()}) == len(found)
    edge = [(x, y) for x in range(32) for y in (0, 31)] + [
        (x, y) for x in (0, 31) for y in range(32)
    ]
    for entry, image in found.items():
        assert {image.getpixel(at) for at in edge} == {(255, 255, 255)}, entry
        assert image.convert("L").getextrema()[0] < 250, f"{entry} is blank"


def test_digits_are_numbered_once_and_use_the_whole_range():
    found = entries("digits.zip")
    assert sorted(e.split("/")[1] for e in found) == [f"{i:04d}.png" for i in range(len(found))]
    lows, highs = zip(*(image.getextrema() for image in found.values()), strict=True)
    assert (min(lows), max(highs)) == (0, 255)
    assert min(highs) > 200  # white ink on black in each


def test_the_pictures_are_those_of_the_readme():
    stated = {file for file in table() if file.startswith("pictures/")}
    files = sorted((ASSETS / "pictures").iterdir())
    assert stated == {f"pictures/{path.name}" for path in files}
    for path in files:
        with Image.open(path) as image:
            image.load()
            assert (image.size, image.mode) == ((512, 512), "RGB"), path.name
        assert path.stat().st_size < 120_000, path.name
        assert table()[f"pictures/{path.name}"]["pictures"] == "1"


def test_each_row_names_a_licence_a_source_and_a_script_that_exist():
    rows = table()
    assert {"emoji.zip", "digits.zip"} < rows.keys()
    for file, row in rows.items():
        assert (ASSETS / file).is_file(), file
        assert row["source"], file
        assert row["licence"], file
        assert (ASSETS.parent / row["made by"].strip("`").removeprefix("python ")).is_file(), file
        if "LICENSES/" in row["licence"]:
            assert (ASSETS / row["licence"].split("`")[1]).is_file(), file
    licence = (ASSETS / "LICENSES" / "OFL-1.1.txt").read_text(encoding="utf-8")
    assert "Google Inc." in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "FROM, OUT OF THE USE OR INABILITY TO USE THE FONT SOFTWARE" in licence
