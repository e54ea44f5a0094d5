"""Settings from elsewhere in the race: its shared controls and its first lane."""

import json
import time
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.classes import class_choices
from playground.errors import InputError
from playground.making import resolve
from playground.recipe import Recipe
from playground.sources import choices
from playground.studio.setup import GUIDANCE, PICTURES
from playground.ui.tabs.race.setup import SetupControls


@dataclass(frozen=True)
class RaceTarget:
    """The controls that lanes share, and the part of the page in which lanes are edited.

    fixed: what that part always is given: it is sent again with the settings, for a part whose tab
    was never opened has only what came last. first: the lanes that it opens with.
    """

    controls: SetupControls
    part: gr.HTML
    fixed: dict[str, Any]
    first: dict[str, Any]

    @property
    def taking(self) -> list[Any]:
        """The components that `taken` gives values for."""
        return [*self.controls.components, self.part]

    def taken(self, recipe: Recipe) -> list[Any]:
        """Return the values that mean this recipe, as near as a race comes, in pictures that fit.

        InputError where the model is not here.
        """
        context = self.controls.context
        offered = choices(context.library, recipe.model)
        made = resolve(recipe, context.library, offered)
        if not recipe.consecutive:
            raise InputError("Its seeds do not follow each other; a race's do.")
        lane = {
            "sampler": recipe.sampler,
            "sampler_knobs": recipe.sampler_knobs,
            "schedule": recipe.schedule,
            "schedule_knobs": recipe.schedule_knobs,
            "steps": min(recipe.steps, 1000),
        }
        opens = self.first | {"lanes": [lane, *self.first["lanes"][1:]]}
        sent = {"lane": lane, "sent": time.monotonic_ns()}  # new each time, and so taken each time
        return [
            gr.Dropdown(offered, value=recipe.model),
            gr.Dropdown(class_choices(made.class_names), value=recipe.class_name),
            GUIDANCE.check("guidance", recipe.guidance),
            min(len(recipe.seeds), int(PICTURES.high)),
            recipe.seeds[0],
            gr.HTML(value=json.dumps(opens), lane=json.dumps(sent), **self.fixed),
        ]
