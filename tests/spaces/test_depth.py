"""Pictures of more than 8 bits: what is seen depends on what a file says of its scale."""

import io

import numpy as np
import pytest
from PIL import Image

from playground.spaces.depth import reach, to_8bit
from playground.spaces.images import open_picture

SHAPES = np.full((40, 40), 78, np.uint8)
SHAPES[5:20, 5:20], SHAPES[20:38, 8:30] = 142, 212
STRETCHED = (SHAPES - 78.0) / (212 - 78) * 255


def opened(array, format="TIFF"):
    data = io.BytesIO()
    Image.fromarray(array).save(data, format)
    return np.asarray(open_picture(data.getvalue())).astype(float)


@pytest.mark.parametrize("bits", [9, 10, 12, 14])
def test_a_grey_tiff_is_seen_by_its_own_range(bits):
    values = (SHAPES / 255 * (2**bits - 1)).astype(np.uint16)
    assert abs(opened(values) - STRETCHED[..., None]).max() <= 2
    values[3, 4] = 65535  # a hot pixel
    seen = opened(values)
    assert seen[3, 4].tolist() == [255] * 3
    seen[3, 4] = STRETCHED[3, 4]
    assert abs(seen - STRETCHED[..., None]).max() <= 2


@pytest.mark.parametrize("stray", [np.inf, -np.inf, np.nan, 1e30, -1e30])
@pytest.mark.parametrize("scale", [1 / 255, 1.0, 1e-6, 1e6])
def test_a_float_tiff_is_seen_by_its_own_range_a_stray_pixel_aside(scale, stray):
    values = (SHAPES * scale).astype(np.float32)
    assert abs(opened(values) - STRETCHED[..., None]).max() <= 1
    values[3, 4] = stray
    seen = opened(values)
    seen[3, 4] = STRETCHED[3, 4]
    assert abs(seen - STRETCHED[..., None]).max() <= 1


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("bits", [10, 12, 14, 16])
def test_a_colour_tiff_is_seen_by_the_bits_that_it_fills(tiff, bits, order, deflate):
    pixels = np.stack([SHAPES, SHAPES[::-1], 255 - SHAPES], -1)
    values = (pixels / 255 * (2**bits - 1)).astype(f"{order}u2")
    seen = np.asarray(open_picture(tiff(values, deflate=deflate))).astype(float)
    assert abs(seen - pixels).max() <= 1


def test_a_png_tells_its_white_and_is_seen_so():
    dim = SHAPES.astype(np.uint16) * 64  # a quarter of 65535
    assert abs(opened(dim, "PNG") - (dim / 257)[..., None]).max() <= 1
    dark = SHAPES.astype(np.uint16) * 16  # 12 bits: nearly black would help no one
    assert abs(opened(dark, "PNG") - STRETCHED[..., None]).max() <= 1


def test_one_colour_all_over_is_a_picture_too():
    for value in (0, 300, 65535):
        assert np.ptp(opened(np.full((8, 8), value, np.uint16))) == 0
    assert np.ptp(opened(np.full((8, 8), np.nan, np.float32))) == 0


def test_a_few_bright_values_on_one_ground_are_no_stray_ones():
    stars = np.zeros((40, 40), np.uint16)
    stars[5, 5] = 900
    assert reach(stars.astype(float)) == (0, 900)
    assert to_8bit(stars)[5, 5] == 255


def test_a_known_white_is_kept_unless_values_are_beyond():
    values = np.array([[0.2, 0.4], [0.6, 0.8]])
    assert to_8bit(values, 1.0).tolist() == [[51, 102], [153, 204]]
    assert to_8bit(values * 5, 1.0).max() == 255
