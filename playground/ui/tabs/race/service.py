"""What the Race tab computes: what lanes will cost, and the race that it opens with."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from typing import Any

from playground.diffusion import samplers, schedules
from playground.errors import InputError
from playground.sources import choices
from playground.studio.lanes import read_lanes
from playground.studio.presets import presets
from playground.studio.racing import State, race
from playground.ui.context import Context
from playground.ui.i18n.text import Text, joined, t
from playground.ui.permalinks.restorable import as_value
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.runtime.saying import said
from playground.ui.tabs.race.messages import LaneFrame, LanePlan, Plan, RaceNews
from playground.ui.tabs.race.race_stream import race_news
from playground.ui.tabs.race.setup import SetupForm
from playground.ui.widgets.knobs import Registered, knob_facts
from playground.ui.widgets.model_choice import classes_of, first_model


def plan(lanes: Any, calls_each: int) -> Plan:
    """Return what the lanes will do, or why they cannot be run."""
    try:
        found = read_lanes(lanes, calls_each)
    except InputError as error:
        return Plan(error=said(error))
    return Plan([LanePlan(one.steps, one.calls, one.stochastic, one.by_hand) for one in found])


def registry_facts() -> dict[str, Any]:
    """Return samplers and schedules with their knobs, for a part of the page."""

    def facts(registry: Registered) -> dict[str, Any]:
        entries = [registry.entry(name) for name in registry.names()]
        return {
            e.name: {
                "title": e.title,
                "about": joined([Text(e.summary), e.source]).to_json(),
                "knobs": knob_facts(e),
            }
            for e in entries
        }

    return {"samplers": facts(samplers), "schedules": facts(schedules)}


@lru_cache(maxsize=4)
def first_race(context: Context) -> MadeOnce[RaceNews]:
    """Return the race that the tab opens with: its first lanes, up to a rough reference."""
    return MadeOnce(lambda: _first_race(context), t("The first race is being run."))


def _first_race(context: Context) -> Iterator[RaceNews]:
    model = first_model(choices(context.library))
    form = SetupForm(model, classes_of(context, model)[0])
    setup = form.setup(context)
    patient = replace(setup, denoiser=setup.patient or setup.denoiser)  # nobody waits for it
    first = presets()[0]
    settings = t(
        "{model}, {kind}, seeds {first} to {last}",
        model=model,
        kind=Text(str(form.class_name)),
        first=setup.seeds[0],
        last=setup.seeds[-1],
    )
    made = t("made on this machine: {settings}", settings=settings)
    frames: list[LaneFrame] = []
    states = _until_rough(race(patient, read_lanes(first, setup.calls_each)))
    for news, _ in race_news(states, pace=0.0):
        frames += news.frames
        newest = {one.lane: one for one in frames}  # all of them would be much to ask for again
        opening = replace(news, made=made, lineup=as_value(first))
        yield replace(opening, frames=list(newest.values()))
    yield replace(opening, frames=frames)


def _until_rough(states: Iterator[State]) -> Iterator[State]:
    """Yield the states up to the first that has a reference; the fine one is for who asks."""
    with closing(states) as every:  # type: ignore[type-var]
        for state in every:
            yield state
            if state.reference is not None and all(run.done for run in state.runs):
                return
