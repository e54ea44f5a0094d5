"""The model that a run starts from: its control, and what is then trained."""

from typing import Any

import gradio as gr

from playground.checkpoint import Checkpoint
from playground.errors import unknown
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.loop import finetune
from playground.ui.context import Context
from playground.ui.runtime.guard import guarded

NOTHING = ""
NEW = "a new network"
HELP = (
    "A trained model makes clean colours and edges at once, but learns new shapes later. "
    "The table is for a new network."
)


def build(context: Context, tab: gr.Tab) -> gr.Dropdown:
    """Lay the control out here; its choices follow the models that there are."""
    control = gr.Dropdown(
        _choices(context),
        value=finetune.DEFAULT,
        label="Start from",
        info=HELP,
        allow_custom_value=True,
        elem_id="train-from",
    )

    def refresh(name: str) -> gr.Dropdown:
        return gr.Dropdown(_choices(context), value=name or NOTHING)

    gr.on(
        [tab.select, control.focus],
        guarded(refresh),
        control,
        control,
        show_progress="hidden",
        api_visibility="private",
        queue=False,
    )
    return control


def _choices(context: Context) -> list[tuple[str, str]]:
    return [(NEW, NOTHING), *((name, name) for name in context.library.newest())]


def apply(
    context: Context, name: str | None, config: TrainConfig, dataset: Dataset
) -> tuple[TrainConfig, Checkpoint | None]:
    """Return the settings of a run that starts from this model, and the model, if any.

    A config made for this model already keeps its rates. InputError for a name that is none, and
    where the model does not fit the pictures.
    """
    if name in (None, NOTHING, NEW):
        return config, None
    if name not in context.library.models():  # a path is none, or pages could have any file read
        raise unknown("model to start from", str(name), context.library.newest())
    model = Checkpoint.load(context.library.path(str(name)))
    own: dict[str, Any] = {}
    if config.start == name:
        own = {setting: getattr(config, setting) for setting in finetune.SETTINGS}
    return finetune.settings(config, model, dataset, start=name, **own), model
