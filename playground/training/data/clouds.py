"""A cloud of points to train on, with held-out points and the floor of the distance to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import torch
from torch import Tensor

from playground.checkpoint import Checkpoint
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.sample import sample
from playground.diffusion.schedules import get as get_schedule
from playground.errors import InputError
from playground.spaces import clouds
from playground.spaces.points import Frame, encode
from playground.spaces.sliced import sliced_wasserstein
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset

TRAINED, HELD_OUT = 100_000, 4_000  # points of a named cloud
ENOUGH = 20_000  # of them, where each costs
SHARE = 0.2  # of given points, held out
REFLOW_STEPS = 16  # of Heun, from noise to what it becomes
FEWEST = 10  # points to train on
DRAWS = 12  # real draws whose mean distance is the floor

# Of a run on points: as many an update as is still fast, and the mean of many updates
SETTINGS: dict[str, Any] = {
    "widths": (128,),
    "blocks": (3,),
    "batch": 256,
    "adam_rate": 0.004,
    "warmup": 20,
    "ema": 0.1,
    "precision": "float32",  # bfloat16 gains nothing in layers so small
}


def config(**changes: Any) -> TrainConfig:
    """Return the TrainConfig that suits points, with some fields changed."""
    return TrainConfig(**{**SETTINGS, **changes})


@dataclass(frozen=True, eq=False)  # one is equal to itself only: tensors are not compared
class CloudSet:
    """Points to train on, points that training never sees, and where they came from."""

    name: str
    data: Dataset
    held_out: Dataset
    frame: Frame
    _classes: dict[int, "CloudSet"] = field(default_factory=dict)
    _floors: dict[int, list[float]] = field(default_factory=dict)

    @cached_property
    def free(self) -> "CloudSet":
        """The same without classes."""
        data, held_out = (
            replace(part, labels=None, class_names=()) for part in (self.data, self.held_out)
        )
        return CloudSet(self.name, data, held_out, self.frame)

    @cached_property
    def some(self) -> Dataset:
        """ENOUGH of the points to train on, at most: for what is computed of every one of them."""
        return self.data.take(torch.arange(min(ENOUGH, len(self.data))))

    def model(self, made: Checkpoint) -> Checkpoint:
        """Put into a checkpoint on this cloud in what coordinates its points lie."""
        told = {name: value for name, value in made.recipe.items() if name != "pictures"}
        told |= {"points": made.recipe["pictures"], "cloud": self.name}
        return replace(made, recipe=told | {"frame": [*self.frame.centre, self.frame.scale]})

    def only(self, kind: int) -> "CloudSet":
        """Return the points of one class alone."""
        if kind not in self._classes:
            data, held_out = (_of(part, kind) for part in (self.data, self.held_out))
            self._classes[kind] = CloudSet(self.name, data, held_out, self.frame)
        return self._classes[kind]

    def classes(self, seeds: Sequence[int]) -> Tensor:
        """Return a class (N,) for each seed, as often as held-out points have it."""
        assert self.held_out.labels is not None
        return self.held_out.labels[torch.tensor(seeds) % len(self.held_out)]

    def distance(self, x: Tensor) -> float:
        """Return how far samples (N,2) are from held-out points: sliced Wasserstein."""
        return sliced_wasserstein(x, self.held_out.x)

    def floor(self, count: int) -> float:
        """Return the mean distance of as many real points, which a perfect model has, too."""
        return sum(self.chance(count)) / DRAWS

    def chance(self, count: int) -> list[float]:
        """Return the distances of DRAWS draws of as many real points: what chance alone does."""
        if count not in self._floors:
            generator, x = torch.Generator().manual_seed(0), self.data.x
            places = [torch.randperm(len(x), generator=generator)[:count] for _ in range(DRAWS)]
            self._floors[count] = [self.distance(x[place]) for place in places]
        return self._floors[count]


@lru_cache(maxsize=16)
def named(name: str, seed: int = 0) -> CloudSet:
    """Return a registered cloud; InputError for an unknown name, naming near ones."""
    classes = clouds.class_names(name)
    parts = (clouds.draw(name, TRAINED, seed), clouds.held_out(name, HELD_OUT, seed))
    data, held_out = (Dataset(x, labels, classes) for x, labels in parts)
    return CloudSet(name, data, held_out, clouds.frame(name))


def given(
    points: Any,
    labels: Tensor | None = None,
    names: Sequence[str] = (),
    *,
    as_drawn: bool = False,
) -> CloudSet:
    """Take points that a person drew or brought, (N,2), and hold a fifth of them out.

    as_drawn: they are in standard coordinates already. InputError for too few of them.
    """
    x, frame = encode(points)
    if as_drawn:
        x, frame = frame.decode(x).float(), Frame()
    if len(x) < FEWEST:
        raise InputError(
            "Give {fewest} points or more to train on; you gave {count}.",
            fewest=FEWEST,
            count=len(x),
        )
    data, held_out = Dataset(x, labels, tuple(names)).split(SHARE, 0)
    return CloudSet("yours", data, held_out, frame)


def straightened(who: Denoiser, cloud: CloudSet, count: int, seed: int) -> Dataset:
    """Pair noise with where `who` takes it, to train on next: its paths grow straight.

    Source: Liu et al. 2022 (Rectified flow), Sec. 2.2, "reflow".
    """
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(count, 2, generator=generator)
    labels = cloud.data.labels
    cond = None
    if labels is not None:
        cond = labels[torch.randint(len(labels), (count,), generator=generator)]
    levels = get_schedule("flow").grid(REFLOW_STEPS)
    *_, last = sample(who, "flow", "heun", x=noise, grid=levels, seeds=range(count), cond=cond)
    return Dataset(last.x, cond, cloud.data.class_names, noise=noise)


def _of(part: Dataset, kind: int) -> Dataset:
    assert part.labels is not None
    return part.take((part.labels == kind).nonzero()[:, 0])
