"""Assembles the tabs into one page, and serves it."""

import os
from collections.abc import Callable

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported

import gradio as gr

from playground.ui import tab_denoise, tab_noise, tab_train
from playground.ui.hints import SCRIPT
from playground.ui.house import House
from playground.ui.style import CSS, THEME

TABS = (("Noise", tab_noise), ("Denoise", tab_denoise), ("Train", tab_train))


def build(house: House) -> gr.Blocks:
    """The page with all tabs; nothing is served yet."""
    with gr.Blocks(
        title="Diffusion Playground",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(86400, 86400),
    ) as page:
        gr.Markdown("# Diffusion Playground", elem_classes="title")
        for title, tab in TABS:
            with gr.Tab(title, id=title.lower()):
                tab.build(house, page)
        page.load(None, js=SCRIPT, api_visibility="private")
    return page


def serve(
    house: House,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    auth: tuple[str, str] | None = None,
) -> tuple[str, Callable[[], None]]:
    """Serve the page in the background; its address, and a function that waits for Ctrl-C."""
    page = build(house)
    page.queue(default_concurrency_limit=4)
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        share=share,
        auth=auth,
        theme=THEME,
        css=CSS,
        prevent_thread_lock=True,
        quiet=True,
        show_error=True,
        run_history=False,
        footer_links=[],
        max_file_size="2gb",
    )
    return address, page.block_thread
