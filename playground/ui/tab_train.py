"""The Train tab: drop pictures, press Start, and watch samples sharpen."""

import base64
import html
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.library import ASSETS
from playground.spaces.images import to_pil
from playground.training import jobs, presets
from playground.training.dataset import Dataset
from playground.training.folder import RunFolder
from playground.training.metrics import LossCurve
from playground.ui.components.page_part import page_part
from playground.ui.guard import guarded
from playground.ui.house import House

COLOURS = {"colour": 3, "grey": 1}
BUNDLED = {"bundled emoji": "emoji.zip", "bundled digits": "digits.zip"}
OWN = "my files"
THUMBNAILS, TOLD = 48, 20
NOTHING = "<div class='row'>Samples appear here a few seconds after Start.</div>"
LOOK_UP = "() => document.querySelector('#train-facts').scrollIntoView({block: 'nearest'})"
ENDED = ("finished", "stopped", "paused")
Seen = tuple[Any, Any, Any] | None
curve = lru_cache(maxsize=32)(LossCurve)


def build(house: House, page: gr.Blocks) -> None:
    """Lay the tab out in this page."""
    runs = house.library.runs
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=360):
            source = gr.Radio(
                [OWN, *BUNDLED],
                value=OWN,
                label="Pictures",
                info="20 to 200 of one kind, or a zip whose folders are classes.",
            )
            files = gr.File(
                file_count="multiple",
                label="Files",
                height=140,
            )
            with gr.Row():
                size = gr.Radio(
                    [16, 32, 64], value=32, label="Size", info="Pixels a side.", min_width=150
                )
                colour = gr.Radio(
                    list(COLOURS),
                    value="colour",
                    label="Colour",
                    info="Grey is faster.",
                    min_width=150,
                )
            preset = gr.Radio(
                list(presets.PRESETS), value="2 minutes", label="How long", info="Stop any time."
            )
            name = gr.Textbox("my-run", label="Name", info="Of the run and of its model.")
            start = gr.Button("Start", variant="primary", elem_id="train-start")
            taken = gr.HTML("", elem_id="taken")
        with gr.Column(scale=1, min_width=320):
            with gr.Row(elem_classes="bottom"):
                run = gr.Dropdown(
                    jobs.names(runs),
                    value=None,
                    label="Run",
                    allow_custom_value=True,
                    info="Newest first.",
                    scale=3,
                )
                pause = gr.Button("Pause", min_width=80, elem_id="train-pause")
                resume = gr.Button("Resume", min_width=80, elem_id="train-resume")
                stop = gr.Button("Stop", variant="stop", min_width=80, elem_id="train-stop")
                delete = gr.Button("Delete", min_width=80, elem_id="train-delete")
            facts = gr.HTML("", elem_id="train-facts")
            row = gr.HTML(NOTHING, elem_id="train-samples")
            plot = page_part("loss_plot", points="")
            with gr.Row(visible=False) as sure:
                gr.Markdown("Delete this run with its pictures, for good?")
                yes = gr.Button("Yes, delete", variant="stop")
                no = gr.Button("No")
    status = gr.JSON(visible=False)
    seen = gr.State(None)  # what this page shows now
    timer = gr.Timer(0.7)

    @lru_cache(maxsize=1)  # looking and starting want the same pictures, which take a while
    def read(source: str, files: tuple[str, ...], size: int, colour: str) -> Dataset:
        chosen: Any = ASSETS / BUNDLED[source] if source in BUNDLED else files
        if not chosen:
            raise InputError("There are no pictures yet; drop some files or a zip first.")
        if colour not in COLOURS:
            raise InputError("Colour must be colour or grey.")
        return Dataset.from_files(chosen, int(size), channels=COLOURS[colour])

    def look(source: str, files: list[str] | None, size: int, colour: str) -> Iterator[str]:
        yield "" if source == OWN and not files else "<p>Reading the pictures …</p>"
        if source != OWN or files:
            yield _taken(read(source, tuple(files or ()), size, colour))

    def begin(
        source: str, files: list[str] | None, size: int, colour: str, preset: str, name: str
    ) -> tuple[Any, dict[str, Any]]:
        dataset = read(source, tuple(files or ()), size, colour)
        if advice := dataset.advice():
            gr.Warning(advice)
        made = jobs.create(runs, name, dataset, presets.config(preset))
        read.cache_clear()
        jobs.start(made)
        return gr.Dropdown(jobs.names(runs), value=made.name), asdict(jobs.status(made))

    def show(name: str | None, seen: Seen) -> tuple[Any, ...]:
        known = jobs.names(runs)
        if name not in known:
            name = known[0] if known else None
        if name is None:
            return gr.skip(), "", NOTHING, gr.HTML(points=""), None
        found = RunFolder(runs / name)
        state, rows = jobs.status(found), found.sample_rows()
        now = (tuple(known), name), state, rows[-1:]
        changed = [a != b for a, b in zip(now, seen or (None,) * 3, strict=True)]
        return (  # sending only what is new keeps an open list open and the page calm
            gr.Dropdown(known, value=name) if changed[0] else gr.skip(),
            _facts(state, model_of(found)) if changed[1] else gr.skip(),
            _samples(rows) if changed[0] or changed[2] else gr.skip(),
            gr.HTML(points=json.dumps(curve(found.metrics).points())) if changed[1] else gr.skip(),
            now,
        )

    def model_of(run: RunFolder) -> str:
        models = house.library.models()
        return next((name for name, path in models.items() if path == run.checkpoint), run.name)

    def tell(word: str) -> Any:
        def handler(name: str) -> dict[str, Any]:
            found = jobs.folder(runs, name)
            jobs.tell(found, word, wait=15)
            return asdict(jobs.status(found))

        return guarded(handler)

    def go_on(name: str) -> dict[str, Any]:
        found = jobs.folder(runs, name)
        jobs.start(found)
        return asdict(jobs.status(found))

    def remove(name: str) -> tuple[Any, Any]:
        jobs.delete(jobs.folder(runs, name))
        known = jobs.names(runs)
        return gr.Dropdown(known, value=known[0] if known else None), gr.Row(visible=False)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    data = [source, files, size, colour]
    changes = [c.change for c in data]  # type: ignore[attr-defined]
    gr.on(changes, guarded(look), data, taken, show_progress="hidden", api_name="train_look")
    started = start.click(
        guarded(begin), [*data, preset, name], [run, status], api_name="train_start"
    )
    started.success(None, js=LOOK_UP, api_visibility="private")  # on a phone it lies further down
    pause.click(tell("pause"), run, status, api_name="train_pause", show_progress="hidden")
    stop.click(tell("stop"), run, status, api_name="train_stop", show_progress="hidden")
    resume.click(guarded(go_on), run, status, api_name="train_resume", show_progress="hidden")
    asked = gr.Button(visible=False)
    asked.click(
        guarded(lambda name: asdict(jobs.status(jobs.folder(runs, name)))),
        run,
        status,
        api_name="train_status",
    )
    delete.click(lambda: gr.Row(visible=True), None, sure, **quiet)
    no.click(lambda: gr.Row(visible=False), None, sure, **quiet)
    yes.click(guarded(remove), run, [run, sure], api_name="train_delete", show_progress="hidden")
    views, known = [run, facts, row, plot, seen], [run, seen]
    timer.tick(guarded(show), known, views, trigger_mode="once", **quiet)
    page.load(guarded(lambda name: show(name, None)), run, views, **quiet)


