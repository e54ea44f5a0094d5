"""TIFF files made by hand, since Pillow writes neither 16 bit colour nor damaged tags."""

import struct
import zlib

import pytest

SIZES = {2: 1, 3: 2, 4: 4, 7: 1}  # bytes of one value: text, short, long, undefined
FORMS = {3: "H", 4: "I"}


@pytest.fixture(scope="session")
def tiff():
    """A TIFF of pixels (H,W) or (H,W,C), in their byte order; tags: {tag: (type, values)}."""

    def make(pixels, tags=(), *, deflate=False):
        height, width, *rest = pixels.shape
        channels, bits = (rest or [1])[0], pixels.dtype.itemsize * 8
        end = ">" if pixels.dtype.byteorder == ">" else "<"
        form = {"u": 1, "i": 2, "f": 3}[pixels.dtype.kind]
        data = zlib.compress(pixels.tobytes()) if deflate else pixels.tobytes()
        entries = {
            256: (3, [width]),
            257: (3, [height]),
            258: (3, [bits] * channels),
            259: (3, [8 if deflate else 1]),
            262: (3, [2 if channels > 1 else 1]),
            273: (4, [0]),  # where the pixels begin, put in below
            277: (3, [channels]),
            278: (3, [height]),
            279: (4, [len(data)]),
            339: (3, [form] * channels),
        } | dict(tags)
        after = 14 + 12 * len(entries)
        body, lines = b"", []
        for tag, (kind, values) in sorted(entries.items()):
            raw = (
                values
                if isinstance(values, bytes)
                else struct.pack(f"{end}{len(values)}{FORMS[kind]}", *values)
            )
            if len(raw) > 4:
                raw, body = struct.pack(end + "I", after + len(body)), body + raw
            lines.append((tag, kind, len(values), raw.ljust(4, b"\0")))
        directory = b"".join(
            struct.pack(end + "HHI", tag, kind, count)
            + (struct.pack(end + "I", after + len(body)) if tag == 273 else raw)
            for tag, kind, count, raw in lines
        )
        head = (b"II*\0" if end == "<" else b"MM\0*") + struct.pack(end + "IH", 8, len(lines))
        return head + directory + struct.pack(end + "I", 0) + body + data

    return make
