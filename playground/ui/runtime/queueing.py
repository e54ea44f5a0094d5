"""Handlers that sample wait for their turn, are told their place, and end with their page."""

import asyncio
import contextvars
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import anyio.to_thread

from playground.serving.ahead import stopping
from playground.serving.turns import Turns
from playground.ui.i18n.text import Text, t
from playground.ui.runtime.access import current_visitor
from playground.ui.runtime.gradio_internals import current_request, current_session

AT_ONCE = 8  # samplings at work; their network calls are joined, so more would only wait longer
PATIENCE = 0.4  # seconds without anything new after which a page is asked whether it is still there
TURNS = Turns(AT_ONCE)
_END = object()


def in_turn(
    handler: Callable[..., Any], waiting: Callable[[Text | None], Any], turns: Turns = TURNS
) -> Callable[..., Any]:
    """Return the handler, run when it is its user's turn. A user is one page, or one client.

    handler: plain, or a generator; it runs in threads, and what it samples ends when its page
    closes. waiting: makes what a generator yields meanwhile, of a sentence about its place.
    """
    if inspect.isgeneratorfunction(handler):

        async def stream(*values: Any) -> AsyncIterator[Any]:
            user = _user()
            with turns.request(user) as turn:
                async for before in turns.places(user, turn, _every(turns)):
                    yield waiting(sentence(before))
                async for shown in _parts(lambda: handler(*values), waiting(None)):
                    yield shown

        return _named(stream, handler)

    async def call(*values: Any) -> Any:
        user = _user()
        with turns.request(user) as turn:
            await turn.wait()
            async for result in _parts(lambda: iter((handler(*values),))):
                return result

    return _named(call, handler)


def _user() -> str:
    """Return whose turn it is: one page, or one client; of the audience one visitor.

    A page names itself, so that one of the audience could be as many as they like.
    """
    return current_visitor() or current_session() or str(id(current_request()))


def sentence(before: int) -> Text:
    """Return where a request stands in the queue, in words."""
    if before == 0:
        return t("Waiting: you are next.")
    if before == 1:
        return t("Waiting: 1 goes before you.")
    return t("Waiting: {n} go before you.", n=before)


async def _parts(make: Callable[[], Iterator[Any]], nothing: Any = None) -> AsyncIterator[Any]:
    """Yield what the iterator makes, each part in a thread of the pool.

    Gradio learns that a page closed when it is given something; so after PATIENCE the last part is
    given again, or `nothing` before the first. Cancelling or closing this sets `stopping` for all
    that the iterator started.
    """
    stop = threading.Event()
    context = contextvars.copy_context()
    context.run(stopping.set, stop)
    parts: Iterator[Any] | None = None

    def following() -> Any:
        nonlocal parts
        parts = make() if parts is None else parts
        return next(parts, _END)

    async def follow() -> Any:
        return await anyio.to_thread.run_sync(context.run, following)

    task: asyncio.Task[Any] | None = None
    try:
        last = nothing
        while True:
            task = asyncio.create_task(follow())
            while not (await asyncio.wait({task}, timeout=PATIENCE))[0]:
                if last is not None:
                    yield last
            last = task.result()
            if last is _END:
                return
            yield last
    finally:
        stop.set()
        _close_after(task, lambda: parts)


def _close_after(task: "asyncio.Task[Any] | None", parts: Callable[[], Any]) -> None:
    """Close the generator once the step under way, if any, has ended."""

    def close(_: Any = None) -> None:
        if task is not None and not task.cancelled():
            task.exception()  # seen, so that nobody is told of it
        generator = parts()
        if inspect.isgenerator(generator):
            threading.Thread(target=generator.close, daemon=True).start()

    if task is None or task.done():
        close()
    else:
        task.add_done_callback(close)


def _every(turns: Turns) -> float:
    """Return the seconds between two words about a place: fewer words each where many wait."""
    return max(PATIENCE, turns.waiting / 100)


def _named(made: Callable[..., Any], handler: Callable[..., Any]) -> Callable[..., Any]:
    """Give it the handler's name and parameters, which Gradio asks, and whose it is."""
    made.__name__ = handler.__name__
    made.__wrapped__ = handler  # type: ignore[attr-defined]
    made.__signature__ = inspect.signature(handler)  # type: ignore[attr-defined]
    return made
