"""Which run is looked at, and what one can do with it: pause, resume, stop."""

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from playground.ui.context import Context
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train import service


@dataclass(frozen=True)
class Runs:
    """The dropdown that names the run in view, and its status for programs."""

    run: gr.Dropdown
    status: gr.JSON


def build(context: Context) -> Runs:
    """Lay the dropdown and the buttons out here."""
    with gr.Row(elem_classes="bottom run-row"):
        run = gr.Dropdown(
            [],  # named to the presenter alone, when the page opens
            value=None,
            label="Run",
            allow_custom_value=True,
            scale=3,
        )
        pause = gr.Button("Pause", min_width=80, elem_id="train-pause")
        resume = gr.Button("Resume", min_width=80, elem_id="train-resume")
        stop = gr.Button("Stop", variant="stop", min_width=80, elem_id="train-stop")
    status = gr.JSON(visible=False)

    def signal(word: str) -> Callable[[str], service.Facts]:
        return lambda name: service.signal(context, name, word)

    def go_on(name: str) -> service.Facts:
        return service.resume(context, name)

    for button, handler, api in (
        (pause, signal("pause"), "train_pause"),
        (stop, signal("stop"), "train_stop"),
        (resume, go_on, "train_resume"),
    ):
        button.click(guarded(handler), run, status, api_name=api, show_progress="hidden")
    return Runs(run, status)
