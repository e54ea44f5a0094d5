"""Refuses what another site asks of the app through the browser of somebody who uses it.

A page on the web can have a browser send requests to a loopback address or into a home network, and
can point a name of its own at it (DNS rebinding). What such a page sends carries its origin, or its
own name as the host; neither can be forged by a page. Programs send no origin and are let through:
they run here already.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.texts import t
from playground.ui.runtime.answers import headers_of, route_path, send_text
from playground.ui.runtime.hosts import Hosts, Place, place
from playground.ui.runtime.saying import said, visitor_language

WRONG_HOST = (
    "This app does not answer to the name {name}: open it by an address of this machine, or, behind"
    " a proxy, start it with --root-path and the address that people open."
)
OTHER_SITE = "This request comes from another site, {name}: use the app's own page instead."
FRAMED = b"frame-ancestors 'self'"  # no other site lays its buttons over ours
FILES = ("/gradio_api/file=", "/gradio_api/file/")  # are what their names say, or are not shown
AT_TOP = ("document", "empty")  # what a link opens or saves; a frame, an image, a script is not


class SameOrigin:
    """In front of an app: lets through what its own pages, links to it and programs ask.

    hosts: the names that the app answers to. any_host: it answers to any name, because a name alone
    gives nobody rights.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts, *, any_host: bool = False) -> None:
        self.app, self.hosts, self.any_host = app, hosts, any_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal is None:
            header = _header_of(route_path(scope))
            await self.app(scope, receive, _with(header, send) if header else send)
        elif scope["type"] == "http":
            await send_text(send, 403, refusal)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": refusal[:100]})

    def refusal(self, scope: Scope) -> str | None:
        """Say why this request is refused; None where it is not."""
        headers = headers_of(scope)
        for name in headers.get("host", ()):
            if not self.any_host and not self.hosts.has(name):
                return said(t(WRONG_HOST, name=_short(name)), visitor_language(scope))
        for origin in headers.get("origin", ()):
            if not self._is_own(origin, headers):
                return said(t(OTHER_SITE, name=_short(origin)), visitor_language(scope))
        if not headers.get("origin") and _is_sent_by_another(scope, headers):
            name = _short(*headers.get("referer", ("unnamed",))[:1])
            return said(t(OTHER_SITE, name=name), visitor_language(scope))
        return None

    def _is_own(self, origin: str, headers: Mapping[str, list[str]]) -> bool:
        """Return whether a page of this origin is one of ours.

        Its address is then the one that this request went to, as the browser or a proxy names it.
        A page of another site cannot name it so: a browser would first ask for leave, without these
        headers, and be refused.
        """
        if origin == "null" or "://" not in origin:
            return False
        asks = place(origin)
        if asks in self.hosts.known:
            return True
        forwarded = [place(one.partition(",")[0].strip()) for one in _forwarded(headers)]
        if any(_same_or_portless(asks, one) for one in forwarded):
            return True
        return any(asks == place(one) for one in headers.get("host", ()))


def _forwarded(headers: Mapping[str, list[str]]) -> list[str]:
    return headers.get("x-forwarded-host", [])[:1]


def _same_or_portless(asks: Place, told: Place) -> bool:
    """Return whether a proxy tells of this address; many leave the port out."""
    return bool(told.host) and asks.host == told.host and told.port in (None, asks.port)


def _is_sent_by_another(scope: Scope, headers: Mapping[str, list[str]]) -> bool:
    """Return whether a browser says that another site asks, and that for more than to open it."""
    if set(headers.get("sec-fetch-site", ())) <= {"same-origin", "none"}:
        return False
    opens = scope.get("method") in ("GET", "HEAD") and (
        headers.get("sec-fetch-mode") == ["navigate"]
        and set(headers.get("sec-fetch-dest", ())) <= set(AT_TOP)
    )
    return not opens


def _header_of(path: str) -> tuple[bytes, bytes] | None:
    """Return what browsers are told of the page, and of files that somebody uploaded."""
    if path == "/":
        return b"content-security-policy", FRAMED
    return (b"x-content-type-options", b"nosniff") if path.startswith(FILES) else None


def _with(header: tuple[bytes, bytes], send: Send) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), header]}
        await send(message)

    return told


def _short(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[:80]
