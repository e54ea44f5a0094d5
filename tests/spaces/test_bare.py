"""What a picture says of itself never matters to its pixels."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from playground.errors import InputError
from playground.spaces import images
from playground.spaces.bare import bare

PIXELS = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
SIX = struct.pack("<HH", 6, 0)


def exif(*entries):
    """EXIF of (tag, type, count, value or place) as they are, right or wrong."""
    lines = b"".join(struct.pack("<HHI", *line[:3]) + line[3] for line in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + lines + struct.pack("<I", 0)


TURNED = (0x112, 3, 1, SIX)
DAMAGED = {  # and whether the orientation can still be read
    "resolution is a text": (exif(TURNED, (0x11A, 2, 4, b"72\0\0")), True),
    "width is a text": (exif(TURNED, (0x100, 2, 4, b"abc\0")), True),
    "a value lies outside": (exif(TURNED, (0x11A, 5, 1, struct.pack("<I", 9999))), True),
    "a part lies outside": (exif(TURNED, (0x8769, 4, 1, struct.pack("<I", 9999))), True),
    "a part is itself": (exif(TURNED, (0x8769, 4, 1, struct.pack("<I", 8))), True),
    "places are a text": (exif(TURNED, (0x8825, 2, 4, b"abc\0")), True),
    "so many values": (exif(TURNED, (0x11A, 5, 0x7FFFFFFF, struct.pack("<I", 50))), True),
    "orientation is a text": (exif((0x112, 2, 2, b"6\0\0\0")), False),
    "no such orientation": (exif((0x112, 3, 1, struct.pack("<HH", 99, 0))), False),
    "cut off": (exif(TURNED)[:15], False),
    "junk": (b"junkjunkjunk", False),
}


def saved(format, **options):
    data = io.BytesIO()
    Image.fromarray(PIXELS).save(data, format, **options)
    return data.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_exif_costs_nothing(case, format):
    said, readable = DAMAGED[case]
    data = saved(format, exif=b"Exif\0\0" + said if format == "JPEG" else said)
    plain = images.open_picture(saved(format))
    expected = plain.transpose(Image.Transpose.ROTATE_270) if readable else plain
    assert np.array_equal(images.open_picture(data), expected)


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_orientation_is_turned_as_pillow_turns_it(turn):
    held = Image.Exif()
    held[0x112] = turn
    data = saved("JPEG", exif=held)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert np.array_equal(images.open_picture(data), expected)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {282: (2, b"72\0\0"), 283: (2, b"\0")},  # resolutions
        {34853: (2, b"abc\0")},  # places
        {34665: (4, [99999])},  # EXIF
        {305: (7, b"\xff\xfe\xfd\xfc\xfb")},  # the software
    ],
)
def test_a_tiff_stands_upright_whatever_its_other_tags(tiff, tags):
    data = tiff(PIXELS, {274: (3, [6]), **tags})
    assert np.array_equal(images.open_picture(data), np.rot90(PIXELS, -1))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"zTXt", b"workflow\0\0" + zlib.compress(b"{}" * 3_000_000)),
        chunk(b"iCCP", b"big\0\0" + zlib.compress(b"\0" * 3_000_000)),
        chunk(b"pHYs", b"\1"),
        chunk(b"cHRM", b"\1"),
        chunk(b"eXIf", b"junk"),
        chunk(b"iTXt", b"no end"),
    ],
)
def test_no_chunk_beside_the_pixels_of_a_png_matters(extra):
    data = saved("PNG")
    end = 8 + 25  # of the header
    assert np.array_equal(images.open_picture(data[:end] + extra + data[end:]), PIXELS)
    assert np.array_equal(images.open_picture(data[:-12] + extra + data[-12:]), PIXELS)


@pytest.mark.parametrize(
    "extra",
    [
        b"\xff\xe0\0\x09JFIF\0\1\1",  # too short
        b"\xff\xed\0\x14Photoshop 3.0\0\xff\xff\xff\xff",
        b"\xff\xe2\0\x0aMPF\0junk",
        b"\xff\xee\0\x09Adobe\0\1",
        b"\xff\xfe\0\x05\xff\xfe\xfd",  # a comment
    ],
)
def test_no_segment_beside_the_pixels_of_a_jpeg_matters(extra):
    data = saved("JPEG")
    expected = np.asarray(images.open_picture(data))
    assert np.array_equal(images.open_picture(data[:2] + extra + data[2:]), expected)


def test_an_avif_is_read_without_its_damaged_exif():
    held = Image.Exif()
    held[0x112], held[0x10E] = 6, "a picture"
    data = saved("AVIF", quality=100, exif=held)
    assert images.open_picture(data).size == (30, 40)
    spoilt = data.replace(b"II*\0", b"junk").replace(b"MM\0*", b"junk")
    assert spoilt != data
    assert images.open_picture(spoilt).size == (30, 40)


def test_what_is_cut_off_stays_cut_off():
    for format in ("PNG", "JPEG", "AVIF"):
        data = saved(format)
        for length in (10, 40, len(data) // 2):
            assert bare(data[:length]) is None or bare(data[:length]) != data
            with pytest.raises(InputError, match=r"it\.png"):
                images.open_picture(data[:length], name="it.png")
    assert bare(b"GIF89a") is None
