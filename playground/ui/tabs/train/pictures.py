"""The pictures to train on: choosing them, and seeing what they are and what was left out."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.spaces.crops import FITS
from playground.training.data.dataset import Dataset
from playground.training.runs import manager
from playground.ui.context import Context
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import t
from playground.ui.page.part import page_part
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.dataset_view import dataset_summary
from playground.ui.tabs.train.picture_source import (
    BUNDLED,
    COLOURS,
    DRAW,
    OWN,
    RUN,
    SIZES,
    WEBCAM,
    PictureForm,
    PictureSource,
)
from playground.ui.widgets.files_input import files_input
from playground.ui.widgets.knobs import with_names

SET = "tabs/train/page/picture_set"  # styles of the parts that make pictures
PROGRESS_SECONDS = 0.4  # from one word on the progress to the next
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}


@dataclass(frozen=True)
class Pictures:
    """The controls that choose pictures, in the order of `PictureForm`, and what is shown of them.

    count: of the pictures; 0 without any.
    """

    inputs: list[gr.components.Component]
    source: PictureSource
    summary: gr.HTML
    count: gr.State

    parameters = PictureForm._fields

    def control(self, name: str) -> gr.components.Component:
        """Return the control of this parameter."""
        return self.inputs[self.parameters.index(name)]


def build(context: Context) -> Pictures:
    """Lay the controls out here; `summary` and the control "fit" are rendered elsewhere."""
    source = gr.Radio(
        [OWN, WEBCAM, DRAW, *BUNDLED, RUN],
        value=OWN,
        label="Pictures",
        info="20 to 200 of one kind; folders in a zip are classes.",
    )
    with gr.Column(visible=True) as own:
        files = files_input(label="Files", height=132, elem_id="train-files")
        page_part("tabs/train/page/folder_picker", target="train-files")
    with gr.Column(visible=False) as webcam:
        shots = page_part("tabs/train/page/webcam_burst", styles=[SET], value="")
    with gr.Column(visible=False) as draw:
        drawn = page_part("tabs/train/page/draw_pad", styles=[SET], value="")
    with gr.Column(visible=False) as earlier:
        of_run = gr.Dropdown([], value="", label="Pictures of", allow_custom_value=True)
    with gr.Row():
        size = gr.Radio(list(SIZES), value=32, label="Size", info="Pixels a side.", min_width=220)
        colour = gr.Radio(
            list(COLOURS), value="colour", label="Colour", info="Grey is faster.", min_width=150
        )
    fit = gr.Radio(
        list(FITS),
        value="centre",
        label="Crop",
        info="The middle, the part with most detail, or all of it on white.",
        render=False,  # among what is rarely used
    )
    summary = gr.HTML("", elem_id="taken", render=False)
    count = gr.State(0)
    inputs: list[gr.components.Component] = [source, files, size, colour, fit, drawn, shots, of_run]
    chosen = Pictures(inputs, PictureSource(context), summary, count)
    groups = {OWN: own, WEBCAM: webcam, DRAW: draw, RUN: earlier}

    def show_group(name: str) -> list[Any]:
        names = gr.Dropdown(manager.names(context.library.runs)) if name == RUN else gr.skip()
        return [*(gr.Column(visible=name == owner) for owner in groups), names]

    source.change(show_group, source, [*groups.values(), of_run], **QUIET)
    _summarise(chosen)
    return chosen


def _summarise(chosen: Pictures) -> None:
    """Let the summary and the count follow the controls."""

    def look(*values: Any) -> Iterator[tuple[Any, Any]]:
        form, shown_at = PictureForm(*values), 0.0
        if form.is_empty:
            yield "", 0
            return
        for found in chosen.source.steps(form):
            if isinstance(found, Dataset):
                yield dataset_summary(found), len(found)
            elif (now := time.monotonic()) - shown_at >= PROGRESS_SECONDS:
                shown_at = now
                done, total = found
                far = t("Reading {k} of {n} …", k=f"{done:,}", n=f"{total:,}")
                yield in_html(far, "p"), gr.skip()

    changes = [control.change for control in chosen.inputs]  # type: ignore[attr-defined]
    gr.on(
        changes,
        guarded(with_names(look, chosen.parameters)),
        chosen.inputs,
        [chosen.summary, chosen.count],
        show_progress="hidden",
        trigger_mode="always_last",
        api_name="train_look",
    )
