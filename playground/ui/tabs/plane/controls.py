"""The page's controls, and what films hold of them: both follow from the fields of a request."""

import json
from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any

from playground.diffusion.registry import Entry
from playground.ui.page.contracts import plain
from playground.ui.tabs.plane.request import Control, PlaneRequest, PlaneView

KNOBS = "knobs"  # the control that holds what was moved of the schedule, sampler and guidance


def _control(one: Field[Any], *, view: bool) -> Control:
    name, first = one.metadata["control"] or one.name, one.default
    kind = "flag" if isinstance(first, bool) else "word" if isinstance(first, str) else "number"
    shown = first if isinstance(first, bool) else as_word(first)
    return Control(name, one.name, kind, shown, one.metadata["changes"], view)  # type: ignore[arg-type]


def as_word(value: Any) -> str | bool:
    """Return a value as a control of the page, a link or a film's state holds it."""
    if isinstance(value, bool | str):
        return value
    return f"{value:.12g}"


CONTROLS: tuple[Control, ...] = tuple(
    _control(one, view=cls is PlaneView)
    for cls in (PlaneRequest, PlaneView)
    for one in fields(cls)
    if one.metadata["changes"]
)
NAMES = frozenset({one.name for one in CONTROLS} | {KNOBS})


def settings(request: PlaneRequest) -> dict[str, Any]:
    """Return what a film holds of a request, by the names of the wire: all that was chosen."""
    found = {
        one.metadata["wire"] or one.name: getattr(request, one.name)
        for one in fields(PlaneRequest)
        if one.metadata["changes"] or one.name == "view"
    }
    return plain(found) | {
        "schedule_knobs": request.chosen_schedule.knobs,
        "sampler_knobs": request.chosen_sampler.knobs,
        "guidance_knobs": request.chosen_guidance.knobs,
    }


def state(request: PlaneRequest, entries: Mapping[str, Entry[Any]]) -> dict[str, str | bool]:
    """Return the controls, by name, that ask for this.

    entries: the chosen schedule, sampler and guidance, whose knobs away from their defaults go
    into `knobs`. A cloud of one's own is no control's value and left out.
    """
    found = {
        one.name: as_word(getattr(request.view if one.view else request, one.field))
        for one in CONTROLS
        if one.name != "cloud" or isinstance(request.cloud, str)
    }
    turned = {}
    for kind, entry in entries.items():
        knobs = getattr(request, f"chosen_{kind}").knobs
        away = {k: v for k, v in knobs.items() if v != entry.knobs[k].default}
        if away:
            turned[kind] = {entry.name: away}
    return found | ({KNOBS: json.dumps(turned)} if turned else {})
