"""What lanes and grid share on the page: model, class, guidance, pictures and seed."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from playground.diffusion import samplers, schedules
from playground.diffusion.registry import Knob
from playground.serving.joined import joined
from playground.sources import choices, find
from playground.studio.setup import GUIDANCE, PICTURES, Setup, read_setup
from playground.ui.context import Context
from playground.ui.runtime.access import open_to_all
from playground.ui.widgets.knobs import Registered, knob_facts, seed_input, unread
from playground.ui.widgets.model_choice import ModelChoice


class SetupControls:
    """A row of controls; `read` makes a Setup of the values of its `components`."""

    parameters = ("model", "class_name", "guidance", "pictures", "seed")

    def __init__(self, context: Context, page: gr.Blocks) -> None:
        self.context = context
        with gr.Row(elem_classes="bottom"):
            self.choice = ModelChoice(context, page)
            self.guidance = _number("Guidance", GUIDANCE, "1: as learned.")
            self.pictures = _number("Pictures", PICTURES, "1 to 16.")
            self.seed = seed_input("Of the first.")
            dice = gr.Button("🎲 New seed", min_width=150, scale=0, elem_id="race-new-seed")
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
        """In the order of `parameters`."""
        choice = self.choice
        return [choice.model, choice.kind, self.guidance, self.pictures, self.seed]

    def read(self, values: Sequence[Any], **changed: Any) -> Setup:
        """The setup that these values make, some of them changed; InputError where they cannot."""
        given = dict(zip(self.parameters, values, strict=True)) | changed
        name = given["model"]  # no path: any file could be read
        source = find(name, self.context.library, choices(self.context.library, name))
        words = (given["class_name"], given["guidance"], given["seed"], given["pictures"])
        made = read_setup(source, *words)
        who = joined(made.denoiser)  # so that many can race at once
        return replace(made, denoiser=who, patient=who.patient())


def again(part: str) -> str:
    """A script for a button that starts a part's work: what still runs is stopped first.

    Without it a press would do nothing while the reference of the race before is computed.
    """
    busy = f"document.querySelector('#{part}[data-busy=yes], #{part} [data-busy=yes]')"
    stop = f"document.querySelector('#{part}-stop').click()"
    wait = "await new Promise((done) => setTimeout(done, 300))"
    return f"async (...values) => {{ if ({busy}) {{ {stop}; {wait}; }} return values; }}"


def registry_facts() -> dict[str, Any]:
    """Samplers and schedules with their knobs, for a part of the page."""

    def facts(registry: Registered) -> dict[str, Any]:
        entries = [registry.entry(name) for name in registry.names()]
        return {
            e.name: {
                "title": e.title,
                "about": f"{e.summary} {e.source}",
                "knobs": knob_facts(e),
            }
            for e in entries
        }

    return {"samplers": facts(samplers), "schedules": facts(schedules)}


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
