"""Serves the page, and makes it ready for those who come."""

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from starlette.types import ASGIApp

from playground.errors import InputError
from playground.training.runs import queue
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.page.route import ROUTE
from playground.ui.presenter import presenter
from playground.ui.runtime.access import Access, Role, acting_as
from playground.ui.runtime.allowance import Allowance
from playground.ui.runtime.audience_library import RoleLibrary
from playground.ui.runtime.caching import KeptAnswers
from playground.ui.runtime.door import Door
from playground.ui.runtime.enforcement import enforce
from playground.ui.runtime.gradio_internals import in_front, light_sessions, usual_threads
from playground.ui.runtime.hosts import Hosts
from playground.ui.runtime.opening_work import when_calm
from playground.ui.runtime.proxies import own_address_directly
from playground.ui.runtime.role_mark import RoleMark
from playground.ui.runtime.same_origin import SameOrigin
from playground.ui.runtime.uploads import Uploads
from playground.ui.shell import Tab
from playground.ui.tabs import TABS
from playground.ui.tabs.denoise.warming import warm_first
from playground.ui.theme.roles import AUDIENCE
from playground.ui.theme.style import CSS, HEAD, THEME

WAITING = 1000  # requests that may wait for their turn; each holds a place in Gradio's queue
SESSIONS = 500  # pages and clients whose state is kept at a time
SWITCH = 0.001  # seconds that Python code runs before another thread may: answers come first
WARM_AFTER = 3.0  # seconds, so that it does not slow the first page down


class Served(NamedTuple):
    """The app at work: its address here, a tunnel's where there is one, and a wait for Ctrl-C."""

    address: str
    tunnel: str | None
    wait: Callable[[], None]


def serve(
    context: Context,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    auth: tuple[str, str] | None = None,
    outside: str = "",
    warmed: bool = False,
    access: Access | None = None,
    root: str = "",
) -> Served:
    """Serve the page in the background.

    outside: as `build` takes it. warmed: come back when what a talk may show has been called once.
    access: whose key gives all rights; without one, all have them. root: the path or the whole
    address under which a proxy offers the app.
    """
    sys.setswitchinterval(SWITCH)
    access, allowance = access or Access(), Allowance()
    if access.key is not None:
        context = replace(context, library=RoleLibrary.of(context.library))
    with acting_as(Role.PRESENTER if access.key is None else Role.AUDIENCE):
        page = build(context, outside, allowance)  # it holds what all may see
    enforce(page, allowance)
    hosts = Hosts(host, [root])

    def layers(app: ASGIApp) -> ASGIApp:
        kept = KeptAnswers(RoleMark(app), everyone=auth is None)
        door = Door(Uploads(kept, allowance), access, root)
        return SameOrigin(door, hosts, any_host=access.key is not None)

    queue.watch(context.library.runs)
    with own_address_directly(outside=share):
        _, address, tunnel = page.launch(
            server_name=host,
            server_port=port,
            share=share,
            auth=auth,
            theme=THEME,
            css=CSS,
            head=HEAD + AUDIENCE + presenter.style(TABS),
            prevent_thread_lock=True,
            quiet=True,
            show_error=True,
            run_history=False,
            footer_links=[],
            max_file_size="2gb",
            max_threads=WAITING,
            state_session_capacity=SESSIONS,
            root_path=root or None,
            app_kwargs={"routes": [ROUTE], "lifespan": in_front(layers)},
        )
    if tunnel:
        hosts.add(tunnel)
    light_sessions(page)
    usual_threads(page)
    if warmed:
        warm_all(context)
    else:
        warming = threading.Timer(WARM_AFTER, _warm_first, (context,))
        warming.daemon = True
        warming.start()
        when_calm(_firsts(context))
    return Served(address, tunnel, page.block_thread if share else _wait)


def warm_all(context: Context) -> None:
    """Call once what a talk may show, tab by tab; the model chosen first is forgotten last."""
    for tab in TABS:
        if tab.warm:
            tab.warm(context)
    _warm_first(context)
    for first in _firsts(context):
        first()


def _warm_first(context: Context) -> None:
    with suppress(InputError):  # told when it is asked for
        warm_first(context)


def _firsts(context: Context) -> list[Callable[[], None]]:
    """Return what makes the things that tabs show before anybody pressed a button."""
    return [partial(_make, tab, context) for tab in TABS if tab.first]


def _make(tab: Tab, context: Context) -> None:
    opening = tab.first(context) if tab.first else None
    if opening:
        opening.wait()


def _wait() -> None:
    """Wait for Ctrl-C. Gradio's own would then wait 5 s for pages that still listen."""
    while True:
        time.sleep(1)
