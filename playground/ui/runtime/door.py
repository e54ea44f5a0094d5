"""Lets requests in: the presenter's link becomes a cookie; what is not for the audience ends."""

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.texts import t
from playground.ui.runtime.access import KEY, REFUSED, ROLE, VISITOR, Access, Role
from playground.ui.runtime.answers import cookies_of, headers_of, path_of, route_path, send_text
from playground.ui.runtime.saying import said, visitor_language

WRONG_KEY = t(
    "This link's key is not that of the app that runs now; open the link that it printed, or the "
    "address without a key to look on."
)
API = "/gradio_api"
# what pages and programs of the audience ask for; everything else that Gradio offers is refused
LOOKED_AT = (
    *("/assets/", "/static/", "/svelte/", "/theme.css", "/favicon.ico", "/robots.txt"),
    *("/manifest.json", "/pwa_icon", "/config", "/login", "/logout"),
    *(f"{API}/{name}" for name in ("info", "openapi.json", "app_id", "user", "login_check")),
    *(f"{API}/{name}" for name in ("theme.css", "startup-events", "heartbeat/", "queue/", "call/")),
    *(f"{API}/{name}" for name in ("upload_progress", "file=", "file/")),
)
ASKED = (
    *(f"{API}/{name}" for name in ("queue/join", "call/", "run/", "api/", "component_server")),
    *(f"{API}/{name}" for name in ("upload", "cancel", "reset")),
    "/login",
)
# what nobody needs here: it writes a page's state to the disk, or fetches from other machines
UNUSED = (f"{API}/deep_link", f"{API}/proxy=", f"{API}/vibe", f"{API}/undo-vibe")
FILES = (f"{API}/file=", f"{API}/file/")
NOT_OFFERED = t("This app does not offer that.")


class Door:
    """In front of an app: says who asks, in the request's scope, and refuses what is not theirs.

    root: the path, or the whole address, under which a proxy offers the app; "" for none.
    """

    def __init__(self, app: ASGIApp, access: Access, root: str = "") -> None:
        self.app, self.access, self.path = app, access, path_of(root)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = headers_of(scope)
        cookies = cookies_of(headers)
        role, visitor = self.access.role(headers, cookies), self.access.visitor(cookies)
        told = {**scope, ROLE: role, VISITOR: visitor or f"address {_address(scope)}"}
        if scope["type"] == "websocket":
            if role < Role.PRESENTER:  # no page of ours opens one
                await send({"type": "websocket.close", "code": 1008, "reason": str(REFUSED)})
                return
            await self.app(told, receive, send)
            return
        path, key = route_path(scope), self._key(scope)
        if key is not None:
            await self._keyed(scope, key, send)
        elif _is_unused(path):
            await send_text(send, 404, said(NOT_OFFERED, visitor_language(scope)))
        elif role < Role.PRESENTER and not _is_for_all(scope["method"], path):
            await send_text(send, 403, said(REFUSED, visitor_language(scope)))
        else:
            new = role < Role.PRESENTER and visitor is None and path == "/"
            await self.app(told, receive, self._named(scope, send) if new else send)

    def _key(self, scope: Scope) -> str | None:
        """Return the key in the page's address; None where there is none, or none is needed."""
        if self.access.key is None or route_path(scope) != "/" or scope["method"] != "GET":
            return None
        return dict(_query(scope)).get(KEY)

    async def _keyed(self, scope: Scope, key: str, send: Send) -> None:
        """Answer the presenter's link: a cookie, and the way to the same without the key."""
        if not self.access.is_key(key):
            await send_text(send, 403, said(WRONG_KEY, visitor_language(scope)))
            return
        query = urlencode([(name, value) for name, value in _query(scope) if name != KEY])
        way = f"{self.path.rstrip('/')}/" + (f"?{query}" if query else "")
        cookie = self._cookie(scope, self.access.presenter_cookie, key)
        headers = [(b"location", way.encode()), cookie, (b"referrer-policy", b"no-referrer")]
        await send_text(send, 303, "", headers)

    def _named(self, scope: Scope, send: Send) -> Send:
        """Give a new visitor a name, in whose account uploads are counted."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookie = self._cookie(scope, self.access.visitor_cookie, self.access.new_visitor())
                message = {**message, "headers": [*message["headers"], cookie]}
            await send(message)

        return told

    def _cookie(self, scope: Scope, name: str, value: str) -> tuple[bytes, bytes]:
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        told = f"{name}={value}; HttpOnly; SameSite=Lax; Path={self.path}{secure}"
        return b"set-cookie", told.encode()


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _is_unused(path: str) -> bool:
    files = next((one for one in FILES if path.startswith(one)), None)
    elsewhere = files is not None and path[len(files) :].lower().startswith(("http:", "https:"))
    return elsewhere or path.startswith(UNUSED)


def _is_for_all(method: str, path: str) -> bool:
    if method in ("GET", "HEAD", "OPTIONS"):
        return path == "/" or path.startswith(LOOKED_AT)
    return method == "POST" and path.startswith(ASKED)


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("unknown",))[0])
