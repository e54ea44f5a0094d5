"""The start of a run: how long, remember or invent, its name, and the button.

A further choice is a field of `RunForm` and an entry of `controls` in the same place.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.training import presets
from playground.training.data import invent
from playground.training.runs import manager, queue
from playground.training.runs.folder import RunFolder
from playground.ui.context import Context
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import t
from playground.ui.runtime.guard import guarded, plain
from playground.ui.runtime.saying import said
from playground.ui.tabs.train import forecast, levels, service, start_model
from playground.ui.tabs.train.picture_source import PictureForm
from playground.ui.tabs.train.pictures import QUIET, Pictures
from playground.ui.tabs.train.runs import Runs
from playground.ui.tabs.train.service import RunForm
from playground.ui.widgets.knobs import with_names

TO_FACTS = "() => document.querySelector('#train-facts').scrollIntoView({block: 'nearest'})"
INVENT_HELP = (
    "To invent, it learns from mirrored and moved pictures, too, which samples do not show: of 50 "
    "smileys, copies fell from 83% to 12%, with more to 0%. Auto: invent below "
    f"{invent.FEW} pictures."
)


@dataclass(frozen=True)
class Start:
    """The controls of a new run, by the names that the API calls them, and the button."""

    context: Context
    chosen: Pictures
    controls: dict[str, gr.components.Component]
    button: gr.Button
    levels: levels.Levels

    def connect(self, shown: Runs) -> None:
        """Let the button start a run, which is then the one in view."""
        context, chosen = self.context, self.chosen

        def begin(*values: Any) -> tuple[Any, service.Facts]:
            pictures = PictureForm(*values[: len(chosen.inputs)])
            form = RunForm(*values[len(chosen.inputs) :])
            dataset = chosen.source.read(pictures)
            if advice := dataset.advice():
                gr.Warning(plain(said(advice)))
            run = service.create(context, form, dataset, pictures.uploads)
            chosen.source.forget()
            return launch(run)

        event = self.button.click(
            guarded(with_names(begin, [*chosen.parameters, *self.controls])),
            [*chosen.inputs, *self.controls.values()],
            [shown.run, shown.status],
            api_name="train_start",
        )
        # on a phone it lies further down
        event.success(None, js=TO_FACTS, api_visibility="private")

    def shown(self, form: RunForm) -> list[Any]:
        """Return what each of the controls is set to, to show this form."""
        values = dict(vars(form))
        of_levels = self.levels.shown(values.pop("schedule"), values.pop("schedule_knobs"))
        return [*values.values(), *of_levels]


def build(context: Context, tab: gr.Tab, chosen: Pictures) -> Start:
    """Lay the controls out here."""
    preset = gr.Radio(
        list(presets.PRESETS), value=presets.DEFAULT, label="How long", info="Stop any time."
    )
    forecast.build(context, tab, chosen, preset)
    with gr.Accordion("More", open=False, elem_id="train-more"):
        chosen.control("fit").render()
        copies = gr.Radio(
            [invent.AUTO, *invent.SHARES],
            value=invent.AUTO,
            label="Remember or invent",
            info=INVENT_HELP,
        )
        start = start_model.build(context, tab)
    drawn = levels.build()
    like = _like(context)
    with gr.Row(elem_classes="bottom start-row"):
        name = gr.Textbox("my-run", label="Name", scale=3, min_width=140)
        button = gr.Button(
            "Start", variant="primary", scale=2, min_width=120, elem_id="train-start"
        )
    controls: dict[str, gr.components.Component]
    controls = {"preset": preset, "invent": copies, "start": start, "like": like, "name": name}
    controls |= {"schedule": drawn.schedule, "schedule_knobs": drawn.panel.component}
    return Start(context, chosen, controls, button, drawn)


def _like(context: Context) -> gr.Textbox:
    """Lay out the name of the run whose other settings are taken, and a note on them."""
    like = gr.Textbox("", visible=False)
    with gr.Row(visible=False, elem_classes="bottom") as others:
        note = gr.HTML("", elem_id="like-note")
        forget = gr.Button("Forget", size="sm", scale=0, min_width=90, elem_id="like-forget")

    def describe(name: str) -> tuple[gr.Row, str]:
        return gr.Row(visible=bool(name)), _note(context, name)

    like.change(guarded(describe), like, [others, note], **QUIET)
    forget.click(lambda: "", None, like, **QUIET)
    return like


def launch(run: RunFolder) -> tuple[Any, service.Facts]:
    """Start this new run, or let it wait and say so; return it in the dropdown, and its status."""
    if not manager.start(run):
        place = queue.place_told(run)
        queued = t("{name} is {place}. It starts by itself.", name=run.name, place=place)
        gr.Info(plain(said(queued)), title=said(t("Queued")))
    known = manager.names(run.path.parent)
    return gr.Dropdown(known, value=run.name), manager.status(run).plain()


def _note(context: Context, like: str) -> str:
    """Return what is taken from another run without a control of its own, in words."""
    if not like:
        return ""
    rest = service.without_control(manager.folder(context.library.runs, like).config())
    listed = ", ".join(f"{key.replace('_', ' ')} {_plain(value)}" for key, value in rest.items())
    text = t("As in {name}: {settings}.", name=like, settings=listed)
    return in_html(text, "p") if listed else ""


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
