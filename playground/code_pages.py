"""Text of which nobody tells the code page: UTF-8 where it is, else the one that reads best."""

import re
import unicodedata
from collections.abc import Sequence

import chardet

# What Windows calls OEM, in which its Explorer and most packers write names
NAMES = (
    *("gb18030", "cp932", "cp949", "big5hkscs", "cp850", "cp437", "cp866"),
    *("cp852", "cp737", "cp857", "cp862"),
)
SELDOM = ("cp1251", "cp1252")  # in which some others write them
# What Windows calls ANSI, in which its programs write text
TEXTS = ("gb18030", "cp932", "cp949", "big5hkscs", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254")
LAST = "cp437"  # has a character for every byte
ENOUGH = 20_000  # bytes that tell
LETTER = r"[^\W\d_a-zA-Z]"  # beyond ASCII
AFTER, BESIDE = re.compile(rf"[a-z]({LETTER})"), re.compile(rf"[a-z]{LETTER}|{LETTER}[a-z]")
WITHIN = re.compile(rf"(?<=[a-zA-Z]){LETTER}|{LETTER}(?=[a-zA-Z])")
WIDE = ("gb18030", "cp932", "cp949", "big5hkscs")  # of two bytes a character
OF_NAMES = set("·・ー〜～、。「」（）！＆－＿　 ")  # that are no letters, and stand in names


def page_of(words: Sequence[bytes], pages: Sequence[str] = NAMES) -> str:
    """Return the code page of these words, which are of one writer: "utf-8" or one of `pages`.

    Of those that chardet takes for likely, the first in which all is letters, as in names and in
    words, and no drawing of lines.
    """
    raw = b"\n".join(dict.fromkeys(words))[:ENOUGH]
    if _reads(raw, "utf-8") is not None:
        return "utf-8"
    likely = chardet.detect_all(
        raw, ignore_threshold=True, compat_names=False, include_encodings=list(pages)
    )
    found = [str(one["encoding"]) for one in likely if one["encoding"] in pages]
    for page in (*found, *pages, *SELDOM):
        if (text := _reads(raw, page)) is not None and _are_words(text, page):
            return page
    return found[0] if found and _reads(raw, found[0]) is not None else LAST


def text_of(raw: bytes) -> str | None:
    """Return a text file's content: by its mark, as UTF-8 or in the code page that reads best.

    None where it holds what no text holds.
    """
    for mark, page in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if raw.startswith(mark) and (text := _reads(raw, page)) is not None:
            return None if "\0" in text else text
    return None if b"\0" in raw else raw.decode(page_of(raw.split(b"\n"), TEXTS), "replace")


def _reads(raw: bytes, page: str) -> str | None:
    try:
        return raw.decode(page)
    except UnicodeDecodeError as error:
        # what was cut off at the end may have cut a character
        cut = len(raw) == ENOUGH and error.start > ENOUGH - 4
        return raw[: error.start].decode(page) if cut else None


def _are_words(text: str, page: str) -> bool:
    other = [c for c in text if c >= "\x80"]
    if any(unicodedata.category(c)[0] not in "LMN" and c not in OF_NAMES for c in other):
        return False
    if any(letter.isupper() for letter in AFTER.findall(text)):
        return False
    if page in WIDE:  # one such letter in the middle of a small word is an accent of another page
        return len(BESIDE.findall(text)) < len(other)
    return all("LATIN" in unicodedata.name(letter, "") for letter in WITHIN.findall(text))
