"""Models made for few calls bring the settings that suit them; others get the usual ones back."""

from typing import Any

from playground.checkpoint import read_about
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.errors import InputError
from playground.library import Library
from playground.ui.widgets.request import GUIDANCE, STEPS

STEPS_OF_FEW = 4
Settings = tuple[float, str, str, int]  # guidance, schedule, sampler, steps
USUAL: Settings = (GUIDANCE.default, SCHEDULE, SAMPLER, STEPS.default)


def own_settings(library: Library, name: str) -> Settings | None:
    """Return what the model's recipe says of how to sample it, if it does."""
    path = library.models().get(name)
    try:
        how = read_about(path)["recipe"]["sample"] if path else None
        return (how["guidance"], how["schedule"], how["sampler"], STEPS_OF_FEW) if how else None
    except (InputError, KeyError, TypeError):
        return None


def settings_for(library: Library, name: str, now: Settings, before: str) -> Settings:
    """Return the settings for a model chosen after another one, `before`, with those of `now`.

    What a person has set stays, but that a model's own settings go with it.
    """
    own = own_settings(library, name)
    if own is not None:
        return own
    left: Any = own_settings(library, before)
    return USUAL if left is not None and tuple(now[:3]) == left[:3] else now
