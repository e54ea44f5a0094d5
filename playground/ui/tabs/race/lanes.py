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
from playground.ui.i18n.text import Text
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.restorable import as_value, given_again, shown_again
from playground.ui.runtime.queueing import in_turn
from playground.ui.tabs.race import service
from playground.ui.tabs.race.messages import waiting_message
from playground.ui.tabs.race.race_stream import race_news
from playground.ui.tabs.race.setup import SetupControls, SetupForm
from playground.ui.tabs.race.target import RaceTarget

STYLES = ("page/kit/runs", "page/kit/made", "page/chart/figure", "tabs/race/page/lane_card")


def build(controls: SetupControls) -> RaceTarget:
    """Lay the lanes out; return where settings from elsewhere go."""
    context = controls.context
    with gr.Row(elem_classes="race-buttons"):
        go = gr.Button("Race", variant="primary", elem_id="race-go", scale=2, min_width=90)
        stop = gr.Button("Stop", variant="stop", elem_id="race-stop", scale=1, min_width=70)
    offered = presets()
    fixed: dict[str, Any] = {
        "registry": json.dumps(service.registry_facts()),
        "presets": json.dumps(offered),
        "schedule": SCHEDULE,
    }

    part = page_part(
        "tabs/race/page/race",
        styles=STYLES,
        server_functions=[service.first_race(context).asked_by_page()],
        value=as_value(offered[0]),
        plan=to_json(service.plan(offered[0], 1)),
        race="",
        lane="",
        given="",
        **fixed,
    )
    shown_again(part, lambda value, _: _lanes_again(value, fixed))
    facts = gr.JSON(visible=False)

    def run(form: SetupForm, lanes: Any) -> Iterator[tuple[gr.HTML, list[dict[str, Any]]]]:
        setup = form.setup(context)
        chosen = read_lanes(lanes, setup.calls_each)
        with (
            ENGINE.sampling(setup.denoiser),  # type: ignore[arg-type]
            closing(race_news(race(setup, chosen))) as stream,  # type: ignore[type-var]
        ):
            for news, about in stream:
                yield gr.HTML(race=to_json(news)), about

    def waiting(place: Text | None) -> tuple[gr.HTML, Any]:
        return gr.HTML(race=waiting_message(place)), gr.skip()

    def foresee(form: SetupForm, lanes: Any) -> gr.HTML:
        try:
            calls_each = form.setup(context).calls_each
        except InputError:
            calls_each = 1  # told when it is asked for
        # the lanes, too: a part whose tab was never opened has only what came last
        return gr.HTML(value=lanes, plan=to_json(service.plan(lanes, calls_each)), **fixed)

    running = go.click(
        in_turn(controls.handled(run, "lanes"), waiting),
        [*controls.components, part],
        [part, facts],
        api_name="race",
        show_progress="hidden",
        js=started("tabs/race/page/starting.js", "race"),
        trigger_mode="multiple",
        concurrency_limit=None,  # turns are taken by in_turn
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    halt = started("tabs/race/page/halting.js", "race")
    stop.click(None, None, None, js=halt, api_visibility="private")
    gr.on(
        [part.change, controls.choice.kind.change, controls.guidance.change],
        controls.handled(foresee, "lanes"),
        [*controls.components, part],
        part,
        queue=False,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )
    return RaceTarget(controls, part, fixed, offered[0])


def _lanes_again(value: str, fixed: dict[str, Any]) -> gr.HTML:
    read_lanes(value)  # which says what is wrong with them
    return given_again(json.loads(value), plan=to_json(service.plan(value, 1)), **fixed)