def _taken(dataset: Dataset) -> str:
    """What was taken, in numbers and thumbnails, and what was left out, and why."""
    counted = f"<b>{len(dataset)} picture{'s' * (len(dataset) != 1)}</b>"
    if dataset.class_names:
        names = ", ".join(html.escape(n) for n in dataset.class_names[:12])
        counted += f" in {len(dataset.class_names)} classes: {names}"
    parts = [f"<p>{counted}</p>"]
    if advice := dataset.advice():
        parts.append(f"<p class='warn'>{advice}</p>")
    step = max(1, len(dataset) // THUMBNAILS)
    thumbs = "".join(f"<img alt='' src='{_png(x)}'/>" for x in dataset.x[::step][:THUMBNAILS])
    parts.append(f"<div class='thumbs'>{thumbs}</div>")
    if dataset.problems:
        told = "".join(f"<li>{html.escape(str(p))}</li>" for p in dataset.problems[:TOLD])
        more = len(dataset.problems) - TOLD
        told += f"<li>and {more} more</li>" if more > 0 else ""
        parts.append(f"<p>Left out: {len(dataset.problems)}</p><ul>{told}</ul>")
    return "".join(parts)


def _png(x: Any) -> str:
    data = io.BytesIO()
    to_pil(x).save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()


def _facts(now: jobs.Status, model: str) -> str:
    cells = [("state", now.state), ("step", f"{now.step:,}")]
    if now.loss is not None and now.images_per_second is not None:
        cells += [("loss", f"{now.loss:.4f}"), ("images/s", f"{now.images_per_second:.0f}")]
        cells += [("time", _clock(now.seconds))]
    if now.eta is not None and now.alive:
        cells += [("left", _clock(now.eta))]
    shown = "".join(f"<div><span>{k}</span><b>{v}</b></div>" for k, v in cells)
    message = f"<p class='warn'>{html.escape(now.message)}</p>" if now.message else ""
    if now.state in ENDED:
        message += f"<p>Its model is <b>{html.escape(model)}</b> in the Denoise tab.</p>"
    return f"<div class='facts-row'>{shown}</div>{message}"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _samples(rows: list[Path]) -> str:
    if not rows:
        return NOTHING
    data = base64.b64encode(rows[-1].read_bytes()).decode()
    step = int(rows[-1].stem)
    return (
        f"<div class='row'><img alt='Samples at step {step}' src='data:image/png;base64,{data}'/>"
        f"<span>the same noise at step {step:,}, by the averaged weights</span></div>"
    )
