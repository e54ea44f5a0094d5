"""Uploads of the audience, each within what its visitor may leave here."""

import errno
import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.errors import InputError
from playground.texts import t
from playground.ui.runtime.access import VISITOR, Role, role_in
from playground.ui.runtime.allowance import MEGABYTE, Allowance
from playground.ui.runtime.answers import headers_of, route_path, send_text
from playground.ui.runtime.saying import said, visitor_language

UPLOAD = "/gradio_api/upload"
LARGEST_ASKED = 64 * MEGABYTE  # of a request that is no upload: a file of beats has 48
UNMEASURED = t("Say how large the upload is (Content-Length).")
TOO_LONG = t(
    "A request may have up to {most} MB; upload a file instead.", most=LARGEST_ASKED // MEGABYTE
)
FULL = t(
    "The disk of this machine's uploads is full; free some space, or ask whoever runs the app."
)


class Uploads:
    """In front of an app: refuses uploads beyond a limit before they are read, and tells why."""

    def __init__(self, app: ASGIApp, allowance: Allowance) -> None:
        self.app, self.allowance = app, allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        is_upload = route_path(scope).startswith(UPLOAD)
        if role_in(scope) >= Role.PRESENTER:
            if is_upload:
                await _written(self.app, scope, receive, send)
            else:
                await self.app(scope, receive, send)
            return
        told = headers_of(scope).get("content-length", [""])[0]
        if not told.isdecimal():
            await send_text(send, 411, said(UNMEASURED, visitor_language(scope)))
        elif is_upload:
            await self._upload(scope, receive, send, int(told))
        elif int(told) > LARGEST_ASKED:
            await send_text(send, 413, said(TOO_LONG, visitor_language(scope)))
        else:
            await self.app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send, size: int) -> None:
        visitor, answer, status = scope[VISITOR], b"", 0
        try:
            self.allowance.spend(visitor, size, uploads=1)
        except InputError as error:
            await send_text(send, 413, said(error, visitor_language(scope)))
            return

        async def told(message: Message) -> None:
            nonlocal answer, status
            status = message.get("status", status)
            answer += message.get("body", b"")
            await send(message)

        await _written(self.app, scope, receive, told)
        if status == 200:
            self._count_the_others(visitor, answer)

    def _count_the_others(self, visitor: str, answer: bytes) -> None:
        """Count the files of an upload after its first, which alone was known before."""
        files = json.loads(answer)
        for _ in files[1:]:
            try:
                self.allowance.spend(visitor, uploads=1)
            except InputError:  # the next upload is refused
                return


async def _written(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Have an upload taken; where the disk is full, say that in place of that something failed."""
    failed: list[Message] = []

    async def told(message: Message) -> None:
        if failed or message.get("status") == 500:
            failed.append(message)
        else:
            await send(message)

    try:
        await app(scope, receive, told)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        await send_text(send, 507, said(FULL, visitor_language(scope)))
        return
    for message in failed:
        await send(message)
