"""Assembles the tabs into one page."""

import gradio as gr

from playground.serving.joined import ENGINE
from playground.ui.context import Context
from playground.ui.i18n import language
from playground.ui.page.part import started
from playground.ui.permalinks.link import Link
from playground.ui.permalinks.store import LinkStore
from playground.ui.presenter import presenter
from playground.ui.runtime import on_load
from playground.ui.runtime.access import current_visitor, open_to_all
from playground.ui.runtime.allowance import Allowance
from playground.ui.runtime.queueing import TURNS
from playground.ui.shell import Shell
from playground.ui.tabs import TABS

GROUPS = "widgets/page/tab_groups.js"


def build(context: Context, outside: str = "", allowance: Allowance | None = None) -> gr.Blocks:
    """Return the page with all tabs; nothing is served yet.

    outside: where others reach what this machine opens as localhost, which links then tell.
    allowance: in which what links of the audience hold is counted.
    """
    limits = allowance or Allowance()

    def spend(size: int) -> None:
        limits.spend(current_visitor(), size, links=1)

    with gr.Blocks(
        title="Diffusion Playground",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(86400, 86400),
    ) as page:
        gr.Markdown("# Diffusion Playground", elem_classes="title")
        with gr.Tabs(overflow_behavior="wrap") as tabs:
            shell = Shell(context, page, tabs)
            for one in TABS:
                with gr.Tab(one.title, id=one.id) as tab:
                    one.build(shell, tab)
        shell.connect()
        presenter.build(TABS)
        Link(page, tabs, LinkStore(context.library.runs, spend), outside).build()
        on_load.build(page)
        groups = {one.id: one.group for one in TABS}
        hints = {name: text for one in TABS for name, text in one.hints.items()}
        marks = started("widgets/page/hints.js", hints), started(GROUPS, groups)
        scripts = (*marks, language.script())
        for script in scripts:
            page.load(None, js=script, api_visibility="private")
        gr.api(
            open_to_all(serving_status), api_name="serving_status", api_visibility="undocumented"
        )
    return page


def serving_status() -> dict[str, int]:
    """Return how many samplings work and wait, and how many network calls were asked and made."""
    return {
        "samplings": ENGINE.samplings,
        "working": TURNS.working,
        "waiting": TURNS.waiting,
        "asked": ENGINE.calls,
        "made": ENGINE.joined_calls,
    }
