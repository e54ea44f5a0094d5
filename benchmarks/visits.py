"""What a browser asks of the app, written down once and asked again by many clients at once."""

import asyncio
import json
import random
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

CONNECTIONS = 6  # of one browser to one address
PATIENCE = 120.0  # seconds after which a request counts as lost
ENCODINGS = "gzip, deflate"  # what browsers take over plain http from another machine: no brotli
# of a recorded request, what each client says in its own way
OWN = ("host", "connection", "content-length", "accept-encoding", "cookie", "if-none-match")


@dataclass(frozen=True)
class Request:
    """One request of a recording.

    headers: as the browser sent them, an origin among them where a page asks for its modules.
    began, ended: seconds. stays: its answer does not end while the page is open.
    """

    method: str
    path: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    began: float
    ended: float
    stays: bool = False


class Recorder:
    """Writes down what a page of Playwright's asks from now on."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.asked: list[Any] = []
        page.on("request", lambda one: self.asked.append(one))

    async def quiet(self, seconds: float = 1.0) -> None:
        """Wait until nothing new was asked for so long."""
        before = -1
        while before != len(self.asked):
            before = len(self.asked)
            await asyncio.sleep(seconds)

    async def taken(self, since: float) -> list[Request]:
        """What was asked so far, by when it began; later requests are another part of the visit."""
        return self.with_headers(since, [await one.all_headers() for one in self.asked])

    def with_headers(self, since: float, headers: list[dict[str, str]]) -> list[Request]:
        """The same, given what each `all_headers` says: `headers` lacks what a browser adds."""
        found = []
        for one, sent in zip(self.asked, headers, strict=True):
            timing, path = one.timing, one.url.removeprefix(self.address)
            began = timing["startTime"] / 1000 - since
            took = max(timing["responseEnd"], 0) / 1000
            told = tuple((k, v) for k, v in sent.items() if k not in OWN and k[:1] != ":")
            stays = "/heartbeat/" in path
            body = (one.post_data or "").encode()
            found.append(
                Request(one.method, path, body, told, began, began + took, stays),
            )
        self.asked = []
        return sorted(found, key=lambda one: one.began)


@dataclass
class Told:
    """What became of the requests of all clients."""

    bytes: int = 0
    requests: int = 0
    lost: list[str] = field(default_factory=list)


class Client:
    """A browser as the server sees it: six connections, nothing kept, no code run."""

    def __init__(self, address: str, told: Told) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self.told = told
        self.session = uuid.uuid4().hex[:11]
        self.free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.turn = asyncio.Semaphore(CONNECTIONS)
        self.open: list[asyncio.StreamWriter] = []

    async def visit(self, recording: list[Request], known_session: str) -> float:
        """Ask all of it, each after what had been answered before it; seconds until the last.

        Between an answer and the next question passes as much time as in the recording: that is the
        browser's own work, done by the phone.
        """
        began = time.perf_counter()
        done: dict[int, float] = {}
        tasks: list[asyncio.Task[None]] = []

        async def ask(i: int) -> None:
            await self.request(recording[i], known_session)
            done[i] = time.perf_counter()

        for i, one in enumerate(recording):
            before = [
                j for j in range(i) if not recording[j].stays and recording[j].ended <= one.began
            ]
            await asyncio.gather(*(tasks[j] for j in before if not tasks[j].done()))
            ready = max((done[j] for j in before), default=began)
            gap = one.began - max((recording[j].ended for j in before), default=0.0)
            await asyncio.sleep(max(0.0, ready + gap - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(i)))
        await asyncio.gather(*tasks)
        return time.perf_counter() - began

    async def request(self, one: Request, known_session: str) -> bytes:
        """The body of the answer; empty where it was lost, which is written down."""
        path = one.path.replace(known_session, self.session)
        body = one.body.replace(known_session.encode(), self.session.encode())
        self.told.requests += 1
        try:
            async with self.turn if not one.stays else asyncio.Semaphore():
                status, answer = await asyncio.wait_for(self._exchange(one, path, body), PATIENCE)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self.told.lost.append(f"{one.method} {path[:80]}: {error!r}")
            return b""
        if status != 200 or _failed(answer):
            self.told.lost.append(f"{one.method} {path[:80]}: {status} {answer[:200]!r}")
        return answer

    async def _exchange(self, one: Request, path: str, body: bytes) -> tuple[int, bytes]:
        reused = bool(self.free) and not one.stays
        reader, writer = self.free.pop() if reused else await self._connect()
        try:
            return await self._asked(one, path, body, reader, writer)
        except (OSError, EOFError):
            if not reused:
                raise
            return await self._exchange(one, path, body)  # it was closed meanwhile

    async def _asked(
        self,
        one: Request,
        path: str,
        body: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> tuple[int, bytes]:
        head = f"{one.method} {path or '/'} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
        head += f"Accept-Encoding: {ENCODINGS}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in one.headers)
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        writer.write(f"{head}\r\n".encode("latin-1") + body)
        top = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(top.split(b" ", 2)[1])
        if one.stays:
            return status, b""
        answer = await _body(reader, top)
        self.told.bytes += len(top) + len(answer)
        if b"connection: close" in top:
            writer.close()
        else:
            self.free.append((reader, writer))
        return status, answer

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        pair = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
        self.open.append(pair[1])
        return pair

    def close(self) -> None:
        """Leave, as a page that is closed."""
        for writer in self.open:
            writer.close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    if b"transfer-encoding: chunked" not in head:
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return await reader.readexactly(length)
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def _failed(answer: bytes) -> bool:
    """Whether an answer that came says that the work did not succeed."""
    if answer[:1] == b"{":
        return b'"error"' in answer[:200]
    told = [json.loads(line[6:]) for line in answer.split(b"\n") if line.startswith(b"data: {")]
    ended = [one for one in told if one["msg"] == "process_completed"]
    return bool(told) and not (ended and all(one["success"] for one in ended))


def session_of(recording: Iterable[Request]) -> str:
    """The name that the recorded page gave itself."""
    bodies = (json.loads(one.body) for one in recording if one.body[:1] == b"{")
    return next(str(body["session_hash"]) for body in bodies if body.get("session_hash"))


def rest(guess: Request, rng: random.Random) -> Request:
    """The guess that a page asks for when its slider rests somewhere."""
    body = json.loads(guess.body)
    asked = json.loads(body["data"]) | {"t": round(rng.uniform(0.05, 0.95), 3)}
    told = json.dumps(body | {"data": json.dumps(asked)}).encode()
    return replace(guess, body=told, began=0.0, ended=0.0)
