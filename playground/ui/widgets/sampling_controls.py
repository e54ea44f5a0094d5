"""The controls that say how to sample: model, class, guidance, schedule, sampler, steps, seed."""

import functools
import inspect
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr

from playground.classes import class_choices
from playground.diffusion import guidance, samplers, schedules
from playground.diffusion.guidance import KIND
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.errors import InputError
from playground.making import resolve
from playground.recipe import Recipe
from playground.sources import choices
from playground.texts import Text
from playground.ui.context import Context
from playground.ui.permalinks.restorable import shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.on_load import at_start
from playground.ui.widgets.few_calls import settings_for
from playground.ui.widgets.knobs import (
    SEED,
    KnobPanel,
    entry_dropdown,
    knob_slider,
    seed_input,
    with_names,
)
from playground.ui.widgets.model_choice import classes_of, first_model, offered
from playground.ui.widgets.request import (
    FORM,
    GUIDANCE,
    PICTURES,
    STEPS,
    SamplingForm,
)


class SamplingControls:
    """Laid out where it is made; `handled` gives handlers the form of its `components`.

    prefix: begins the elem_id of its parts, so that several tabs can have them. pictures: how many
    are made, where that is not to be chosen. kind: the class to begin with, of every model.
    What is rarely changed is folded away, in an accordion whose elem_id is `more`.
    """

    def __init__(
        self,
        context: Context,
        page: gr.Blocks,
        prefix: str,
        *,
        pictures: int | None = None,
        kind: str | None = None,
    ) -> None:
        self.context, self.first_kind = context, kind
        self.more = f"{prefix}-more"
        models = choices(context.library)
        chosen = first_model(models)
        classes = classes_of(context, chosen)
        with gr.Row(elem_classes="side-by-side"):
            self.model = gr.Dropdown(
                models,
                value=chosen,
                label="Model",
                info="ideal: remembers its pictures exactly.",
                allow_custom_value=True,
                min_width=100,
            )
            self.kind = gr.Dropdown(
                classes,
                value=kind or classes[0],
                label="Class",
                info="What to draw.",
                allow_custom_value=True,
                min_width=100,
            )
        self.guidance = knob_slider("Guidance scale", GUIDANCE)
        self.steps = knob_slider("Steps", STEPS)
        self.schedule = entry_dropdown(
            "Schedule", schedules, SCHEDULE, "Any: the model sees levels, not t."
        )
        self.sampler = entry_dropdown("Sampler", samplers, SAMPLER, "How to step between levels.")
        with gr.Row(elem_classes="bottom"):
            self.seed = seed_input("Of the first.")
            dice = gr.Button("🎲 New seed", min_width=90, elem_id=f"{prefix}-new-seed")
        with gr.Accordion("More", open=False, elem_id=self.more):
            self.guide = entry_dropdown("Guidance", guidance, KIND, "Away from what, and where.")
            self.count = knob_slider("Pictures", PICTURES, visible=pictures is None)
            self.count.value = pictures or PICTURES.default
            self.guider = KnobPanel(guidance, KIND, f"{prefix}-guidance-knobs")
            self.curve = KnobPanel(schedules, SCHEDULE, f"{prefix}-schedule-knobs")
            self.stepper = KnobPanel(samplers, SAMPLER, f"{prefix}-sampler-knobs")
            self.guider.follow(self.guide)
            self.curve.follow(self.schedule)
            self.stepper.follow(self.sampler)
        self.before = gr.State(self.model.value)  # the model whose class and settings are shown
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        anew = open_to_all(lambda: random.randrange(2**31))
        dice.click(anew, None, self.seed, queue=False, **quiet)
        self._follow_models(page, quiet)
        shown_again(self.model, lambda name, _: offered(context, name), self.before)
        shown_again(
            self.kind, lambda word, of: gr.Dropdown(classes_of(context, of(self.model)), value=word)
        )

    def _follow_models(self, page: gr.Blocks, quiet: dict[str, Any]) -> None:
        def follow(name: str, before: str, *now: Any) -> list[Any]:
            if name == before:  # it was restored, with its class and settings
                return [gr.skip(), name, *now]
            kinds = classes_of(self.context, name)
            own = settings_for(self.context.library, name, now, before)
            return [gr.Dropdown(kinds, value=self.first_kind or kinds[0]), name, *own]

        def refresh(name: str) -> gr.Dropdown:
            now = choices(self.context.library, name)
            return gr.Dropdown(now) if name in now else gr.Dropdown(now, value=now[0])

        model, before = self.model, self.before
        how = [self.guidance, self.schedule, self.sampler, self.steps]
        shown = [self.kind, before, *how]
        model.change(for_all(follow), [model, before, *how], shown, queue=False, **quiet)
        model.focus(for_all(refresh), model, model, queue=False, **quiet)
        at_start(page, for_all(refresh), [model], [model])

    @property
    def components(self) -> list[gr.components.Component]:
        """In the order of the fields of `SamplingForm`."""
        chosen = [self.model, self.kind, self.guidance, self.schedule, self.sampler, self.steps]
        knobs = [self.curve.component, self.stepper.component, self.guide, self.guider.component]
        return [*chosen, self.count, self.seed, *knobs]

    def handled(
        self, handler: Callable[..., Any], before: Sequence[str] = (), after: Sequence[str] = ()
    ) -> Callable[..., Any]:
        """Return the handler, open to all, for `components` and what stands before and after.

        It is given a SamplingForm, then the values before, then those after.
        """

        def given(values: Sequence[Any]) -> list[Any]:
            first, end = len(before), len(before) + len(FORM)
            return [SamplingForm(*values[first:end]), *values[:first], *values[end:]]

        if inspect.isgeneratorfunction(handler):

            @functools.wraps(handler)
            def stream(*values: Any) -> Iterator[Any]:
                yield from handler(*given(values))

            return for_all(with_names(stream, [*before, *FORM, *after]))

        @functools.wraps(handler)
        def call(*values: Any) -> Any:
            return handler(*given(values))

        return for_all(with_names(call, [*before, *FORM, *after]))

    @property
    def restorable(self) -> list[gr.components.Component]:
        """What `restored` gives values for."""
        return [*self.components, self.before]

    @property
    def taking(self) -> list[gr.components.Component]:
        """What `taken` gives values for."""
        return self.restorable

    def taken(self, recipe: Recipe) -> list[Any]:
        """Return the values that mean this recipe, as `restored` does, without the warnings."""
        return self.restored(recipe)[0]

    def restored(self, recipe: Recipe) -> tuple[list[Any], tuple[Text, ...]]:
        """Return values of `restorable` that mean this recipe, and why they may not make the same.

        InputError where these controls cannot hold it; then nothing is to change.
        """
        library, count = self.context.library, len(recipe.seeds)
        if not recipe.consecutive:
            raise InputError("Its seeds do not follow each other; make it on the command line.")
        GUIDANCE.check("guidance", recipe.guidance)
        STEPS.check("steps", recipe.steps)
        PICTURES.check("pictures", count)
        SEED.check("seed", recipe.seeds[0])
        offered = choices(library, recipe.model)
        made = resolve(recipe, library, offered)
        values: list[Any] = [
            gr.Dropdown(offered, value=recipe.model),
            gr.Dropdown(class_choices(made.class_names), value=recipe.class_name),
            recipe.guidance,
            recipe.schedule,
            recipe.sampler,
            recipe.steps,
            self.curve.restored(recipe.schedule, recipe.schedule_knobs),
            self.stepper.restored(recipe.sampler, recipe.sampler_knobs),
            recipe.guidance_kind,
            self.guider.restored(recipe.guidance_kind, recipe.guidance_knobs),
        ]
        values[6:6] = [count, recipe.seeds[0]]
        return [*values, recipe.model], made.warnings
