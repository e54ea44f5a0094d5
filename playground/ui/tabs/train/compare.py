"""Runs beside each other: their smoothed loss in one plot, and their newest samples."""

import base64
import json
from typing import Any

import gradio as gr

from playground.training.runs import manager
from playground.training.runs.overview import compared
from playground.ui.context import Context
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.loss import FIGURE
from playground.ui.tabs.train.messages import ComparedRun, Comparison
from playground.ui.tabs.train.pictures import QUIET
from playground.ui.tabs.train.pulse import Pulse
from playground.ui.tabs.train.run_list import RunList


def build(context: Context, listed: RunList, pulse: Pulse, tab: gr.Tab) -> None:
    """Lay the comparison out here; it shows while two or more runs are ticked."""
    runs = context.library.runs
    with gr.Column(visible=False) as both:
        over = gr.Radio(["steps", "seconds"], value="steps", label="Compare over", container=False)
        plot = page_part("tabs/train/page/compare_plot", styles=[FIGURE], comparison="")
    seen = gr.State(None)  # what the plot shows now

    def show(ticked: str, over: str, seen: Any) -> tuple[Any, ...]:
        known = manager.names(runs)
        names = [name for name in json.loads(ticked) if name in known]
        now = (names, over, [_state(name) for name in names])
        if now == seen:
            return gr.skip(), gr.skip(), gr.skip()
        if len(names) < 2:
            return gr.Column(visible=False), gr.skip(), now
        found = [
            ComparedRun(**one, **_row(str(one["name"]))) for one in compared(runs, names, over)
        ]
        message = to_json(Comparison(over, found))
        return gr.Column(visible=True), gr.HTML(comparison=message), now

    def _state(name: str) -> Any:
        found = manager.folder(runs, name)
        now = manager.status(found)
        return now.state, now.step, [path.name for path in found.sample_rows()[-1:]]

    def _row(name: str) -> dict[str, Any]:
        rows = manager.folder(runs, name).sample_rows()
        if not rows:
            return {"row": "", "row_step": 0}
        data = base64.b64encode(rows[-1].read_bytes()).decode()
        return {"row": f"data:image/png;base64,{data}", "row_step": int(rows[-1].stem)}

    inputs, views = [listed.ticked, over, seen], [both, plot, seen]
    gr.on([listed.ticked.change, over.change], guarded(show), inputs, views, **QUIET)
    # what was sent out of view may be lost
    tab.select(guarded(lambda ticked, over: show(ticked, over, None)), inputs[:2], views, **QUIET)
    pulse.beat(show, inputs, views)  # what it shows is on the cards, too
