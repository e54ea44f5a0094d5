"""Answers that are the same for every visitor, made and compressed once and kept in memory.

Gradio writes the page out (1.3 MB) and reads and compresses each of its hundred files anew for
every visitor.
"""

import asyncio
import gzip
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.library import ASSETS
from playground.ui.page.route import UI, address
from playground.ui.runtime.access import role_in

MOST = 64 << 20  # bytes kept
FILE = "/gradio_api/file="
STAYS = "/assets/"  # Gradio's files whose names tell their content
GRADIOS = (STAYS, "/static/", "/theme.css")  # for those, too, who have not given a password
OURS = tuple(f"{FILE}{folder.as_posix()}/" for folder in (UI, ASSETS))
NAMED = re.compile(rb"gradio_api/file=([^\"\\?#]+)")
OTHER_PAGE = re.compile(rb"(^|&)(page|deep_link|all_endpoints)=")  # what Gradio reads of a query
NOT_FOR_ALL = {b"range"}  # in a request: its answer is another
# what the app is not told. A browser names the page's own origin where it asks for modules and
# styles; what other sites ask has been refused before this layer.
UNTOLD = (b"accept-encoding", b"origin")
TELLS_ROOT = (b"host", b"x-forwarded-host", b"x-forwarded-proto")  # what the page calls itself
TOLD_ANEW = {b"content-length", b"etag", b"last-modified", b"accept-ranges", b"cache-control"}

Key = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What everyone gets who asks for it."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes


class KeptAnswers:
    """In front of an app: hands out what is kept, and asks the app for all else.

    everyone: whether the page and its files are for whoever asks, and not for those alone who have
    given a password.
    """

    def __init__(self, app: ASGIApp, everyone: bool) -> None:
        self.app, self.everyone = app, everyone
        self.kept: dict[Key, asyncio.Future[Answer | None]] = {}
        self.size = 0
        self.named: set[str] = set()  # files that the page names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self._key(scope)
        answer = await self._answer(key, scope) if key else None
        if answer is None:
            await self.app(scope, receive, send)
            return
        known = dict(scope["headers"]).get(b"if-none-match") == answer.tag
        status, body = (304, b"") if known else (200, answer.body)
        headers = [*answer.headers, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _key(self, scope: Scope) -> Key | None:
        """Return what tells one kept answer from another; None where the app has to be asked."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        asked = dict(scope["headers"])
        if b"gzip" not in asked.get(b"accept-encoding", b"") or NOT_FOR_ALL & asked.keys():
            return None
        path: str = scope["path"]
        if path.startswith(GRADIOS):
            return (path,)
        if not self.everyone:
            return None
        if path.startswith(OURS) or path in self.named:
            return (path,)
        if path == "/" and not OTHER_PAGE.search(scope["query_string"]):
            return (
                path,
                role_in(scope).name,
                scope["scheme"],
                *(str(asked.get(name)) for name in TELLS_ROOT),
            )
        return None

    async def _answer(self, key: Key, scope: Scope) -> Answer | None:
        if key not in self.kept:  # whoever else asks meanwhile waits for the same
            self.kept[key] = asyncio.ensure_future(self._keep(key, scope))
        return await asyncio.shield(self.kept[key])

    async def _keep(self, key: Key, scope: Scope) -> Answer | None:
        answer = None
        try:
            answer = await self._made(scope)
        finally:
            if answer is None:
                del self.kept[key]
        if answer is not None:
            self.size += len(answer.body)
        while self.size > MOST:
            oldest = next(iter(self.kept))
            gone = await self.kept.pop(oldest) if oldest != key else None
            if gone is None:
                break
            self.size -= len(gone.body)
        return answer

    async def _made(self, scope: Scope) -> Answer | None:
        """Return the app's answer, compressed where that is smaller; None where it refuses."""
        told: list[Message] = []

        async def send(message: Message) -> None:
            told.append(message)

        plain = [pair for pair in scope["headers"] if pair[0] not in UNTOLD]
        await self.app({**scope, "headers": plain}, _nothing_more, send)
        headers = [pair for pair in told[0]["headers"] if pair[0].lower() not in TOLD_ANEW]
        body = b"".join(message.get("body", b"") for message in told[1:])
        if told[0]["status"] != 200 or any(name.lower() == b"set-cookie" for name, _ in headers):
            return None
        path = scope["path"]
        if path == "/":
            self.named |= {FILE + unquote(name.decode()) for name in NAMED.findall(body)}
        tag = b'"%s"' % hashlib.sha256(body).hexdigest()[:32].encode()
        small = await asyncio.to_thread(gzip.compress, body, mtime=0)
        if len(small) < 0.95 * len(body):
            body = small
            headers.append((b"content-encoding", b"gzip"))
        stays = path.startswith((STAYS, f"/{address('')}")) or (
            path in self.named and not path.startswith(OURS)
        )
        keep = b"public, max-age=31536000, immutable" if stays else b"no-cache"  # asked by its tag
        headers += [(b"etag", tag), (b"cache-control", keep), (b"vary", b"accept-encoding")]
        return Answer(headers, body, tag)


async def _nothing_more() -> Message:
    """Return the rest of a request that has no body."""
    return await asyncio.Future()
