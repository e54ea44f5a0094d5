"""Picture files without what they say about themselves: only what makes the pixels is left.

A decoder refuses a picture whose description is damaged (a date that is no date, a comment that is
too long). Its pixels can be read all the same: from the file without its description.
"""

import re
import struct
from collections.abc import Callable, Iterator

PNG = b"\x89PNG\r\n\x1a\n"
OF_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}  # chunks of a PNG that make its pixels
ADOBE = 0xEE  # the marker of a JPEG that tells how its colours are coded
SCAN = 0xDA  # ends a JPEG's header


def bare(data: bytes) -> bytes | None:
    """Return the same picture's file without its metadata; None where it is no PNG, JPEG or AVIF.

    A file that is damaged beyond them gives another damaged file.
    """
    for begins, strip in KINDS:
        if begins(data):
            try:
                return strip(data)
            except struct.error:  # cut off
                return None
    return None


def _png(data: bytes) -> bytes:
    return PNG + b"".join(chunk for kind, chunk in _chunks(data) if kind in OF_PIXELS)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's name and its bytes (length and checksum included)."""
    at = len(PNG)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at : at + 12 + length]
        at += 12 + length


def _jpeg(data: bytes) -> bytes:
    kept, at = [data[:2]], 2
    while True:
        ff, marker, length = struct.unpack_from(">BBH", data, at)
        if ff != 0xFF:
            raise struct.error
        if marker == SCAN:
            return b"".join([*kept, data[at:]])
        says = 0xE0 <= marker <= 0xEF or marker == 0xFE  # of an application, or a comment
        if not says or (marker == ADOBE and length >= 14):
            kept.append(data[at : at + 2 + length])
        at += 2 + length


def _avif(data: bytes) -> bytes:
    """Rename its EXIF item's kind to one that no decoder knows; all offsets must stay.

    Source: ISO/IEC 14496-12, 8.11.6: version, the item's number, its protection, its kind.
    """
    return re.sub(rb"(infe.{8}|infe.{10})Exif", rb"\1none", data, count=1, flags=re.DOTALL)


KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (lambda data: data.startswith(PNG), _png),
    (lambda data: data.startswith(b"\xff\xd8"), _jpeg),
    (lambda data: data[4:8] == b"ftyp", _avif),
)
