import io
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, features

from playground.errors import InputError
from playground.spaces import images


def saved(image, format="PNG", **options):
    data = io.BytesIO()
    image.save(data, format, **options)
    return data.getvalue()


def gradient(mode="RGB", size=(40, 30)):
    across = np.linspace(0, 255, size[0], dtype=np.uint8)
    return Image.fromarray(np.broadcast_to(across, (size[1], size[0])).copy()).convert(mode)


def png_that_claims(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "is empty"),
        (b"just some words", "is not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "is not a picture"),
        (saved(gradient(size=(300, 300)), "JPEG")[:-800], "damaged or cut off"),
        (saved(gradient(size=(300, 300)))[:200], "damaged or cut off"),
        (png_that_claims(30_000, 30_000), "far too many pixels"),
        (png_that_claims(12_000, 12_000), "megapixels"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(data, said):
    with pytest.raises(InputError, match=said) as caught:
        images.open_picture(data, name="it.png")
    assert "\n" not in str(caught.value)
    assert "it.png" in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path):
    with pytest.raises(InputError, match="no file"):
        images.open_picture(tmp_path / "none.png")
    with pytest.raises(InputError, match="folder"):
        images.open_picture(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its peak memory")
def test_a_bomb_is_refused_before_it_takes_memory(tmp_path, peak_memory):
    (tmp_path / "bomb.png").write_bytes(png_that_claims(30_000, 30_000))
    code = f"""
{peak_memory}
from playground.errors import InputError
from playground.spaces.images import open_picture
before = peak()
try:
    open_picture({str(tmp_path / "bomb.png")!r})
except InputError:
    print(peak() - before)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(out.stdout) < 50_000  # kB


def test_sixteen_bits_are_scaled_and_not_clipped():
    deep = np.broadcast_to(np.linspace(0, 65535, 40, dtype=np.uint16), (30, 40)).copy()
    got = np.asarray(images.open_picture(saved(Image.fromarray(deep))))
    assert abs(got[:, :, 0].astype(int) - (deep / 257).round()).max() <= 1


def test_transparency_is_laid_over_the_background():
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    assert images.open_picture(saved(clear)).getpixel((0, 0)) == (255, 255, 255)
    half = Image.new("RGBA", (8, 8), (255, 0, 0, 128))
    assert images.open_picture(saved(half), background=(0, 0, 0)).getpixel((0, 0)) == (128, 0, 0)
    palette = clear.convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    got = images.open_picture(saved(palette, transparency=palette.getpixel((0, 0))))
    assert got.getpixel((0, 0)) == (255, 255, 255)


def test_turned_photographs_stand_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    assert images.open_picture(saved(gradient(), "JPEG", exif=exif)).size == (30, 40)


@pytest.mark.parametrize(
    "mode, format", [("CMYK", "JPEG"), ("L", "PNG"), ("1", "PNG"), ("P", "GIF")]
)
def test_every_mode_becomes_rgb(mode, format):
    got = images.open_picture(saved(gradient(mode), format))
    assert (got.mode, got.size) == ("RGB", (40, 30))
    assert got.getpixel((39, 0))[0] > got.getpixel((0, 0))[0] + 100


@pytest.mark.skipif(not features.check("avif"), reason="this build of Pillow reads no AVIF")
def test_avif_is_read():
    got = images.open_picture(saved(gradient(), "AVIF"))
    assert abs(np.asarray(got, int) - np.asarray(gradient(), int)).mean() < 4
    with pytest.raises(InputError, match="AVIF"):
        images.open_picture(b"just some words")


def test_the_first_frame_of_an_animation_is_taken():
    red, blue = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    data = saved(red, "GIF", save_all=True, append_images=[blue])
    assert images.open_picture(data).getpixel((4, 4)) == (255, 0, 0)


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 3), st.just(12), st.just(12), st.just(3))))
def test_encoding_and_decoding_gives_the_same_pixels(pixels):
    x = images.encode([Image.fromarray(p) for p in pixels], 12)
    assert x.dtype == torch.float32
    assert x.abs().max() <= 1
    assert np.array_equal(images.decode(x), pixels)


def test_a_sheet_holds_every_picture_in_order():
    x = torch.linspace(-1, 1, 6)[:, None, None, None].expand(6, 1, 4, 4)
    sheet = images.tile(x, columns=3, gap=1)
    assert sheet.shape == (9, 14, 3)
    assert [int(sheet[0, 5 * i, 0]) for i in range(3)] == [0, 51, 102]
    assert int(sheet[5, 10, 0]) == 255


def test_a_reduced_jpeg_is_the_same_picture_and_never_too_small():
    data = saved(gradient(size=(1200, 900)), "JPEG")
    whole, part = images.open_picture(data), images.open_picture(data, at_least=128)
    assert part.size == (300, 225)  # an eighth would leave 112 rows
    a, b = (images.encode([image], 32) for image in (whole, part))
    assert (a - b).abs().max() < 0.03  # 4 of 255
    assert images.open_picture(data, at_least=5000).size == whole.size


def test_one_picture_is_a_sheet_of_one():
    x = torch.rand(3, 5, 7) * 2 - 1
    assert np.array_equal(images.tile(x), images.tile(x[None]))
