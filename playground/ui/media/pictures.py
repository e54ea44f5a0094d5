"""Pictures that people give: a bundled one by its name, or an upload by its path."""

from functools import lru_cache
from pathlib import Path

from torch import Tensor

from playground.bundled import SIDE
from playground.errors import InputError, unknown
from playground.library import ASSETS
from playground.spaces.images import encode, open_picture
from playground.ui.media.downloads import is_served

EXAMPLES = {path.stem: path for path in sorted((ASSETS / "pictures").glob("*.*"))}


def picture(given: str | None) -> Tensor:
    """Return a bundled picture by name, or an upload by path, as (1,3,512,512) in [-1, 1]."""
    path = path_of(given)
    return decoded(path, path.stat().st_mtime_ns)


def path_of(given: str | None) -> Path:
    """Return the file of a bundled picture by name, or of an upload by path.

    Other paths are refused, since whoever reaches the page could read any picture by them.
    """
    if not given:
        raise InputError("There is no picture; choose or upload one.")
    path = EXAMPLES.get(given, Path(given))
    if path not in EXAMPLES.values():
        if not is_served(given):
            raise unknown("bundled picture", given, EXAMPLES)
        if not path.is_file():
            raise InputError("This picture is not there any more; choose it again.")
    return path


@lru_cache(maxsize=16)  # a photograph takes half a second to decode; a drag asks 20 times a second
def decoded(path: Path, changed: int) -> Tensor:
    """Return this file's pixels, (1,3,512,512) in [-1, 1]; changed: when it was written."""
    return encode([open_picture(path)], SIDE)


def bundled_name(path: Path) -> str | None:
    """Return which bundled picture this is, by its file's name; Gradio hands over copies."""
    same = (e for e in EXAMPLES.values() if e.stem == path.stem)
    return next((e.name for e in same if e.read_bytes() == path.read_bytes()), None)
