"""Requests and answers as ASGI has them, for the layers in front of Gradio."""

from urllib.parse import urlsplit

from starlette.types import Scope, Send


def headers_of(scope: Scope) -> dict[str, list[str]]:
    """Return a request's headers by lower-case name, each with all that was sent under it."""
    found: dict[str, list[str]] = {}
    for name, value in scope.get("headers", ()):
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def cookies_of(headers: dict[str, list[str]]) -> dict[str, str]:
    """Return the cookies of these headers; of one sent twice, the first."""
    found: dict[str, str] = {}
    for line in headers.get("cookie", ()):
        for part in line.split(";"):
            name, equals, value = part.strip().partition("=")
            if equals:
                found.setdefault(name, value)
    return found


async def send_text(
    send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Answer with one sentence."""
    body = text.encode()
    told = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        *(headers or ()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})


def path_of(root: str) -> str:
    """Return the path of a root path, which may be a whole address; "/" for none."""
    path = urlsplit(root).path if "://" in root else root
    return "/" + path.strip("/")


def route_path(scope: Scope) -> str:
    """Return the path within the app, whether or not a proxy took its root away."""
    path, root = str(scope["path"]), str(scope.get("root_path") or "").rstrip("/")
    if root and (path == root or path.startswith(f"{root}/")):
        return path[len(root) :] or "/"
    return path
