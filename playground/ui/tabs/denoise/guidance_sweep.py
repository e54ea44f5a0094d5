"""Guidance sweep: samples of one class at many scales, more of the class and less variety."""

import json
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.training.data.dataset import Dataset
from playground.training.evaluation.judge import Judge, training
from playground.ui.context import Context
from playground.ui.media.film import PACE
from playground.ui.media.film_pack import packed
from playground.ui.page.joined import joined_part
from playground.ui.widgets.request import Request, SamplingForm
from playground.ui.widgets.sampling_controls import SamplingControls

SCALES = (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
COUNT = 24  # samples of each scale that the two numbers are about
MOST = 512  # real pictures that they are held against
SHOWN = 6  # of them in the page
TOLD_EVERY = 0.3  # seconds between two words on the judge's training


def build(context: Context, controls: SamplingControls) -> None:
    """Lay the section out here; it samples as these controls say, scale apart."""
    judges = Judges()
    with gr.Accordion("Guidance sweep", open=False):
        with gr.Row():
            go = gr.Button("Sweep the scale", variant="primary", elem_id="sweep", scale=0)
            stop = gr.Button("Stop", variant="stop", elem_id="sweep-stop", scale=0)
        shared = ("frame_plots",)
        part = joined_part(
            "sweep", elem_id="sweep-part", shared=shared, column="", scales=json.dumps(SCALES)
        )
    facts = gr.JSON(visible=False)

    def run(form: SamplingForm) -> Iterator[tuple[gr.HTML, list[dict[str, Any]]]]:
        columns: list[dict[str, Any]] = []
        said: dict[str, Any] = {}
        for news in sweep(judges, form.request(context)):
            said |= news
            if column := said.pop("column", None):
                columns.append(column)
            # all columns every time: of messages that follow each other fast some get lost
            told = [{k: c[k] for k in ("scale", "fidelity", "diversity", "nfe")} for c in columns]
            yield gr.HTML(column=json.dumps(said | {"columns": columns})), told
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


class Judges:
    """The judge of the pictures that were asked for last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Dataset, Judge] | None = None

    def of(self, data: Dataset) -> Judge | None:
        """The judge of these pictures, where it is there already."""
        with self._lock:
            return self._kept[1] if self._kept and self._kept[0] is data else None

    def keep(self, data: Dataset, judge: Judge) -> None:
        """Keep a trained judge, in place of another."""
        with self._lock:
            self._kept = data, judge


def sweep(judges: Judges, request: Request) -> Iterator[dict[str, Any]]:
    """Words on the judge's training, then a column of pictures and two numbers for every scale.

    fidelity: the share of the samples that the judge takes for the class asked for. diversity: the
    mean distance between two of them in its features, over that between any two real pictures.
    InputError for a model without classes, or whose pictures are not here.
    """
    names = request.class_names
    if not names:
        raise InputError(f"{request.model} has no classes; choose a model that has.")
    kind = request.cond[0] if request.cond and len(set(request.cond)) == 1 else 0
    data = request.source.data()
    real = data.x[:0] if data.labels is None else data.x[data.labels == kind][:MOST]
    if len(real) < 2:
        raise InputError(f"There are too few pictures of {names[kind]}; choose another class.")
    run = {"run": uuid.uuid4().hex}
    judge = judges.of(data)
    told = 0.0
    for done, trained in [] if judge else training(data):
        if time.monotonic() - told > TOLD_EVERY:
            yield run | {"text": f"Training a judge of its classes: {100 * done:.0f} %"}
            told = time.monotonic()
        judge = trained
    assert judge is not None
    judges.keep(data, judge)
    about = f"{COUNT} samples of {names[kind]} each · {request.guidance.name.replace('_', '-')}"
    trust = f"a judge that is right on {100 * judge.accuracy:.0f} % of pictures new to it"
    usual = max(1e-9, judge.spread(data.x[:: max(1, len(data) // MOST)]))
    known = {"fidelity": judge.share(real, kind), "diversity": judge.spread(real) / usual}
    yield run | {"text": f"{about} · {trust}", "real": known}
    for place, scale in enumerate(SCALES):
        for frame in _of_class(request, scale, kind).frames():
            if time.monotonic() - told > TOLD_EVERY and frame.index < frame.total:
                said = f"Scale {scale:g}: step {frame.index} of {frame.total}"
                yield run | {"text": f"{said} · {about} · {trust}"}
                told = time.monotonic()
        x = frame.x.clamp(-1, 1)
        column = {
            "place": place,
            "scale": scale,
            "fidelity": round(judge.share(x, kind), 4),
            "diversity": round(judge.spread(x) / usual, 4),
            "nfe": frame.nfe,
            "sheet": packed(x[:SHOWN], columns=2),
        }
        yield run | {"column": column}
    yield run | {"text": f"{about} · {trust}"}


def _of_class(request: Request, scale: float, kind: int) -> Request:
    first = request.seeds[0]
    return replace(
        request,
        seeds=range(first, first + COUNT),
        cond=[kind] * COUNT,
        guidance=replace(request.guidance, scale=scale),
    )
