"""Pictures in links: a bundled one is told by its name, an upload by that of the file kept."""

import io
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import Image

from playground.errors import unknown
from playground.spaces.images import open_picture
from playground.ui.media.downloads import served_folder, shared_copy, shared_file
from playground.ui.media.pictures import EXAMPLES, bundled_name, path_of
from playground.ui.permalinks.store import NAMED, PICTURE, LinkStore

Fit = Callable[[Path], Image.Image]
NONE = "none"  # where it was taken away
MOST_PIXELS = 1_000_000  # of one that a link holds


def name_of(given: str | None, fit: Fit, store: LinkStore, *, lasts: bool) -> str:
    """Return the name of this picture in an address; an upload is kept as `fit` makes it.

    So of a photograph there is kept what its tab uses, and not where and when it was taken.
    """
    if not given:
        return NONE
    path = path_of(given)
    if bundled := bundled_name(path):
        return Path(bundled).stem
    return store.keep(_fitted(path, path.stat().st_mtime_ns, fit), PICTURE, lasts=lasts)


@lru_cache(maxsize=8)  # asked for at each turn to another tab
def _fitted(path: Path, changed: int, fit: Fit) -> bytes:
    return as_png(fit(path))


def as_png(image: Image.Image) -> bytes:
    """Return the pixels alone as a PNG, without what else came with them."""
    bare, data = image.copy(), io.BytesIO()
    bare.info = {}
    bare.save(data, "PNG")
    return data.getvalue()


def read_png(data: bytes) -> bytes:
    """Return what should be such a PNG, read as uploads are and written anew."""
    name = "The picture of this link"
    return as_png(open_picture(data, name=name, max_pixels=MOST_PIXELS))


def path_for(name: str, store: LinkStore) -> str | None:
    """Return the path of an address's picture, among uploads; "" for none, None if lost."""
    if name == NONE:
        return ""
    if name in EXAMPLES:
        return shared_copy(EXAMPLES[name])
    if not NAMED.fullmatch(name):
        raise unknown("picture", name[:40], EXAMPLES)
    data = store.read(name, PICTURE)
    if data is None:
        return None
    return shared_file(name, "picture.png", lambda path: path.write_bytes(read_png(data)))


def hide() -> None:
    """Take back all that was given out of what is kept."""
    for folder in served_folder().glob("kept-*"):
        shutil.rmtree(folder, ignore_errors=True)
