"""What lanes and grid share on the page: model, class, guidance, pictures and seed."""

import functools
import inspect
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import gradio as gr

from playground.diffusion.registry import Knob
from playground.serving.joined import joined
from playground.sources import choices, find
from playground.studio.setup import GUIDANCE, PICTURES, Setup, read_setup
from playground.ui.context import Context
from playground.ui.page.part import started
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import for_all
from playground.ui.widgets.knobs import SEED, seed_input, unread, with_names
from playground.ui.widgets.model_choice import ModelChoice


@dataclass(frozen=True)
class SetupForm:
    """What the controls or another program sent, in their order; unchecked.

    Each field is a parameter of the API under its name.
    """

    model: Any
    class_name: Any
    guidance: Any = GUIDANCE.default
    pictures: Any = PICTURES.default
    seed: Any = SEED.default

    def setup(self, context: Context) -> Setup:
        """Return the setup that this means; InputError where it means none."""
        name = self.model  # no path: any file could be read
        source = find(name, context.library, choices(context.library, name))
        made = read_setup(source, self.class_name, self.guidance, self.seed, self.pictures)
        who = joined(made.denoiser)  # so that many can race at once
        return replace(made, denoiser=who, patient=who.patient())


FORM = tuple(one.name for one in fields(SetupForm))


class SetupControls:
    """A row of controls; `handled` gives handlers the form of its `components`."""

    def __init__(self, context: Context, page: gr.Blocks, tab: gr.Tab) -> None:
        self.context = context
        with gr.Row(elem_classes="race-setup"):
            self.choice = ModelChoice(context, page)
            self.pictures = _number("Pictures", PICTURES, "1 to 16.")
            with gr.Accordion("More", open=False, elem_id="race-more"), gr.Row():
                self.guidance = _number("Guidance", GUIDANCE, "1: as learned.")
                self.seed = seed_input("Of the first.")
                dice = gr.Button("🎲 New seed", min_width=150, elem_id="race-new-seed")
        folding = started("page/kit/folding.js", ["race-more"])
        tab.select(None, None, None, js=folding, api_visibility="private")
        dice.click(
            open_to_all(lambda: random.randrange(2**31)),
            None,
            self.seed,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )

    @property
    def components(self) -> list[gr.components.Component]:
        """In the order of the fields of `SetupForm`."""
        choice = self.choice
        return [choice.model, choice.kind, self.guidance, self.pictures, self.seed]

    def handled(self, handler: Callable[..., Any], last: str) -> Callable[..., Any]:
        """Return the handler, guarded and for all, for `components` and one more parameter.

        It is given a SetupForm and the value of that parameter.
        """

        def given(values: tuple[Any, ...]) -> tuple[SetupForm, Any]:
            return SetupForm(*values[: len(FORM)]), values[len(FORM)]

        if inspect.isgeneratorfunction(handler):

            @functools.wraps(handler)
            def stream(*values: Any) -> Iterator[Any]:
                yield from handler(*given(values))

            return for_all(with_names(stream, (*FORM, last)))

        @functools.wraps(handler)
        def call(*values: Any) -> Any:
            return handler(*given(values))

        return for_all(with_names(call, (*FORM, last)))


def _number(label: str, knob: Knob, info: str) -> gr.Number:
    return unread(
        gr.Number(
            knob.default,
            minimum=knob.low,
            maximum=knob.high,
            step=knob.step,
            label=label,
            info=info,
            min_width=100,
        )
    )
