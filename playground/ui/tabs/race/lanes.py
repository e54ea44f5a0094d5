"""Lanes side by side: edited, run in step and held against the reference."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import gradio as gr

from playground.diffusion.sample import SCHEDULE
from playground.errors import InputError
from playground.serving.joined import ENGINE
from playground.studio.lanes import read_lanes
from playground.studio.presets import presets
from playground.studio.racing import race
from playground.ui.page.joined import joined_part
from playground.ui.permalinks.restorable import as_value, given_again, shown_again
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.tabs.race.messages import messages, waiting_message
from playground.ui.tabs.race.setup import SetupControls, again, registry_facts
from playground.ui.tabs.race.target import RaceTarget
from playground.ui.widgets.knobs import with_names


def build(controls: SetupControls) -> RaceTarget:
    """Lay the lanes out; where settings from elsewhere go."""
    with gr.Row(elem_classes="race-buttons"):
        go = gr.Button("Race", variant="primary", elem_id="race-go", scale=2, min_width=90)
        stop = gr.Button("Stop", variant="stop", elem_id="race-stop", scale=1, min_width=70)
    told = presets()
    fixed: dict[str, Any] = {
        "registry": json.dumps(registry_facts()),
        "presets": json.dumps(told),
        "schedule": SCHEDULE,
    }
    part = joined_part(
        "race",
        shared=("kept_run", "picture_sheet", "race_plot", "race_lanes"),
        value=as_value(told[0]),
        plan=_plan(told[0], 1),
        race="",
        lane="",
        given="",
        **fixed,
    )
    shown_again(part, lambda value, _: _lanes_again(value, fixed))
    facts = gr.JSON(visible=False)

    def run(*values: Any) -> Iterator[tuple[gr.HTML, list[dict[str, Any]]]]:
        *shared, lanes = values
        setup = controls.read(shared)
        chosen = read_lanes(lanes, setup.calls_each)
        with (
            ENGINE.sampling(setup.denoiser),  # type: ignore[arg-type]
            closing(messages(race(setup, chosen))) as parts,  # type: ignore[type-var]
        ):
            for message, about in parts:
                yield gr.HTML(race=message), about

    def waiting(place: str) -> tuple[gr.HTML, Any]:
        return gr.HTML(race=waiting_message(place)), gr.skip()

    def foresee(*values: Any) -> gr.HTML:
        *shared, lanes = values
        try:
            calls_each = controls.read(shared).calls_each
        except InputError:
            calls_each = 1  # told when it is asked for
        # the lanes, too: a part whose tab was never opened has only what came last
        return gr.HTML(value=lanes, plan=_plan(lanes, calls_each), **fixed)

    running = go.click(
        in_turn(for_all(with_names(run, (*controls.parameters, "lanes"))), waiting),
        [*controls.components, part],
        [part, facts],
        api_name="race",
        show_progress="hidden",
        js=again("race"),
        trigger_mode="multiple",
        concurrency_limit=None,  # turns are taken by in_turn
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    halt = "() => document.querySelector('.race').dispatchEvent(new Event('halt'))"
    stop.click(None, None, None, js=halt, api_visibility="private")
    gr.on(
        [part.change, controls.choice.kind.change, controls.guidance.change],
        for_all(foresee),
        [*controls.components, part],
        part,
        queue=False,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )
    return RaceTarget(controls, part, fixed, told[0])


def _lanes_again(value: str, fixed: dict[str, Any]) -> gr.HTML:
    read_lanes(value)  # which says what is wrong with them
    return given_again(json.loads(value), plan=_plan(value, 1), **fixed)


def _plan(given: Any, calls_each: int) -> str:
    """What the lanes will cost, or why they cannot be run, for the part of the page."""
    try:
        lanes = read_lanes(given, calls_each)
    except InputError as error:
        return json.dumps({"error": str(error)})
    return json.dumps({"lanes": [lane.about for lane in lanes]})
