"""The noise levels that a run trains on: their schedule and its knobs, and what these choose."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import gradio as gr

from playground.diffusion import schedules
from playground.errors import InputError
from playground.training.config import SPACING, TrainConfig
from playground.training.evaluation.level_density import DRAWS, LevelDensity, level_density
from playground.ui.i18n.text import Text, t
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.tabs.train.loss import FIGURE
from playground.ui.tabs.train.messages import LevelDraws
from playground.ui.widgets.knobs import KnobPanel, knob_settings

EVEN, EVEN_TITLE = "", "even in angle (the default)"
PURE = -7.0  # log-SNR from which on noise is all that a person sees
HELP = (
    "Training draws its levels, t being uniform. The network sees levels and never t: any schedule "
    "can sample it."
)
COMPARE = t("Losses are means over these levels: compare such runs by noise band.")


@dataclass(frozen=True)
class Levels:
    """The controls, and how they show a run's choice."""

    schedule: gr.Dropdown
    panel: KnobPanel

    def shown(self, schedule: str, knobs: dict[str, Any]) -> list[Any]:
        """Return what the dropdown and the panel are set to, to show these levels."""
        return [schedule, self.panel.restored(schedule, knobs)]


def chosen(schedule: str | None, knobs: Any) -> dict[str, Any]:
    """Return the fields of a TrainConfig that these values of the controls mean."""
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
        plot = page_part("tabs/train/page/levels_plot", styles=[FIGURE], levels=draws(EVEN, ""))
        panel = KnobPanel(schedules, EVEN, "train-schedule-knobs", without=[SPACING])
        panel.follow(schedule)
    gr.on(
        [schedule.change, panel.component.change],
        lambda *values: gr.HTML(levels=draws(*values)),
        [schedule, panel.component],
        plot,
        queue=False,
        trigger_mode="always_last",
        show_progress="hidden",
        api_visibility="private",
    )
    return Levels(schedule, panel)


def draws(schedule: str | None, knobs: Any) -> str:
    """Return what the plot shows of this choice; in place of a curve, why there is none."""
    even = list(_even().density)
    try:
        config = TrainConfig(**chosen(schedule, knobs))
    except InputError as error:
        return to_json(LevelDraws(even, [], [], [error.text]))
    found = level_density(config.levels())
    texts = says(found, even=not config.schedule)
    return to_json(LevelDraws(even, list(found.density), list(found.shares), [*texts]))


def says(found: LevelDensity, *, even: bool = False) -> list[Text]:
    """Return how often training draws which levels, in words."""
    percent = {f"band{i}": f"{100 * share:.0f}" for i, share in enumerate(found.shares)}
    texts = [
        t(
            "Of 100 draws: {band0} hardly any noise, {band1} a little noise, {band2} half noise, "
            "{band3} mostly noise, {band4} almost only noise.",
            **percent,
        )
    ]
    if even:
        return texts
    if found.noisiest > PURE:
        texts.append(
            t(
                "Fewer than one of {draws} is noisier than log-SNR {noisiest}, and most sampling "
                "begins with pure noise.",
                draws=f"{DRAWS:,}",
                noisiest=f"−{-found.noisiest:.1f}",
            )
        )
    return [*texts, COMPARE]


@cache
def _even() -> LevelDensity:
    return level_density(None)
