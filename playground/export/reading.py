"""Settings out of a file that this program made, or that a stranger says it made.

The containers are walked here, and only what can be the settings is read: no pixel is decoded, no
video demuxed and nothing unpickled, so a file can claim what it likes.
"""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np

from playground.errors import InputError
from playground.export.pictures import KEY

LONGEST = 400_000  # bytes of settings; the longest that are written have a tenth of that
MOST = 10_000  # chunks, blocks or members that are looked through
LARGEST = 1 << 30  # bytes of an NPZ, whose list of members zipfile reads as a whole
TOO_LONG = "The text in {name} is far too long to be this program's settings; use another file."
NONE = "{name} carries no settings of this program; use a PNG, GIF, MP4, NPZ or JSON that it made."


def read_settings(path: str | Path) -> str:
    """Read the settings in a PNG, GIF, MP4, NPZ or JSON file, as text that is not checked yet.

    What kind of file it is, its first bytes say. InputError, in one sentence, for a file without
    settings, with too long ones, cut off, or of another kind.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            head = file.read(12)
            file.seek(0)
            found = _reader(head)(file, path.name)
    except FileNotFoundError as error:
        raise InputError("There is no file {path}; check the path.", path=path) from error
    except IsADirectoryError as error:
        raise InputError("{name} is a folder; choose a file.", name=path.name) from error
    except InputError:
        raise
    except (OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError) as error:
        raise InputError("{name} is damaged or cut off; save it again.", name=path.name) from error
    except (zipfile.BadZipFile, MemoryError, IndexError) as error:
        raise InputError("{name} is damaged or cut off; save it again.", name=path.name) from error
    if not found:
        raise InputError(NONE, name=path.name)
    return found.decode("utf-8", "replace")


def _reader(head: bytes) -> Callable[[BinaryIO, str], bytes]:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return _gif
    if head[4:8] == b"ftyp":
        return _mp4
    if head.startswith(b"PK"):
        return _npz
    return _json


def _some(file: BinaryIO, count: int, name: str) -> bytes:
    """Read exactly so many bytes, of which there may not be too many."""
    if count > LONGEST:
        raise InputError(TOO_LONG, name=name)
    found = file.read(count)
    if len(found) < count:
        raise EOFError
    return found


def _png(file: BinaryIO, name: str) -> bytes:
    file.seek(8)
    for _ in range(MOST):
        size, kind = int.from_bytes(_some(file, 4, name), "big"), _some(file, 4, name)
        if kind == b"IEND":
            break
        if kind == b"tEXt" and _some(file, min(size, len(KEY) + 1), name) == KEY.encode() + b"\0":
            return _some(file, size - len(KEY) - 1, name)
        if kind == b"tEXt":
            size -= min(size, len(KEY) + 1)
        file.seek(size + 4, os.SEEK_CUR)
    return b""


def _gif(file: BinaryIO, name: str) -> bytes:
    """Return the first comment before the first picture."""
    file.seek(10)
    flags = _some(file, 3, name)[0]
    file.seek(3 << (flags & 7) + 1 if flags & 128 else 0, os.SEEK_CUR)
    for _ in range(MOST):
        if _some(file, 1, name) != b"!":
            break
        label, parts, size = _some(file, 1, name), bytearray(), _some(file, 1, name)[0]
        while size:
            parts += _some(file, size, name)
            if len(parts) > LONGEST:
                raise InputError(TOO_LONG, name=name)
            size = _some(file, 1, name)[0]
        if label == b"\xfe":
            return bytes(parts)
    return b""


def _mp4(file: BinaryIO, name: str) -> bytes:
    """Return the comment: moov / udta / meta / ilst / (c)cmt / data (ISO 14496-12, QuickTime)."""
    file.seek(0, os.SEEK_END)
    begin, end = 0, file.tell()
    for kind in (b"moov", b"udta", b"meta", b"ilst", b"\xa9cmt", b"data"):
        place = _box(file, kind, begin, end, name)
        if place is None:
            return b""
        begin, end = place
        begin += {b"meta": 4, b"data": 8}.get(kind, 0)  # version and flags; type and country
    file.seek(begin)
    return _some(file, max(0, end - begin), name)


def _box(file: BinaryIO, wanted: bytes, begin: int, end: int, name: str) -> tuple[int, int] | None:
    """Return where the content of the first box of this kind lies between these two places."""
    for _ in range(MOST):
        if begin + 8 > end:
            return None
        file.seek(begin)
        size, kind = int.from_bytes(_some(file, 4, name), "big"), _some(file, 4, name)
        content = begin + 8
        if size == 1:  # its size takes 64 bits
            size, content = int.from_bytes(_some(file, 8, name), "big"), begin + 16
        size = end - begin if size == 0 else size
        if size < content - begin or begin + size > end:
            raise EOFError
        if kind == wanted:
            return content, begin + size
        begin += size
    return None


def _npz(file: BinaryIO, name: str) -> bytes:
    if os.fstat(file.fileno()).st_size > LARGEST:
        raise InputError(
            "{name} is too large to look for settings in it; use another file.", name=name
        )
    with zipfile.ZipFile(file) as members:
        try:
            about = members.getinfo("settings.npy")
        except KeyError:
            return b""
        if about.file_size > 4 * LONGEST:
            raise InputError(TOO_LONG, name=name)
        with members.open(about) as member:
            array = io.BytesIO(member.read(4 * LONGEST + 1))
    version = np.lib.format.read_magic(array)
    if version != (1, 0):
        return b""
    shape, _, dtype = np.lib.format.read_array_header_1_0(array)
    text = array.read()
    if dtype.kind != "U" or shape != () or len(text) != dtype.itemsize:
        return b""
    return np.frombuffer(text, dtype)[0].encode("utf-8") if text else b""


def _json(file: BinaryIO, name: str) -> bytes:
    found = file.read(LONGEST + 1)
    if len(found) > LONGEST:
        raise InputError(NONE, name=name)
    return found if found.lstrip().startswith(b"{") else b""
