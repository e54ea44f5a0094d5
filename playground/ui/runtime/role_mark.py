"""Tells the page who looks at it: `<html data-role="audience">`, by which styles and scripts go.

What somebody may do is decided where it is done; this only spares them buttons that would refuse.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.ui.runtime.access import role_in
from playground.ui.runtime.answers import route_path

HTML = b"<html"
ATTRIBUTE = "data-role"


class RoleMark:
    """Behind the layer that keeps answers, so that each of the two pages is written once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or route_path(scope) != "/":
            await self.app(scope, receive, send)
            return
        mark = f' {ATTRIBUTE}="{role_in(scope).name.lower()}"'.encode()

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _longer(message["headers"], len(mark))}
            elif HTML in message.get("body", b"")[:1000]:
                message = {**message, "body": message["body"].replace(HTML, HTML + mark, 1)}
            await send(message)

        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, told)


def _longer(headers: list[tuple[bytes, bytes]], by: int) -> list[tuple[bytes, bytes]]:
    """Say of a page of HTML that it is so many bytes longer."""
    told = {name.lower(): value for name, value in headers}
    if not told.get(b"content-type", b"").startswith(b"text/html"):
        return headers
    return [
        (name, b"%d" % (int(value) + by) if name.lower() == b"content-length" else value)
        for name, value in headers
    ]
