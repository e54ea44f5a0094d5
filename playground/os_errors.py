"""Why the system refused a file, as texts: it words that itself, but in English alone."""

import errno
import re

from playground.errors import InputError
from playground.texts import Text, t, verbatim

IN_RUST = re.compile(r"([^:]+) \(os error \d+\)")  # how such a library words an OSError
REFUSED = t("the disk refused")
REASONS = {
    errno.EACCES: t("permission denied"),
    errno.EBUSY: t("device or resource busy"),
    errno.EDQUOT: t("disk quota exceeded"),
    errno.EEXIST: t("file exists"),
    errno.EFBIG: t("file too large"),
    errno.EIO: t("input/output error"),
    errno.EISDIR: t("is a directory"),
    errno.EMFILE: t("too many open files"),
    errno.ENAMETOOLONG: t("file name too long"),
    errno.ENOENT: t("no such file or directory"),
    errno.ENOSPC: t("no space left on device"),
    errno.ENOTDIR: t("not a directory"),
    errno.ENOTEMPTY: t("directory not empty"),
    errno.EPERM: t("operation not permitted"),
    errno.EROFS: t("read-only file system"),
}
IN_WORDS = {str(reason): reason for reason in REASONS.values()}


def reason(error: OSError) -> Text:
    """Return why the system refused; its own words, in English, where that is seldom met."""
    known = REASONS.get(error.errno or 0)
    return known or verbatim((error.strerror or "").lower()) or REFUSED


def reason_in_rust(error: Exception) -> Text | None:
    """Return why the system refused a library in Rust, such as safetensors, which has no OSError.

    None for an error of another kind.
    """
    found = IN_RUST.search(str(error))
    if found is None:
        return None
    words = found[1].strip().lower()
    return IN_WORDS.get(words) or verbatim(words)


def sentence(error: OSError | InputError) -> Text:
    """Return the whole sentence to be told of a file that could not be used."""
    if isinstance(error, InputError):
        return error.text
    if not error.filename:
        return t("A file cannot be used ({why}).", why=reason(error))
    return t("{path} cannot be used ({why}).", path=str(error.filename), why=reason(error))
