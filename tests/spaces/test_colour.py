"""Pictures in other colour spaces come out in sRGB, held against the definitions of both."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from playground.spaces.images import open_picture

D50 = np.array([0.9642, 1.0, 0.8249])
D65, D50_XY = (0.3127, 0.3290), (0.3457, 0.3585)
SPACES = {  # x, y of red, green and blue, of white, and the power law
    "Adobe-like": ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65, 2.2),
    "P3": ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06), D65, 2.2),
    "ProPhoto": ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), D50_XY, 1.8),
    "sRGB": ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65, 2.2),
}
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


def xyz(x, y):
    return np.array([x / y, 1, (1 - x - y) / y])


def to_d50(name):
    """(3,3), from linear colours to XYZ as seen under D50."""
    *ends, white, _ = SPACES[name]
    matrix = np.stack([xyz(*end) for end in ends], 1)
    matrix = matrix * np.linalg.solve(matrix, xyz(*white))
    scale = np.diag((BRADFORD @ D50) / (BRADFORD @ xyz(*white)))
    return np.linalg.inv(BRADFORD) @ scale @ BRADFORD @ matrix


def curved(linear):
    """sRGB's own curve (IEC 61966-2-1), 0 to 255."""
    low, high = 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055
    return 255 * np.where(linear <= 0.0031308, low, high)


def in_srgb(colours, name):
    linear = (colours / 255) ** SPACES[name][-1]
    return curved(np.clip(linear @ to_d50(name).T @ np.linalg.inv(to_d50("sRGB")).T, 0, 1))


def profile(name, space=b"RGB "):
    """An ICC profile (ICC.1:2001-04) of primaries and a power law; of b"GRAY" the law alone."""

    def fixed(*numbers):
        return struct.pack(f">{len(numbers)}i", *(round(float(n) * 65536) for n in numbers))

    said = name.encode() + b"\0"
    gamma = b"curv" + struct.pack(">IIH", 0, 1, round(SPACES[name][-1] * 256))
    tags = [
        (b"desc", b"desc" + struct.pack(">II", 0, len(said)) + said + b"\0" * 78),
        (b"wtpt", b"XYZ \0\0\0\0" + fixed(*D50)),
    ]
    if space == b"GRAY":
        tags.append((b"kTRC", gamma))
    else:
        for letter, column in zip("rgb", to_d50(name).T, strict=True):
            tags.append((f"{letter}XYZ".encode(), b"XYZ \0\0\0\0" + fixed(*column)))
            tags.append((f"{letter}TRC".encode(), gamma))
    table, body, at = b"", b"", 132 + 12 * len(tags)
    for tag, data in tags:
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12x4s28x", at + len(body), b"none", 0x02400000, b"mntr", space, b"XYZ ", b"acsp"
    )
    head = (head + fixed(*D50)).ljust(128, b"\0")
    return head + struct.pack(">I", len(tags)) + table + body


def opened(pixels, icc, format="PNG", **options):
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, format, icc_profile=icc, **options)
    return np.asarray(open_picture(data.getvalue())).astype(float)


def colours(*shape):
    return np.random.default_rng(0).integers(0, 256, (40, 40, *shape), dtype=np.uint8)


@pytest.mark.parametrize("format", ["PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("name", SPACES)
def test_colours_of_a_profile_become_srgb(name, format):
    pixels, options = colours(3), {"lossless": True} if format == "WEBP" else {}
    expected = in_srgb(pixels, name)
    assert abs(opened(pixels, profile(name), format, **options) - expected).max() <= 1.5
    assert abs(pixels - expected).max() > 5  # so it does matter


def test_a_profile_of_greys_is_heeded():
    pixels = np.arange(256, dtype=np.uint8)[None].repeat(4, 0)
    expected = curved((pixels / 255) ** SPACES["ProPhoto"][-1])[..., None]
    assert abs(opened(pixels, profile("ProPhoto", b"GRAY")) - expected).max() <= 2


def test_transparency_is_laid_over_the_background_after_the_colours_are_right():
    pixels = np.concatenate([colours(3), np.full((40, 40, 1), 128, np.uint8)], -1)
    share = 128 / 255
    expected = in_srgb(pixels[..., :3], "P3") * share + 255 * (1 - share)
    assert abs(opened(pixels, profile("P3")) - expected).max() <= 2
    grey = np.stack([np.full((4, 4), 100, np.uint8), np.full((4, 4), 128, np.uint8)], -1)
    light = curved(np.array((100 / 255) ** 1.8))
    expected = light * share + 255 * (1 - share)
    assert abs(opened(grey, profile("ProPhoto", b"GRAY")) - expected).max() <= 2


def test_a_palette_and_16_bits_are_heeded():
    red = Image.new("RGB", (4, 4), (255, 0, 0)).quantize(4)
    data = io.BytesIO()
    red.save(data, "PNG", icc_profile=profile("Adobe-like"))
    assert np.asarray(open_picture(data.getvalue()))[0, 0].tolist() == [255, 0, 0]  # out of sRGB
    deep = np.linspace(0, 65535, 256).round().astype(np.uint16)[None]
    expected = curved((deep / 65535) ** 1.8)[..., None]
    assert abs(opened(deep, profile("ProPhoto", b"GRAY")) - expected).max() <= 2


@pytest.mark.parametrize(
    "icc",
    [b"junk", profile("P3")[:200], profile("P3", b"GRAY"), profile("P3").replace(b"rXYZ", b"none")],
)
def test_a_profile_that_cannot_be_used_changes_nothing(icc):
    pixels = colours(3)
    assert np.array_equal(opened(pixels, icc), pixels)


def test_srgb_itself_changes_nothing():
    pixels = colours(3)
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(opened(pixels, own), pixels)
