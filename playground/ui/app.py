"""Assembles the tabs into one page, and serves it."""

import os
import sys
import threading
import time
from collections.abc import Callable

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported
# requests of one kind at a time; `Blocks.queue`, which sets it too, builds the server a second time
os.environ.setdefault("GRADIO_DEFAULT_CONCURRENCY_LIMIT", "4")

# statistics of all requests so far, made anew after each of them
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")

import gradio as gr

from playground.serving.joined import ENGINE
from playground.training.runs import queue
from playground.ui import (
    at_start,
    language,
    tab_denoise,
    tab_edit,
    tab_fork,
    tab_live,
    tab_noise,
    tab_plane,
    tab_race,
    tab_reference,
    tab_train,
    talk,
)
from playground.ui.hints import SCRIPT
from playground.ui.house import House
from playground.ui.in_turn import TURNS
from playground.ui.kept_answers import KeptAnswers
from playground.ui.link import Link
from playground.ui.link_store import LinkStore
from playground.ui.made.strip import Targets
from playground.ui.sessions import Sessions
from playground.ui.style import CSS, HEAD, THEME
from playground.ui.warming import warm, warm_all

WAITING = 1000  # requests that may wait for their turn; each holds a place in Gradio's queue
SESSIONS = 500  # pages and clients whose state is kept at a time
SWITCH = 0.001  # seconds that Python code runs before another thread may: answers come first
WARM_AFTER = 3.0  # seconds, so that it does not slow the first page down


def build(house: House, outside: str = "") -> gr.Blocks:
    """The page with all tabs; nothing is served yet.

    outside: where others reach what this machine opens as localhost, which links then tell.
    """
    with gr.Blocks(
        title="Diffusion Playground",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(86400, 86400),
    ) as page:
        gr.Markdown("# Diffusion Playground", elem_classes="title")
        with gr.Tabs(overflow_behavior="wrap") as tabs:
            with gr.Tab("Noise", id="noise"):
                noise = tab_noise.build(house, page)
            with gr.Tab("Denoise", id="denoise"):
                model, strip = tab_denoise.build(house, page)
            with gr.Tab("Live", id="live"):
                tab_live.build(house, page)
            with gr.Tab("Race", id="race"):
                race = tab_race.build(house, page)
            with gr.Tab("Fork", id="fork"):
                fork = tab_fork.build(house, page)
            with gr.Tab("Edit", id="edit") as tab:
                edit = tab_edit.build(house, page, tab)
            with gr.Tab("Train", id="train") as tab:
                past = tab_train.build(house, page, tab)
            with gr.Tab("Plane", id="plane"):
                tab_plane.build(house)
            with gr.Tab("Reference", id="reference") as reference:
                tab_reference.build(page, reference)
        past.opens_in(tabs, "denoise", model)
        strip.sends_to(Targets(tabs, noise, edit, fork, race))
        talk.build(page)
        Link(page, tabs, LinkStore(house.library.runs), outside).build()
        at_start.build(page)
        for script in (SCRIPT, language.script()):
            page.load(None, js=script, api_visibility="private")
        gr.api(serving_status, api_name="serving_status", api_visibility="undocumented")
    return page


def serving_status() -> dict[str, int]:
    """How many samplings are at work and wait, and how many network calls were asked and made."""
    return {
        "samplings": ENGINE.samplings,
        "working": TURNS.working,
        "waiting": TURNS.waiting,
        "asked": ENGINE.calls,
        "made": ENGINE.joined_calls,
    }


def serve(
    house: House,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    auth: tuple[str, str] | None = None,
    outside: str = "",
    warmed: bool = False,
) -> tuple[str, Callable[[], None]]:
    """Serve the page in the background; its address, and a function that waits for Ctrl-C.

    outside: as `build` takes it. warmed: come back when what a talk may show has been called once.
    """
    sys.setswitchinterval(SWITCH)
    page = build(house, outside)
    queue.watch(house.library.runs)
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
    )
    _lighten(page, everyone=auth is None)
    page.limiter = None  # those who wait use no thread: the usual number of them is enough
    if warmed:
        warm_all(house)
    else:
        warming = threading.Timer(WARM_AFTER, warm, (house,))
        warming.daemon = True
        warming.start()
    return address, page.block_thread if share else _wait


def _lighten(page: gr.Blocks, *, everyone: bool) -> None:
    """Have a visit cost the server little, so that a hall can open the page at once."""
    app = page.app
    app.state_holder = Sessions()
    app.state_holder.set_blocks(page)
    # before Gradio's own layers, of which one makes itself ready to compress at each request
    app.middleware_stack = KeptAnswers(
        app.middleware_stack or app.build_middleware_stack(), everyone
    )


def _wait() -> None:
    """Wait for Ctrl-C. Gradio's own would then wait 5 s for pages that still listen."""
    while True:
        time.sleep(1)
