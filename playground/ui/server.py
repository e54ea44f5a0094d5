"""Serves the page, and makes it ready for those who come."""

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp

from playground.errors import InputError
from playground.training.runs import queue
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.page.route import ROUTE
from playground.ui.runtime.caching import KeptAnswers
from playground.ui.runtime.gradio_internals import in_front, light_sessions, usual_threads
from playground.ui.runtime.hosts import Hosts
from playground.ui.runtime.same_origin import SameOrigin
from playground.ui.tabs import TABS
from playground.ui.tabs.denoise.warming import warm_first
from playground.ui.theme.style import CSS, HEAD, THEME

WAITING = 1000  # requests that may wait for their turn; each holds a place in Gradio's queue
SESSIONS = 500  # pages and clients whose state is kept at a time
SWITCH = 0.001  # seconds that Python code runs before another thread may: answers come first
WARM_AFTER = 3.0  # seconds, so that it does not slow the first page down


def serve(
    context: Context,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    auth: tuple[str, str] | None = None,
    outside: str = "",
    warmed: bool = False,
) -> tuple[str, Callable[[], None]]:
    """Serve the page in the background; return its address, and a function that waits for Ctrl-C.

    outside: as `build` takes it. warmed: come back when what a talk may show has been called once.
    """
    sys.setswitchinterval(SWITCH)
    page = build(context, outside)
    hosts = Hosts(host)

    def layers(app: ASGIApp) -> ASGIApp:
        return SameOrigin(KeptAnswers(app, everyone=auth is None), hosts)

    queue.watch(context.library.runs)
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        share=share,
        auth=auth,
        theme=THEME,
        css=CSS,
        head=HEAD,
        prevent_thread_lock=True,
        quiet=True,
        show_error=True,
        run_history=False,
        footer_links=[],
        max_file_size="2gb",
        max_threads=WAITING,
        state_session_capacity=SESSIONS,
        app_kwargs={"routes": [ROUTE], "lifespan": in_front(layers)},
    )
    if page.share_url:
        hosts.add(page.share_url)
    light_sessions(page)
    usual_threads(page)
    if warmed:
        warm_all(context)
    else:
        warming = threading.Timer(WARM_AFTER, _warm_first, (context,))
        warming.daemon = True
        warming.start()
    return address, page.block_thread if share else _wait


def warm_all(context: Context) -> None:
    """Call once what a talk may show, tab by tab; the model chosen first is forgotten last."""
    for tab in TABS:
        if tab.warm:
            tab.warm(context)
    _warm_first(context)


def _warm_first(context: Context) -> None:
    with suppress(InputError):  # told when it is asked for
        warm_first(context)


def _wait() -> None:
    """Wait for Ctrl-C. Gradio's own would then wait 5 s for pages that still listen."""
    while True:
        time.sleep(1)
