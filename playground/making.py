"""From a recipe to what samples it: the one place where settings become a denoiser and levels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guidance import Guidance
from playground.diffusion.sample import Frame, sample
from playground.errors import InputError
from playground.library import Library
from playground.recipe import Recipe
from playground.sources import Source, find
from playground.texts import Text, t


@dataclass(frozen=True)
class Making:
    """A recipe with its model loaded, ready to sample.

    warnings: in one sentence each, why its pictures will not be those that the recipe had made.
    """

    source: Source
    denoiser: Denoiser
    schedule: schedules.Schedule
    sampler: samplers.Sampler
    cond: list[int] | None
    guidance: Guidance
    steps: int
    seeds: Sequence[int]
    recipe: Recipe
    warnings: tuple[Text, ...] = ()

    @property
    def model(self) -> str:
        """The name of its model."""
        return self.source.name

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes of its model."""
        return self.source.class_names

    @property
    def are_points(self) -> bool:
        """Whether it makes points in the plane, not pictures."""
        return len(self.denoiser.shape) == 1

    @property
    def labels(self) -> list[str]:
        """What each picture is of: its seed, and its class if it has one."""
        names = self.class_names
        of = [""] * len(self.seeds) if self.cond is None else [f" · {names[c]}" for c in self.cond]
        return [f"seed {seed}{name}" for seed, name in zip(self.seeds, of, strict=True)]

    def frames_of(self, denoiser: Denoiser) -> Iterator[Frame]:
        """Yield what `sample` yields of these settings with this denoiser."""
        frames = sample(
            denoiser,
            self.schedule,
            self.sampler,
            steps=self.steps,
            seeds=self.seeds,
            cond=self.cond,
            guidance=self.guidance,
        )
        stop = self.recipe.stopped_at
        return frames if stop is None else islice(frames, stop + 1)

    def frames(self) -> Iterator[Frame]:
        """Yield the frames of the recipe, noise first."""
        return self.frames_of(self.denoiser)


def resolve(recipe: Recipe, library: Library, offered: Sequence[str] | None = None) -> Making:
    """Return the recipe with its model from this library, whose fingerprint is put in.

    offered: the only names that may be used, where paths must not be. InputError where the model or
    its class is not here, or cannot be used.
    """
    try:
        source = find(recipe.model, library, offered)
    except InputError as error:
        if not recipe.fingerprint:
            raise
        raise InputError(
            "The model {model} that made these pictures is not here; put its file back, or "
            "choose another model.",
            model=repr(recipe.model),
        ) from error
    denoiser = source.denoiser  # loaded now, so that a damaged file is told of here
    guide = source.guidance(recipe.guidance_kind, recipe.guidance, recipe.guidance_knobs)
    weaker = source.weaker if guide.weak is not None else None
    now = replace(
        recipe,
        fingerprint=source.fingerprint,
        weaker=weaker.fingerprint if weaker else "",
    )
    return Making(
        source,
        denoiser,
        schedules.get(recipe.schedule, **recipe.schedule_knobs),
        samplers.get(recipe.sampler, **recipe.sampler_knobs),
        source.cond(recipe.class_name, recipe.seeds),
        guide,
        recipe.steps,
        recipe.seeds,
        now,
        _changes(recipe, now),
    )


def _changes(before: Recipe, now: Recipe) -> tuple[Text, ...]:
    if not before.fingerprint:
        return ()
    if before.fingerprint != now.fingerprint:
        return (
            t(
                "The file of {model} is not the one that made these pictures any more; they come "
                "out otherwise.",
                model=now.model,
            ),
        )
    if before.weaker != now.weaker:
        return (
            t(
                "The earlier version of {model} that these pictures were guided away from is "
                "another one now; they come out otherwise.",
                model=now.model,
            ),
        )
    return ()
