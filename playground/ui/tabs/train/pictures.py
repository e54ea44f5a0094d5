"""The pictures to train on: choosing them, and seeing what was taken and what was left out."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from playground.errors import InputError, unknown
from playground.library import ASSETS
from playground.spaces.crops import FITS
from playground.training.data.archive import Found
from playground.training.data.dataset import Dataset
from playground.training.data.reading import Reading
from playground.training.runs import lineage, manager
from playground.ui.context import Context
from playground.ui.page.part import page_part
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.dataset_view import taken as shown
from playground.ui.tabs.train.page_pictures import from_page
from playground.ui.widgets.files_input import files_input
from playground.ui.widgets.knobs import with_names

SIZES = (16, 32, 64)
COLOURS = {"colour": 3, "grey": 1}
BUNDLED = {"bundled emoji": "emoji.zip", "bundled digits": "digits.zip"}
OWN, WEBCAM, DRAW, RUN = "my files", "webcam", "draw", "an earlier run"
SET = "tabs/train/page/picture_set"  # styles of the parts that make pictures
TELL_SECONDS = 0.4  # from one word on the progress to the next
PARAMETERS = ["source", "files", "size", "colour", "fit", "drawn", "shots", "of_run"]
MADE = {
    OWN: "There are no pictures yet; drop some files, a folder or a zip first.",
    WEBCAM: "There are no pictures yet; start the camera and take some.",
    DRAW: "There are no pictures yet; draw one and add it to the set.",
    RUN: "Choose a run whose pictures to take.",
}


@dataclass(frozen=True)
class Pictures:
    """The controls that choose pictures, and what makes a dataset of their values."""

    inputs: list[gr.components.Component]
    parameters: list[str]  # what the API calls them
    read: Callable[..., Dataset]  # the values of `inputs`, in their order
    forget: Callable[[], None]  # lets go of what was read last
    taken: gr.HTML
    count: gr.State  # of the pictures taken; 0 without any

    def uploads(self, *values: Any) -> list[str]:
        """The uploaded files that a run of these values is made of."""
        return list(values[1] or ()) if values[0] == OWN else []

    def any(self, *values: Any) -> bool:
        """Whether there are pictures of these values at all."""
        return values[0] not in MADE or bool(values[-1] if values[0] == RUN else _sources(*values))

    def part(self, name: str) -> gr.components.Component:
        """The control of this parameter."""
        return self.inputs[self.parameters.index(name)]


def build(context: Context) -> Pictures:
    """Lay the controls out here; what was taken is shown where `taken` is rendered."""
    runs = context.library.runs
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
    taken = gr.HTML("", elem_id="taken", render=False)
    count = gr.State(0)
    last = LastRead()

    def at_hand(values: Sequence[Any]) -> Dataset | None:
        """The pictures of these values, where no file has to be read for them."""
        if values[0] == RUN and not last.kept(values):
            if not values[-1]:
                raise InputError(MADE[RUN])
            found = manager.folder(runs, values[-1])
            return last.keep(values, lineage.pictures(found, int(values[2]), _channels(values[3])))
        return last.kept(values)

    def look(*values: Any) -> Iterator[tuple[Any, Any]]:
        if not made.any(*values):
            yield "", 0
            return
        dataset, told = at_hand(values), 0.0
        if dataset is None:
            reading = _reading(*values)
            for done, total in reading:
                if (now := time.monotonic()) - told >= TELL_SECONDS:
                    told = now
                    yield f"<p>Reading {done:,} of {total:,} …</p>", gr.skip()
            dataset = last.keep(values, Dataset.of(reading))
        yield shown(dataset), len(dataset)

    def read(*values: Any) -> Dataset:
        dataset = at_hand(values)
        if dataset is None:
            reading = _reading(*values)
            for _ in reading:
                pass
            dataset = last.keep(values, Dataset.of(reading))
        return dataset

    groups = {OWN: own, WEBCAM: webcam, DRAW: draw, RUN: earlier}
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    source.change(
        lambda name: [
            *(gr.Column(visible=name == owner) for owner in groups),
            gr.Dropdown(manager.names(runs)) if name == RUN else gr.skip(),
        ],
        source,
        [*groups.values(), of_run],
        **quiet,
    )
    inputs: list[gr.components.Component] = [source, files, size, colour, fit, drawn, shots, of_run]
    made = Pictures(inputs, PARAMETERS, read, last.forget, taken, count)
    changes = [c.change for c in inputs]  # type: ignore[attr-defined]
    gr.on(
        changes,
        guarded(with_names(look, PARAMETERS)),
        inputs,
        [taken, count],
        show_progress="hidden",
        trigger_mode="always_last",
        api_name="train_look",
    )
    return made


class LastRead:
    """What was read last: looking and starting want the same pictures, which take a while."""

    def __init__(self) -> None:
        self._kept: tuple[str, Dataset] | None = None

    def kept(self, values: Sequence[Any]) -> Dataset | None:
        """The pictures of these values, if they are what was read last."""
        now = self._kept  # once: another page may change it meanwhile
        return now[1] if now is not None and now[0] == repr(values) else None

    def keep(self, values: Sequence[Any], dataset: Dataset) -> Dataset:
        """Keep these instead."""
        self._kept = repr(values), dataset
        return dataset

    def forget(self) -> None:
        """Let go of them."""
        self._kept = None


def _reading(*values: Any) -> Reading:
    """The pictures of these values, not read yet; InputError where a value is wrong."""
    source, _, size, colour, fit, *_ = values
    channels = _channels(colour)
    if not (sources := _sources(*values)):
        raise InputError(MADE[source])
    return Reading(sources, int(size), channels, fit)


def _channels(colour: str) -> int:
    if colour not in COLOURS:
        raise unknown("colour", colour, COLOURS)
    return COLOURS[colour]


def _sources(
    source: str,
    files: list[str] | None,
    size: int,
    colour: str,
    fit: str,
    drawn: str | None,
    shots: str | None,
    of_run: str | None,
) -> list[str | Path | Found]:
    """What to read: files, the pictures made in the page, or a set that ships."""
    if source == OWN:
        return list(files or ())
    if source == WEBCAM:
        return list(from_page(shots, "photo"))
    if source == DRAW:
        return list(from_page(drawn, "drawing"))
    if source in BUNDLED:
        return [ASSETS / BUNDLED[source]]
    raise unknown("source of pictures", source, (*MADE, *BUNDLED))
