import numpy as np
import pytest
from PIL import Image

from playground.errors import InputError
from playground.spaces.crops import busiest, square


def speckled(width, height, at):
    """A plain picture with a patch of noise, 30 pixels a side, at this share of its length."""
    image = Image.new("RGB", (width, height), (90, 120, 150))
    noise = np.random.default_rng(0).integers(0, 256, (30, 30, 3), dtype=np.uint8)
    left = round(at * (width - 30)) if width > height else (width - 30) // 2
    top = round(at * (height - 30)) if height >= width else (height - 30) // 2
    image.paste(Image.fromarray(noise), (left, top))
    return image


def test_centre_keeps_the_middle_and_whole_keeps_all():
    wide = Image.new("RGB", (90, 30), "red")
    wide.paste("blue", (30, 0, 60, 30))
    assert square(wide, 30).getpixel((15, 15)) == (0, 0, 255)
    padded = square(wide, 30, fit="whole", background=(9, 9, 9))
    assert padded.getpixel((0, 0)) == (9, 9, 9)
    assert padded.getpixel((2, 15))[0] > 200


@pytest.mark.parametrize("size", [(200, 60), (60, 200), (301, 60)])
@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_smart_finds_the_subject_wherever_it_is(size, at):
    image = speckled(*size, at)
    detail = np.asarray(square(image, 60, fit="smart")).std()
    assert detail > 0.9 * np.asarray(square(speckled(*size, 0.5), 60)).std()
    assert busiest(image) == busiest(image.copy())
    assert busiest(image) == pytest.approx(at, abs=0.2)


@pytest.mark.parametrize("size", [(200, 60), (60, 201), (64, 64), (1, 500)])
def test_where_all_is_alike_smart_is_the_centre(size):
    assert busiest(Image.new("RGB", size, "teal")) == pytest.approx(0.5, abs=0.01)


def test_an_unknown_crop_is_refused():
    with pytest.raises(InputError, match="centre"):
        square(Image.new("RGB", (9, 9)), 8, fit="crop")
