"""Pictures made in the page, drawn or by the camera: from a part's value to files to read."""

import base64
import binascii
import json

from playground.errors import InputError
from playground.texts import Text, t
from playground.training.data.archive import Found

MOST = 1000
LARGEST = 2 << 20  # bytes of one in the text


def from_page(text: str | None, kind: str) -> list[Found]:
    """Read the pictures of a JSON list of {"class": ..., "data": "data:image/...;base64,..."}.

    They are named `kind` and a number, below their class. Raises InputError where it is no such
    list or too long; whether each is a picture is for the reader to say.
    """
    try:
        pictures = json.loads(text) if text else []
        found = [_found(one, f"{kind} {i}") for i, one in enumerate(pictures, 1)]
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        raise InputError(
            "The {kind}s cannot be read; give a JSON list of class and data (a data: address).",
            kind=Text(kind),
        ) from error
    if len(found) > MOST:
        raise InputError(
            "There are over {most} {kind}s; take some out of the set.",
            most=f"{MOST:,}",
            kind=Text(kind),
        )
    return found


def _found(one: dict[str, str], name: str) -> Found:
    head, _, body = one["data"].partition(",")
    if not head.startswith("data:image/"):
        raise ValueError(head[:40])
    group = one.get("class", "").replace("/", " ").strip()
    name = f"{group}/{name}" if group else name
    if len(body) > LARGEST:
        return Found(name, why=t("is larger than 2 MB; make it smaller."))
    return Found(name, base64.b64decode(body, validate=True))
