"""Which model and which of its classes: two dropdowns that follow what there is."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from playground.classes import class_choices
from playground.errors import InputError, unknown
from playground.sources import choices, find
from playground.ui.context import Context
from playground.ui.permalinks.restorable import shown_again
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.on_load import at_start


class ModelChoice:
    """Laid out where it is made."""

    def __init__(self, context: Context, page: gr.Blocks) -> None:
        self.context = context
        models = choices(context.library)
        chosen = first_model(models)
        self.classes = classes_of(context, chosen)
        self.model = gr.Dropdown(
            models,
            value=chosen,
            label="Model",
            info="ideal: remembers its pictures exactly.",
            allow_custom_value=True,
        )
        self.kind = gr.Dropdown(
            self.classes,
            value=self.classes[0],
            label="Class",
            info="What to draw.",
            allow_custom_value=True,
        )
        quiet: dict[str, Any] = {
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        model = self.model
        model.change(for_all(self._new_classes), [model, self.kind], self.kind, **quiet)
        shown_again(model, lambda name, _: offered(context, name))
        model.focus(for_all(self._refresh), model, model, **quiet)
        at_start(page, for_all(self._refresh), [model], [model])

    def classes_for(self, name: str) -> list[str]:
        """Return the choices of a class of the model of that name."""
        return classes_of(self.context, name)

    def _new_classes(self, name: str, before: str) -> gr.Dropdown:
        now = classes_of(self.context, name)
        return gr.Dropdown(now, value=before if before in now else now[0])

    def _refresh(self, name: str) -> gr.Dropdown:
        now = choices(self.context.library, name)
        return gr.Dropdown(now) if name in now else gr.Dropdown(now, value=now[0])


def offered(context: Context, name: str) -> gr.Dropdown:
    """Return the models to choose from, this one chosen; InputError where it is not here."""
    now = choices(context.library, name)
    if name not in now:
        raise unknown("model", name, now)
    return gr.Dropdown(now, value=name)


def first_model(models: Sequence[str]) -> str:
    """Return the model that the page opens with."""
    return "emoji" if "emoji" in models else models[0]


def classes_of(context: Context, name: str) -> list[str]:
    """Return the choices of a class of this model; just any for one that cannot be read."""
    try:
        names = find(name, context.library, choices(context.library, name)).class_names
    except InputError:
        names = ()  # told when it is asked for
    return class_choices(names)
