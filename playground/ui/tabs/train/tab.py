"""The Train tab: drop pictures, press Start, and watch samples sharpen."""

from pathlib import Path

import gradio as gr

from playground.ui.page.part import started
from playground.ui.runtime.guard import for_all
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.train import (
    endpoints,
    example,
    more,
    pictures,
    progress,
    runs,
    start,
    waiting,
)
from playground.ui.tabs.train.pictures import QUIET
from playground.ui.tabs.train.pulse import Pulse

FOLDED = ["train-more", "train-levels", "train-run-more"]  # a person's choice is remembered


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; kept models are opened in the tab that takes models."""
    context, page = shell.context, shell.page
    pulse = Pulse()
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=460, elem_classes="train-controls"):
            chosen = pictures.build(context)
            begin = start.build(context, tab, chosen)
            waiting.build(context, page, pulse)
            chosen.summary.render()
        with gr.Column(scale=1, min_width=320, elem_classes="train-run"):
            shown = runs.build(context)
            past = progress.build(context, page, shown.run, pulse)
            more.build(context, chosen, begin, shown)
    endpoints.build(context, chosen, shown)
    begin.connect(shown)
    folding = started("page/kit/folding.js", FOLDED)
    tab.select(None, None, None, js=folding, api_visibility="private")
    tab.select(for_all(lambda: example.begin(context)), **QUIET)
    shell.when_built(lambda: past.opens_in(shell, "denoise"))


TAB = Tab(
    "train",
    "Train",
    build,
    group="Make your own",
    first=example.first,
    stage=("train-samples", "train-loss", "copy_meter", "compare_plot", "run_list"),
    stage_style=Path(__file__).parent / "page" / "stage_train.css",
    hints={
        "train-start": "Start a new run with these pictures",
        "train-pause": "Save and end the trainer; Resume goes on",
        "train-resume": "Go on where this run was saved",
        "train-stop": "Save and end this run; its model stays",
        "open-snapshot": "Sample from the model as it was at this step",
        "train-rename": "Give this run and its model another name",
        "train-rename-yes": "Take this name",
        "train-rename-no": "Keep the name as it is",
        "train-duplicate": "Fill in the settings and pictures of this run,"
        " to change some and start",
        "train-continue": "A new run that begins with this model,"
        " on its pictures and those chosen now",
        "train-delete": "Delete this run with its pictures, for good",
        "train-delete-yes": "It cannot be undone",
        "train-delete-no": "Keep this run",
        "like-forget": "Take the ordinary settings again",
    },
)
