"""Names of files in zips and folders as their maker saw them, whatever wrote them."""

import posixpath
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence

from playground.code_pages import LAST, page_of

UTF8 = 0x800  # the flag of an entry whose name is UTF-8 (APPNOTE 4.4.4, bit 11)
UNICODE_PATH = 0x7075  # the extra field with the name in UTF-8 (APPNOTE 4.6.9)
DRIVE = re.compile(r"[A-Za-z]:")


def of_zip(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the path of each entry, with /; a folder's ends in it.

    Where nothing tells in which code page the names are, they are taken for that in which all read
    best, as those of one zip have one writer.
    """
    raw = {
        place: entry.orig_filename.encode("cp437")  # from which zipfile read it
        for place, entry in enumerate(entries)
        if not entry.flag_bits & UTF8 and not entry.orig_filename.isascii()
    }
    told = {place: name for place in raw if (name := _told(entries[place], raw[place]))}
    unknown = [name for place, name in raw.items() if place not in told]
    page = page_of([part for name in unknown for part in name.split(b"/")]) if unknown else LAST
    return [
        _path(told.get(place) or (_read(raw[place], page) if place in raw else e.orig_filename))
        for place, e in enumerate(entries)
    ]


def of_disk(paths: Sequence[str]) -> list[str]:
    """Return the paths of a folder's files in letters, also where they are none to this system."""
    raw = {
        place: path.encode("utf-8", "surrogateescape")
        for place, path in enumerate(paths)
        if any(unicodedata.category(character) == "Cs" for character in path)
    }
    page = page_of([part for name in raw.values() for part in name.split(b"/")]) if raw else LAST
    return [
        _seen(_read(raw[place], page) if place in raw else path) for place, path in enumerate(paths)
    ]


def leaves(name: str) -> bool:
    """Whether a path of a zip leads out of where it would be unpacked."""
    return name.startswith(("/", "../")) or name == ".." or DRIVE.match(name) is not None


def _read(raw: bytes, page: str) -> str:
    try:
        return raw.decode(page)
    except UnicodeDecodeError:
        return raw.decode(LAST)


def _path(name: str) -> str:
    """Put / for what Windows writes, and leave steps out that lead nowhere."""
    name = _seen(name.partition("\0")[0].replace("\\", "/"))
    plain = posixpath.normpath(name)
    return plain + "/" if name.endswith("/") and plain != "/" else plain


def _seen(name: str) -> str:
    """Replace what a terminal would take for a command."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)


def _told(entry: zipfile.ZipInfo, raw: bytes) -> str:
    """Return the name in the extra field, if there is one and it is of this name; else ""."""
    at, extra = 0, entry.extra
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == UNICODE_PATH and len(field) > 5:
            version, crc = struct.unpack_from("<BI", field)
            if version == 1 and crc == zlib.crc32(raw):
                return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return ""
