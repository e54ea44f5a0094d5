"""What one sampling needs, read from whatever the page or another program sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guidance import KIND, Guidance
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, sample
from playground.errors import unknown
from playground.serving.joined import joined, served
from playground.sources import choices, cond_for, denoiser, guidance_for
from playground.ui.components.knobs import SEED, knob_settings
from playground.ui.house import House

T = TypeVar("T")
GUIDANCE = Knob(2.0, 0.0, 10.0, 0.1, "1: as learned; above: more of its class.")
STEPS = Knob(20, 1, 1000, 1, "Levels from noise to clean.")
PICTURES = Knob(16, 1, 64, 1, "At a time.")


@dataclass(frozen=True)
class Request:
    """All settings of one run, checked."""

    model: str
    denoiser: Denoiser
    schedule: schedules.Schedule
    sampler: samplers.Sampler
    cond: list[int] | None
    guidance: Guidance
    steps: int
    seeds: range
    class_names: tuple[str, ...] = ()

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
        return self.served(
            lambda who: sample(
                who,
                self.schedule,
                self.sampler,
                steps=self.steps,
                seeds=self.seeds,
                cond=self.cond,
                guidance=self.guidance,
            )
        )

    def served(self, make: Callable[[Denoiser], Iterator[T]]) -> Iterator[T]:
        """What this makes of the denoiser, made ahead; its network calls join those of others."""
        who = joined(self.denoiser)
        return served(who, make(who))


def read_request(
    house: House,
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
    curve = schedules.get(schedule, **knob_settings(schedule, schedule_knobs))
    stepper = samplers.get(sampler, **knob_settings(sampler, sampler_knobs))
    if name not in choices(house.library, name):  # no path, or pages could have any file read
        raise unknown("model", name, choices(house.library))
    who, names = denoiser(name, house.library)
    first = SEED.check("seed", seed)
    seeds = range(first, first + PICTURES.check("pictures", count))
    kind, scale = guidance_kind or KIND, GUIDANCE.check("guidance", guidance)
    guide = guidance_for(name, house.library, kind, scale, knob_settings(kind, guidance_knobs))
    if guide.weak is not None:
        guide = replace(guide, weak=joined(guide.weak))
    return Request(
        name,
        who,
        curve,
        stepper,
        cond_for(cls, names, seeds),
        guide,
        STEPS.check("steps", steps),
        seeds,
        tuple(names),
    )
