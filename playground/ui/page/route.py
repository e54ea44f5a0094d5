"""The page's own files by one address: ES modules, styles, words and Plotly, served as written.

The address holds a digest of all of them, so that a browser keeps each for good and asks anew after
an upgrade; modules import each other by relative paths and so share it. No path of the
installation is in it.
"""

import asyncio
import gzip
import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

UI = Path(__file__).resolve().parent.parent
SERVED = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
PLOTLY = "page/vendor/plotly.min.js"  # out of the package plotly, which carries it
PREFIX = "static/playground"
SMALLEST = 0.95  # of its size: what does not get smaller is sent as it is
KEEP = "public, max-age=31536000, immutable"


@cache
def _paths() -> dict[str, Path]:
    """Return what is served, by the path below ui."""
    found = {
        file.relative_to(UI).as_posix(): file
        for file in sorted(UI.rglob("*"))
        if file.suffix in SERVED and "node_modules" not in file.parts
    }
    return found | {PLOTLY: Path(str(files("plotly") / "package_data" / "plotly.min.js"))}


@cache
def digest() -> str:
    """Return what tells this version of all files from any other; Plotly by its size alone."""
    total = hashlib.sha256()
    for name, path in _paths().items():
        total.update(name.encode())
        total.update(b"%d" % path.stat().st_size if name == PLOTLY else path.read_bytes())
    return total.hexdigest()[:16]


def address(name: str) -> str:
    """Return where the page finds the file `name` (its path below ui), relative to its root."""
    return f"{PREFIX}/{digest()}/{name}"


@cache
def _packed(name: str) -> tuple[bytes, bytes | None]:
    """Return the file, and the same compressed where that helps."""
    body = _paths()[name].read_bytes()
    small = gzip.compress(body, mtime=0)
    return body, small if len(small) < SMALLEST * len(body) else None


async def _send(request: Request) -> Response:
    version, _, name = request.path_params["path"].partition("/")
    if name not in _paths():
        return Response("There is no such file.", 404)
    body, small = await asyncio.to_thread(_packed, name)
    kind = SERVED.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    # a page that was open before an upgrade asks by an old digest: it gets what is there now
    headers = {"cache-control": KEEP if version == digest() else "no-cache"}
    headers["vary"] = "accept-encoding"
    if small and "gzip" in request.headers.get("accept-encoding", ""):
        body = small
        headers["content-encoding"] = "gzip"
    return Response(body, media_type=kind, headers=headers)


ROUTE = Route(f"/{PREFIX}/{{path:path}}", _send, methods=["GET", "HEAD"])
