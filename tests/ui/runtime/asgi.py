"""An app that answers what it was asked, and requests as a browser or a program sends them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes


class Echo:
    """Answers 200 with a page; keeps the scopes that reached it."""

    def __init__(self, body=b"<!doctype html><html lang=en></html>"):
        self.asked, self.body = [], body

    async def __call__(self, scope, receive, send):
        self.asked.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        headers = [(b"content-type", b"text/html; charset=utf-8")]
        headers += [(b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def ask(app, path="/", query="", method="GET", kind="http", root="", scheme="http", **headers):
    """The answer to one request; names of headers are written with _ for -."""
    raw = [
        (name.replace("_", "-").encode(), one.encode())
        for name, value in headers.items()
        for one in ([value] if isinstance(value, str) else value)
    ]
    scope = {"type": kind, "method": method, "path": path, "query_string": query.encode()}
    scope |= {"headers": raw, "client": ("10.0.0.9", 5), "root_path": root, "scheme": scheme}
    told = []

    async def send(message):
        told.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    with ThreadPoolExecutor(1) as other:  # the browser's tests leave a loop running in this thread
        other.submit(asyncio.run, app(scope, receive, send)).result()
    if kind == "websocket":
        return told
    pairs = [(k.decode(), v.decode()) for k, v in told[0]["headers"]]
    body = b"".join(one.get("body", b"") for one in told[1:])
    cookies = [value for name, value in pairs if name == "set-cookie"]
    return Answer(told[0]["status"], dict(pairs), cookies, body)
