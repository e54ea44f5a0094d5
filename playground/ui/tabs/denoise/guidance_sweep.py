"""Guidance sweep: samples of one class at many scales, more of the class and less variety."""

import json
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground.ui.context import Context
from playground.ui.media.film import PACE
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.tabs.denoise.sweep import SCALES, Judges, sweep
from playground.ui.widgets.request import SamplingForm
from playground.ui.widgets.sampling_controls import SamplingControls

FOLDED = "sweep-folded"  # the accordion's elem_id


def build(context: Context, controls: SamplingControls) -> None:
    """Lay the section out here; it samples as these controls say, scale apart."""
    judges = Judges()
    with gr.Accordion("Guidance sweep", open=False, elem_id=FOLDED):
        with gr.Row():
            go = gr.Button("Sweep the scale", variant="primary", elem_id="sweep", scale=0)
            stop = gr.Button("Stop", variant="stop", elem_id="sweep-stop", scale=0)
        part = page_part(
            "tabs/denoise/page/sweep",
            styles=("page/chart/figure",),
            elem_id="sweep-part",
            column="",
            scales=json.dumps(SCALES),
        )
    facts = gr.JSON(visible=False)

    def run(form: SamplingForm) -> Iterator[tuple[gr.HTML, list[dict[str, Any]]]]:
        for news in sweep(judges, form.request(context)):
            told = [{"scale": one.scale, "nfe": one.nfe, **vars(one.gain)} for one in news.columns]
            yield gr.HTML(column=to_json(news)), told
            time.sleep(PACE)

    running = go.click(
        controls.handled(run),
        controls.components,
        [part, facts],
        api_name="guidance_sweep",
        show_progress="hidden",
        concurrency_limit=2,
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
