"""From a recipe to what samples it: the one place where settings become a denoiser and levels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guidance import Guidance
from playground.diffusion.sample import Frame, sample
from playground.errors import InputError, unknown
from playground.library import Library
from playground.recipe import Recipe
from playground.sources import (
    AS_DATA,
    IDEAL,
    SETS,
    as_in_data,
    cond_for,
    denoiser,
    fingerprint,
    guidance_for,
    weaker_fingerprint,
)
from playground.spaces import clouds


@dataclass(frozen=True)
class Making:
    """A recipe with its model loaded, ready to sample.

    warnings: in one sentence each, why its pictures will not be those that the recipe had made.
    """

    model: str
    denoiser: Denoiser
    schedule: schedules.Schedule
    sampler: samplers.Sampler
    cond: list[int] | None
    guidance: Guidance
    steps: int
    seeds: Sequence[int]
    class_names: tuple[str, ...]
    recipe: Recipe
    warnings: tuple[str, ...] = ()

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

    def frames_of(self, who: Denoiser) -> Iterator[Frame]:
        """What `sample` yields of these settings with this denoiser."""
        made = sample(
            who,
            self.schedule,
            self.sampler,
            steps=self.steps,
            seeds=self.seeds,
            cond=self.cond,
            guidance=self.guidance,
        )
        stop = self.recipe.stopped_at
        return made if stop is None else islice(made, stop + 1)

    def frames(self) -> Iterator[Frame]:
        """The frames of the recipe, noise first."""
        return self.frames_of(self.denoiser)


def resolve(recipe: Recipe, library: Library, offered: Sequence[str] | None = None) -> Making:
    """The recipe with its model from this library, and that model's fingerprint put in.

    offered: the only names that may be used, where paths must not be. InputError where the model or
    its class is not here, or cannot be used.
    """
    name = recipe.model
    if recipe.fingerprint and not is_here(name, library, offered):
        raise InputError(
            f"The model {name!r} that made these pictures is not here; put its file back, or "
            "choose another model."
        )
    if offered is not None and name not in offered:
        raise unknown("model", name, offered)
    who, names = denoiser(name, library)
    if recipe.class_name == AS_DATA:
        cond = as_in_data(name, library, recipe.seeds)
    else:
        cond = cond_for(recipe.class_name, names, recipe.seeds)
    guide = guidance_for(
        name, library, recipe.guidance_kind, recipe.guidance, recipe.guidance_knobs
    )
    own = fingerprint(name, library)
    weaker = weaker_fingerprint(name, library) if guide.weak is not None else ""
    return Making(
        name,
        who,
        schedules.get(recipe.schedule, **recipe.schedule_knobs),
        samplers.get(recipe.sampler, **recipe.sampler_knobs),
        cond,
        guide,
        recipe.steps,
        recipe.seeds,
        tuple(names),
        replace(recipe, fingerprint=own, weaker=weaker),
        _changes(recipe, own, weaker),
    )


def is_here(name: str, library: Library, offered: Sequence[str] | None = None) -> bool:
    """Whether there is a model of this name among those offered, or by default in the library."""
    if offered is not None:
        return name in offered
    if name.startswith(IDEAL):
        return name.removeprefix(IDEAL) in (*SETS, *clouds.names())
    try:
        return library.path(name).is_file()
    except InputError:
        return False


def _changes(recipe: Recipe, own: str, weaker: str) -> tuple[str, ...]:
    if recipe.fingerprint and recipe.fingerprint != own:
        return (
            f"The file of {recipe.model} is not the one that made these pictures any more; "
            "they come out otherwise.",
        )
    if recipe.fingerprint and recipe.weaker != weaker:
        return (
            f"The earlier version of {recipe.model} that these pictures were guided away from is "
            "another one now; they come out otherwise.",
        )
    return ()
