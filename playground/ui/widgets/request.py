"""What one sampling needs, read from whatever the page or another program sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from playground.classes import ANY
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guidance import KIND
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame
from playground.making import Making, resolve
from playground.recipe import Recipe
from playground.serving.joined import joined, served
from playground.sources import choices
from playground.ui.context import Context
from playground.ui.widgets.knobs import SEED, knob_settings

T = TypeVar("T")
GUIDANCE = Knob(2.0, 0.0, 10.0, 0.1, "1: as learned; above: more of its class.")
STEPS = Knob(20, 1, 1000, 1, "Levels from noise to clean.")
PICTURES = Knob(16, 1, 64, 1, "At a time.")


@dataclass(frozen=True)
class Request(Making):
    """All settings of one run, checked; its network calls join those of others."""

    @property
    def note(self) -> str:
        """What is worth saying of the settings."""
        weak = self.guidance.weak_is
        return f"guided away from {weak}" if weak and self.guidance.scale != 1 else ""

    @property
    def guided(self) -> list[float] | None:
        """The log-SNRs between which it is guided; None where that is everywhere or nowhere."""
        knobs = self.guidance.knobs
        limited = "low" in knobs and self.guidance.scale != 1 and self.cond is not None
        return [knobs["low"], knobs["high"]] if limited else None

    def frames(self) -> Iterator[Frame]:
        """The frames of this run."""
        return self.served(self.frames_of)

    def served(self, make: Callable[[Denoiser], Iterator[T]]) -> Iterator[T]:
        """What this makes of the denoiser, made ahead; its network calls join those of others."""
        who = joined(self.denoiser)
        return served(who, make(who))


def read_request(
    context: Context,
    name: str,
    cls: str,
    guidance: Any,
    schedule: str,
    sampler: str,
    steps: Any,
    count: Any,
    seed: Any,
    schedule_knobs: Any = None,
    sampler_knobs: Any = None,
    guidance_kind: Any = None,
    guidance_knobs: Any = None,
) -> Request:
    """The settings, checked; InputError, in one sentence, for what cannot be used."""
    first = SEED.check("seed", seed)
    kind = guidance_kind or KIND
    recipe = Recipe(
        name,
        cls or ANY,
        GUIDANCE.check("guidance", guidance),
        kind,
        knob_settings(kind, guidance_knobs),
        schedule,
        knob_settings(schedule, schedule_knobs),
        sampler,
        knob_settings(sampler, sampler_knobs),
        STEPS.check("steps", steps),
        tuple(range(first, first + PICTURES.check("pictures", count))),
    )
    # no path, or pages could have any file read
    made = resolve(recipe, context.library, choices(context.library, name))
    guide = made.guidance
    if guide.weak is not None:
        guide = replace(guide, weak=joined(guide.weak))
    return Request(
        **{one.name: getattr(made, one.name) for one in fields(made)} | {"guidance": guide}
    )
