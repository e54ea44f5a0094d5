"""The noise levels that a run trains on: their schedule and its knobs, and what these choose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import gradio as gr

from playground.diffusion import schedules
from playground.errors import InputError
from playground.training.config import SPACING, TrainConfig
from playground.training.evaluation.level_density import DRAWS, LevelDensity, level_density
from playground.ui.page.joined import joined_part
from playground.ui.tabs.train.loss import NAMES
from playground.ui.widgets.knobs import KnobPanel, knob_settings

EVEN, EVEN_TITLE = "", "even in angle (the default)"
PURE = -7.0  # log-SNR from which on noise is all that a person sees
HELP = (
    "Training draws its levels, t being uniform. The network sees levels and never t: any schedule "
    "can sample it."
)
COMPARE = "Losses are means over these levels: compare such runs by noise band."


@dataclass(frozen=True)
class Levels:
    """The controls, and how they show a run's choice."""

    schedule: gr.Dropdown
    panel: KnobPanel

    def shown(self, config: TrainConfig) -> list[Any]:
        """What the dropdown and the panel are given to show this config's levels."""
        return [config.schedule, self.panel.restored(config.schedule, config.schedule_knobs)]


def chosen(schedule: str | None, knobs: Any) -> dict[str, Any]:
    """The fields of a TrainConfig that these values of the controls mean."""
    name = str(schedule or EVEN)
    return {"schedule": name, "schedule_knobs": knob_settings(name, knobs) if name else {}}


def build() -> Levels:
    """Lay the controls out here, closed, with a plot that follows them."""
    with gr.Accordion("Noise levels to train on", open=False, elem_id="train-levels"):
        titles = [(schedules.entry(name).title, name) for name in schedules.names()]
        schedule = gr.Dropdown(
            [(EVEN_TITLE, EVEN), *titles],
            value=EVEN,
            label="Schedule",
            info=HELP,
            allow_custom_value=True,
        )
        plot = joined_part("levels_plot", levels=told(EVEN, ""))
        panel = KnobPanel(schedules, EVEN, "train-schedule-knobs", without=[SPACING])
        panel.follow(schedule)
    gr.on(
        [schedule.change, panel.component.change],
        lambda *values: gr.HTML(levels=told(*values)),
        [schedule, panel.component],
        plot,
        queue=False,
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )
    return Levels(schedule, panel)


def told(schedule: str | None, knobs: Any) -> str:
    """What the plot shows of this choice, as JSON; in place of a curve, why there is none."""
    try:
        config = TrainConfig(**chosen(schedule, knobs))
    except InputError as error:
        return json.dumps({"even": _even().density, "density": [], "says": str(error)})
    found = level_density(config.levels())
    about = {"even": _even().density, "density": found.density, "shares": found.shares}
    return json.dumps({**about, "says": says(found, even=not config.schedule)})


def says(found: LevelDensity, *, even: bool = False) -> str:
    """How often training draws which levels, in words."""
    text = f"Of 100 draws: {_shares(found.shares)}."
    if even:
        return text
    if found.noisiest > PURE:
        text += (
            f" Fewer than one of {DRAWS:,} is noisier than log-SNR −{-found.noisiest:.1f}, "
            "and most sampling begins with pure noise."
        )
    return f"{text} {COMPARE}"


def _shares(shares: Sequence[float]) -> str:
    return ", ".join(f"{100 * s:.0f} {name}" for name, s in zip(NAMES, shares, strict=True))


@cache
def _even() -> LevelDensity:
    return level_density(None)
