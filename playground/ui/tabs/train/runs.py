"""Which run is looked at, and what one can do with it: pause, resume, stop."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import gradio as gr

from playground.training.runs import manager
from playground.ui.context import Context
from playground.ui.runtime.guard import guarded


@dataclass(frozen=True)
class Runs:
    """The dropdown that names the run in view, and its status as the API tells it."""

    run: gr.Dropdown
    status: gr.JSON


def build(context: Context) -> Runs:
    """Lay the dropdown and the buttons out here."""
    runs = context.library.runs
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

    def tell(word: str) -> Callable[..., Any]:
        def handler(name: str) -> dict[str, Any]:
            found = manager.folder(runs, name)
            manager.tell(found, word, wait=15)
            return asdict(manager.status(found))

        return guarded(handler)

    def go_on(name: str) -> dict[str, Any]:
        found = manager.folder(runs, name)
        manager.start(found)
        return asdict(manager.status(found))

    pause.click(tell("pause"), run, status, api_name="train_pause", show_progress="hidden")
    stop.click(tell("stop"), run, status, api_name="train_stop", show_progress="hidden")
    resume.click(guarded(go_on), run, status, api_name="train_resume", show_progress="hidden")
    asked = gr.Button(visible=False)
    asked.click(
        guarded(lambda name: asdict(manager.status(manager.folder(runs, name)))),
        run,
        status,
        api_name="train_status",
    )
    return Runs(run, status)
