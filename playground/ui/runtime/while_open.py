"""A function that a part of the page calls, stopped when that page closes."""

import asyncio
import contextvars
import functools
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio.to_thread

from playground.serving.ahead import stopping
from playground.ui.runtime.gradio_internals import current_request

T = TypeVar("T")
LOOK = 0.2  # seconds between two looks at whether the page is still there


def while_open(work: Callable[[str], T]) -> Callable[[str], Awaitable[T]]:
    """Run a function of `server_functions` in a thread; `stopped()` tells it of a closed page.

    Gradio itself would let it work on for nobody.
    """

    @functools.wraps(work)
    async def asked(request: str) -> T:
        stop = threading.Event()
        context = contextvars.copy_context()
        context.run(stopping.set, stop)
        page = current_request()  # here it is that of the web framework
        gone = getattr(page, "is_disconnected", None)
        task = asyncio.create_task(anyio.to_thread.run_sync(context.run, work, request))
        try:
            while not (await asyncio.wait({task}, timeout=LOOK))[0]:
                if gone is not None and await gone():
                    stop.set()
            return task.result()
        finally:
            stop.set()

    return asked
