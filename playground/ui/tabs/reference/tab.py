"""The Reference tab: every schedule, spacing, sampler and guidance, and the schedules' curves."""

import json
import math

import gradio as gr
import torch

from playground.diffusion import schedules
from playground.reference import body
from playground.ui.page.joined import joined_part
from playground.ui.runtime.guard import guarded
from playground.ui.shell import Shell, Tab

POINTS, MOST = 201, 15.0  # of each curve; log-SNRs beyond are not drawn


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; it is filled when it is opened."""
    plot = joined_part("schedule_plot", curves="")
    text = gr.Markdown(elem_id="reference-text", container=False, header_links=True)

    def fill() -> tuple[gr.HTML, str]:
        anchored = body().replace("](#", "](#h-")  # as Gradio calls the headings
        return gr.HTML(curves=json.dumps(curves())), anchored

    tab.select(guarded(fill), None, [plot, text], api_name="reference", show_progress="hidden")


def curves() -> list[dict[str, object]]:
    """Of each schedule its name and its log-SNR at evenly spaced t, null where it is beyond."""
    t = torch.linspace(0, 1, POINTS, dtype=torch.float64)
    found: list[dict[str, object]] = []
    for name in schedules.names():
        alpha, sigma = schedules.get(name)(t)
        values = (2 * (alpha.log() - sigma.log())).tolist()
        shown = [round(v, 3) if math.isfinite(v) and abs(v) <= MOST else None for v in values]
        found.append({"name": name, "log_snr": shown})
    return found


TAB = Tab(
    "reference",
    "Reference",
    build,
    stage=("schedule_plot",),
)
