"""The start of a run: how long, remember or invent, its name, and the button.

A further choice is an entry of `controls`, a parameter of `config`, and nothing else.
"""

import html
from dataclasses import asdict, dataclass
from typing import Any

import gradio as gr

from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.data import invent
from playground.training.evaluation.probe import held_out_share
from playground.training.loop import finetune
from playground.training.runs import lineage, manager, queue
from playground.training.runs.folder import RunFolder
from playground.ui.context import Context
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train import forecast, levels, start_model
from playground.ui.tabs.train.pictures import Pictures
from playground.ui.tabs.train.runs import Runs
from playground.ui.widgets.knobs import with_names

LOOK_UP = "() => document.querySelector('#train-facts').scrollIntoView({block: 'nearest'})"
INVENT_HELP = (
    "To invent, it learns from mirrored and moved pictures, too, which samples do not show: of 50 "
    "smileys, copies fell from 83% to 12%, with more to 0%. Auto: invent below "
    f"{invent.FEW} pictures."
)


@dataclass(frozen=True)
class Start:
    """The controls, by the names that the API calls them, and the button."""

    context: Context
    chosen: Pictures
    controls: dict[str, gr.components.Component]
    button: gr.Button
    levels: levels.Levels

    def config(
        self, pictures: int, preset: str, invent_: str, start: str, like: str, **drawn: Any
    ) -> TrainConfig:
        """The settings of a run on so many pictures, with all else as in the run `like`, if any.

        drawn: its schedule and the knobs of that.
        """
        changes: dict[str, Any] = {"held_out": held_out_share(pictures)}
        share = invent.share(invent_, pictures)
        if like:
            settings = manager.folder(self.context.library.runs, like).config()
            nearest, changes = lineage.settings(settings)
            if preset != nearest:  # another time was chosen than that run had
                changes = {k: v for k, v in changes.items() if k not in ("minutes", "steps")}
            if settings.start != start:  # its network and rates were that model's
                changes = finetune.without(changes) if settings.start else changes
            if invent_ == invent.nearest(settings.augment):
                share = settings.augment
        return presets.config(preset, **{**changes, "augment": share, **drawn})

    def begins(self, shown: Runs) -> None:
        """Let the button start a run, which is then the one in view."""
        chosen, runs = self.chosen, self.context.library.runs

        def begin(*values: Any) -> tuple[Any, dict[str, Any]]:
            given = values[: len(chosen.inputs)]
            preset, invent_, start, like, name, *drawn = values[len(chosen.inputs) :]
            dataset = chosen.read(*given)
            if advice := dataset.advice():
                gr.Warning(advice)
            settings = self.config(
                *(len(dataset), preset, invent_, start or "", like or ""), **levels.chosen(*drawn)
            )
            settings, model = start_model.apply(self.context, start, settings, dataset)
            made = manager.create(runs, name, dataset, settings, model)
            lineage.keep_uploads(made, chosen.uploads(*given))
            chosen.forget()
            return started(runs, made)

        event = self.button.click(
            guarded(with_names(begin, [*chosen.parameters, *self.controls])),
            [*chosen.inputs, *self.controls.values()],
            [shown.run, shown.status],
            api_name="train_start",
        )
        # on a phone it lies further down
        event.success(None, js=LOOK_UP, api_visibility="private")


def build(context: Context, tab: gr.Tab, chosen: Pictures) -> Start:
    """Lay the controls out here."""
    preset = gr.Radio(
        list(presets.PRESETS), value=presets.DEFAULT, label="How long", info="Stop any time."
    )
    forecast.build(context, tab, chosen, preset)
    with gr.Accordion("More", open=False, elem_id="train-more"):
        chosen.part("fit").render()
        copies = gr.Radio(
            [invent.AUTO, *invent.SHARES],
            value=invent.AUTO,
            label="Remember or invent",
            info=INVENT_HELP,
        )
        start = start_model.build(context, tab)
    drawn = levels.build()
    like = gr.Textbox("", visible=False)
    with gr.Row(visible=False, elem_classes="bottom") as others:
        note = gr.HTML("", elem_id="like-note")
        forget = gr.Button("Forget", size="sm", scale=0, min_width=90, elem_id="like-forget")
    with gr.Row(elem_classes="bottom start-row"):
        name = gr.Textbox("my-run", label="Name", scale=3, min_width=140)
        button = gr.Button(
            "Start", variant="primary", scale=2, min_width=120, elem_id="train-start"
        )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    tell = guarded(lambda name: (gr.Row(visible=bool(name)), _note(context, name)))
    like.change(tell, like, [others, note], **quiet)
    forget.click(lambda: "", None, like, **quiet)
    controls: dict[str, gr.components.Component]
    controls = {"preset": preset, "invent": copies, "start": start, "like": like, "name": name}
    controls |= {"schedule": drawn.schedule, "schedule_knobs": drawn.panel.component}
    return Start(context, chosen, controls, button, drawn)


def started(runs: Any, made: RunFolder) -> tuple[Any, dict[str, Any]]:
    """Start this new run, or let it wait and say so; it in the dropdown, and its status."""
    if not manager.start(made):
        gr.Info(f"{made.name} is {queue.place_told(made)}. It starts by itself.", title="Queued")
    known = manager.names(runs)
    return gr.Dropdown(known, value=made.name), asdict(manager.status(made))


def without_control(settings: TrainConfig) -> dict[str, Any]:
    """The settings that differ from the nearest preset's, and that no control here shows."""
    _, changes = lineage.settings(settings)
    shown = {"held_out", "schedule", "schedule_knobs"}
    shown |= {"augment"} if settings.augment in invent.SHARES.values() else set()
    if settings.start:
        changes = finetune.without(changes)
    return {key: value for key, value in changes.items() if key not in shown}


def _note(context: Context, like: str) -> str:
    """What is taken from another run without a control of its own, in words."""
    if not like:
        return ""
    rest = without_control(manager.folder(context.library.runs, like).config())
    told = ", ".join(f"{key.replace('_', ' ')} {_plain(value)}" for key, value in rest.items())
    return f"<p>As in {html.escape(like)}: {told}.</p>" if told else ""


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
