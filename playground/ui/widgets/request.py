"""What one sampling needs, read from whatever the page or another program sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from playground.classes import ANY
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guidance import KIND
from playground.diffusion.registry import Knob
from playground.diffusion.sample import SAMPLER, SCHEDULE, Frame
from playground.making import Making, resolve
from playground.recipe import Recipe
from playground.serving.joined import joined, served
from playground.sources import choices
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.widgets.knobs import SEED, knob_settings

T = TypeVar("T")
GUIDANCE = Knob(2.0, 0.0, 10.0, 0.1, "1: as learned; above: more of its class.")
STEPS = Knob(20, 1, 1000, 1, "Levels from noise to clean.")
PICTURES = Knob(16, 1, 64, 1, "At a time.")


@dataclass(frozen=True)
class Request(Making):
    """All settings of one run, checked; its network calls join those of others."""

    @property
    def note(self) -> Text | None:
        """What is worth saying of the settings."""
        weak = self.guidance.weak_is
        guided = weak and self.guidance.scale != 1
        return t("guided away from {model}", model=weak) if guided else None

    @property
    def guided(self) -> list[float] | None:
        """The log-SNRs between which it is guided; None where that is everywhere or nowhere."""
        knobs = self.guidance.knobs
        limited = "low" in knobs and self.guidance.scale != 1 and self.cond is not None
        return [knobs["low"], knobs["high"]] if limited else None

    def frames(self) -> Iterator[Frame]:
        """Return the frames of this run."""
        return self.served(self.frames_of)

    def served(self, make: Callable[[Denoiser], Iterator[T]]) -> Iterator[T]:
        """Return what this makes of the denoiser, made ahead; its calls join those of others."""
        who = joined(self.denoiser)
        return served(who, make(who))


@dataclass(frozen=True)
class SamplingForm:
    """What the sampling controls or another program sent, in the order of the controls; unchecked.

    Each field is a parameter of the API under its name.
    """

    model: Any
    class_name: Any = ANY
    guidance: Any = GUIDANCE.default
    schedule: Any = SCHEDULE
    sampler: Any = SAMPLER
    steps: Any = STEPS.default
    pictures: Any = PICTURES.default
    seed: Any = SEED.default
    schedule_knobs: Any = None
    sampler_knobs: Any = None
    guidance_kind: Any = KIND
    guidance_knobs: Any = None

    @property
    def recipe(self) -> Recipe:
        """What to make; InputError, in one sentence, for what cannot be used."""
        first = SEED.check("seed", self.seed)
        kind = self.guidance_kind or KIND
        return Recipe(
            self.model,
            self.class_name or ANY,
            GUIDANCE.check("guidance", self.guidance),
            kind,
            knob_settings(kind, self.guidance_knobs),
            self.schedule,
            knob_settings(self.schedule, self.schedule_knobs),
            self.sampler,
            knob_settings(self.sampler, self.sampler_knobs),
            STEPS.check("steps", self.steps),
            tuple(range(first, first + PICTURES.check("pictures", self.pictures))),
        )

    def request(self, context: Context) -> Request:
        """Return the settings, checked, with their model; InputError for what cannot be used."""
        recipe = self.recipe
        # no path, or pages could have any file read
        made = resolve(recipe, context.library, choices(context.library, recipe.model))
        guide = made.guidance
        if guide.weak is not None:
            guide = replace(guide, weak=joined(guide.weak))
        return Request(
            **{one.name: getattr(made, one.name) for one in fields(made)} | {"guidance": guide}
        )


FORM = tuple(one.name for one in fields(SamplingForm))
