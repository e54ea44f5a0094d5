"""A lane of a race: a sampler on a schedule with so many steps, read from JSON or from words."""

import json
import re
from dataclasses import dataclass
from typing import Any

from playground.diffusion import samplers, schedules
from playground.diffusion.registry import Knob
from playground.diffusion.sample import SCHEDULE
from playground.diffusion.samplers import Sampler
from playground.diffusion.schedules import Schedule
from playground.errors import InputError
from playground.studio.cost import cost, steps_for

FEWEST, MOST = 2, 6
BUDGET = Knob(20, 1, 1000, 1, "Network calls of every lane whose steps are not set by hand.")
STEPS = Knob(20, 1, 1000, 1, "Levels from noise to clean.")
FORM = 'such as "heun", "ddim:20" or "ddim(eta=1)@cosine(s=0.01):20"'
_CALL = r"(\w+)(?:\(([^()]*)\))?"
_WORDS = re.compile(rf"\s*{_CALL}(?:@{_CALL})?(?::(\d+))?\s*")


@dataclass(frozen=True)
class Lane:
    """calls: network calls of all steps, foreseen; by_hand: the steps were given, not computed."""

    sampler: Sampler
    schedule: Schedule
    steps: int
    calls: int
    stochastic: bool
    by_hand: bool = False

    @property
    def name(self) -> str:
        """Its sampler and schedule as people call them."""
        told = samplers.entry(self.sampler.name).title
        return f"{told} on {schedules.entry(self.schedule.name).title}"

    @property
    def about(self) -> dict[str, Any]:
        """Its settings and cost, for a program."""
        return {
            "sampler": repr(self.sampler),
            "schedule": repr(self.schedule),
            "steps": self.steps,
            "calls": self.calls,
            "stochastic": self.stochastic,
            "by_hand": self.by_hand,
        }


def read_lanes(given: Any, calls_each: int = 1, budget: Any = None) -> tuple[Lane, ...]:
    """Read the lanes, 2 to 6, that a page or a program sends, as JSON or as what JSON means.

    given: a list of lanes, or {"budget": calls, "lanes": [...]}. A lane is words ("heun@cosine:20")
    or {"sampler", "schedule", "steps", "sampler_knobs", "schedule_knobs"}, of which only the
    sampler is needed. Lanes without steps get as many as `budget` network calls allow.
    calls_each: network calls a guess. InputError for what cannot be used.
    """
    try:
        found = json.loads(given) if isinstance(given, str) else given
    except ValueError as error:
        raise InputError("The lanes cannot be read as JSON ({error}).", error=error) from error
    if isinstance(found, dict):
        budget = found.get("budget") if budget is None else budget
        found = found.get("lanes")
    if not isinstance(found, list | tuple):
        raise InputError("Lanes must be a list; a lane is {form}.", form=FORM)
    if not FEWEST <= len(found) <= MOST:
        raise InputError(
            "A race has {fewest} to {most} lanes; you gave {count}.",
            fewest=FEWEST,
            most=MOST,
            count=len(found),
        )
    calls = BUDGET.check("budget", BUDGET.default if budget is None else budget)
    return tuple(_told(number, one, calls, calls_each) for number, one in enumerate(found, 1))


def _told(number: int, given: Any, budget: int, calls_each: int) -> Lane:
    try:
        return read_lane(given, budget, calls_each)
    except InputError as error:
        raise InputError("Lane {number}: {error}", number=number, error=error) from error


def read_lane(given: Any, budget: int, calls_each: int = 1) -> Lane:
    """Read one lane, as in `read_lanes`."""
    if isinstance(given, str):
        given = in_words(given)
    if not isinstance(given, dict) or not given.get("sampler"):
        raise InputError("A lane needs a sampler; write it {form}.", form=FORM)
    sampler = samplers.get(str(given["sampler"]), **_knobs(given.get("sampler_knobs")))
    curve = str(given.get("schedule") or SCHEDULE)
    schedule = schedules.get(curve, **_knobs(given.get("schedule_knobs")))
    by_hand = given.get("steps") not in (None, "")
    if by_hand:
        steps = STEPS.check("steps", given["steps"])
    else:
        steps = steps_for(sampler, schedule, max(1, budget // calls_each))
    needs = cost(sampler, schedule, steps)
    return Lane(sampler, schedule, steps, needs.guesses * calls_each, needs.stochastic, by_hand)


def in_words(words: str) -> dict[str, Any]:
    """Read `sampler(knob=value)@schedule(knob=value):steps` as a lane's dict."""
    found = _WORDS.fullmatch(words)
    if not found:
        raise InputError("{words} is no lane; write it {form}.", words=repr(words), form=FORM)
    sampler, sampler_knobs, schedule, schedule_knobs, steps = found.groups()
    return {
        "sampler": sampler,
        "sampler_knobs": _from_words(sampler_knobs),
        "schedule": schedule,
        "schedule_knobs": _from_words(schedule_knobs),
        "steps": steps,
    }


def _from_words(words: str | None) -> dict[str, str]:
    parts = [part.partition("=") for part in (words or "").split(",") if part.strip()]
    if not all(equals for _, equals, _ in parts):
        raise InputError("Knobs must be given by name, such as ddim(eta=1).")
    return {name.strip(): value.strip() for name, _, value in parts}


def _knobs(given: Any) -> dict[str, Any]:
    if given in (None, ""):
        return {}
    if not isinstance(given, dict):
        raise InputError('Knobs must be given by name, such as {"eta": 0.5}.')
    return {str(name): value for name, value in given.items()}
