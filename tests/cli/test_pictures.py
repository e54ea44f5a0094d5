"""A picture that a command writes is of the kind that its name ends in."""

import pytest
from PIL import Image
from typer.testing import CliRunner

from playground.cli import app, pictures  # noqa: F401  (it registers)
from playground.errors import InputError


@pytest.mark.parametrize(
    "name, kind",
    [
        *(("y.png", "PNG"), ("y.jpg", "JPEG"), ("Y.JPEG", "JPEG"), ("y.webp", "WEBP")),
        *(("y.tif", "TIFF"), ("y.tiff", "TIFF"), ("y.bmp", "BMP")),
    ],
)
def test_the_suffix_decides_what_is_written(tmp_path, name, kind):
    Image.new("RGB", (50, 40), "orange").save(tmp_path / "x.jpg")
    out = tmp_path / name
    done = CliRunner().invoke(app, ["noise", str(tmp_path / "x.jpg"), "-o", str(out), "--t", "0"])
    assert done.exit_code == 0, done.exception
    made = Image.open(out)
    assert (made.format, made.size) == (kind, (256, 256))
    red, green, blue = made.convert("RGB").getpixel((128, 128))
    assert abs(red - 255) + abs(green - 165) + abs(blue) < 9


@pytest.mark.parametrize("name", ["y", "y.exe", "y.png.txt"])
def test_another_suffix_is_refused_before_any_work(tmp_path, name):
    words = ["noise", str(tmp_path / "none.jpg"), "-o", str(tmp_path / name)]
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, InputError)
    assert "end its name in" in str(done.exception)
