"""What can be chosen in the Plane tab."""

from typing import Any

from playground.diffusion import guidance, samplers, schedules
from playground.diffusion.guidance import get
from playground.models.targets import TARGETS
from playground.spaces import clouds
from playground.ui.tabs.plane.controls import CONTROLS
from playground.ui.tabs.plane.messages import PlaneFacts
from playground.ui.tabs.plane.request import RACERS
from playground.ui.widgets.knobs import knob_facts

KNOBS: dict[str, Any] = {"schedule": schedules, "sampler": samplers, "guidance": guidance}
GUIDES = ("classifier_free", "interval", "autoguidance")  # the others are for values with a range


def facts() -> PlaneFacts:
    """Return the choices of every list, and the knobs of every entry."""
    names = samplers.names()
    return PlaneFacts(
        CONTROLS,
        _titles(clouds),
        [one for one in _titles(schedules) if one[0] != "drawn"],
        _titles(samplers),
        [(name, guidance.entry(name).title) for name in GUIDES],
        [name for name in names if samplers.entry(name).order is None],
        [name for name in GUIDES if get(name).needs_class],
        RACERS,
        TARGETS,
        {
            kind: {name: knob_facts(registry.entry(name)) for name in registry.names()}
            for kind, registry in KNOBS.items()
        },
    )


def _titles(registry: Any) -> list[tuple[str, str]]:
    return [(name, registry.entry(name).title) for name in registry.names()]
