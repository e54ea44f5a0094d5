"""The Reference tab: every schedule, spacing, sampler and guidance, in plots and in words."""

import re
from pathlib import Path
from typing import Any

import gradio as gr

from playground.reference import body
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import Text
from playground.ui.page.contracts import from_json, plain, to_json
from playground.ui.page.part import page_part
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering, for_all
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.reference import service
from playground.ui.tabs.reference.messages import OrderQuestion, SpacingQuestion

CODE = re.compile("`([^`]+)`")


def in_markdown(text: Text) -> str:
    """Return the text as the page says it: what stands in backticks is code."""
    return in_html(Text(CODE.sub(r"<code>\1</code>", text.key), text.values))


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; it is filled when it is opened."""

    def spacing(question: dict[str, object]) -> object:
        return plain(service.spacing(from_json(SpacingQuestion, question)))

    def order(question: dict[str, object]) -> object:
        return plain(service.order(from_json(OrderQuestion, question)))

    plots = page_part(
        "tabs/reference/page/plots",
        elem_id="reference-plots",
        styles=["page/chart/figure"],
        catalogue="",
        server_functions=[open_to_all(answering(spacing)), open_to_all(answering(order))],
    )
    # what is told is ours: nobody's HTML is in it
    text = gr.Markdown(
        elem_id="reference-text", container=False, header_links=True, sanitize_html=False
    )

    def fill() -> tuple[gr.HTML, str]:
        anchored = body(in_markdown).replace("](#", "](#h-")  # as Gradio calls the headings
        return gr.HTML(catalogue=to_json(service.catalogue())), anchored

    def told() -> tuple[dict[str, Any], str]:
        return plain(service.catalogue()), body()

    tab.select(for_all(fill), None, [plots, text], api_visibility="private", show_progress="hidden")
    asked, answers = gr.Button(visible=False), [gr.JSON(visible=False), gr.Markdown(visible=False)]
    asked.click(for_all(told), None, answers, api_name="reference")


TAB = Tab(
    "reference",
    "Reference",
    build,
    group="Understand",
    stage=("reference-plots",),
    stage_style=Path(__file__).parent / "page" / "stage_reference.css",
)
