"""Settings back into the controls: from a file made here, a card, or one picture of a batch."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from playground.export import read_settings
from playground.recipe import Recipe
from playground.texts import Text, joined, t
from playground.ui.runtime.gradio_internals import hands_over, paths_of
from playground.ui.widgets.sampling_controls import SamplingControls


def restore_button() -> gr.UploadButton:
    """Lay out a button that hands over the path of the chosen or dropped file, unread."""
    made = gr.UploadButton(
        "Restore from a file",
        file_types=[".png", ".gif", ".mp4", ".npz", ".json"],
        elem_id="restore",
        min_width=140,
        scale=0,
    )
    hands_over(made, _first_path)
    return made


def _first_path(payload: Any) -> str | None:
    # Gradio itself would also leave an empty temporary file behind, each time it is asked
    return next(iter(paths_of(payload)), None)


def restored(
    controls: SamplingControls, recipe: Recipe, where: Text
) -> tuple[list[Any], Text, dict[str, Any]]:
    """Return values of `controls.restorable`, a sentence for people, and facts for programs."""
    stopped = recipe.stopped_at
    values, warnings = controls.restored(recipe)
    parts: list[Text] = [
        t("Restored {where}: {settings}", where=where, settings=recipe.line),
        *warnings,
    ]
    if not warnings and stopped is None:
        parts.append(t("Generate makes the same again."))
    if stopped is not None:
        again = t("It was stopped at step {step}; Generate goes on to the end.", step=stopped)
        parts.append(again)
    said = joined(parts, " · ")
    english = {"said": str(said), "warnings": [str(one) for one in warnings]}
    return values, said, recipe_facts(recipe) | english


def recipe_facts(recipe: Recipe) -> dict[str, Any]:
    """Return all settings, for a program."""
    return {**vars(recipe), "seeds": list(recipe.seeds)}


def from_file(path: str | None) -> tuple[Recipe, str]:
    """Return the recipe in an uploaded file, and the file's name; InputError without one."""
    name = Path(path or "nothing").name
    return Recipe.from_json(read_settings(path or "nothing")), name


def one_of(recipe: Recipe, number: int) -> Recipe:
    """Return the recipe of picture `number` of the batch alone, to the end."""
    return replace(recipe.picked(number), stopped_at=None)
