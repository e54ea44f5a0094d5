"""What all lanes of a race and all cells of a grid share: who draws what, from which noise."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, sample
from playground.diffusion.samplers import Sampler
from playground.diffusion.schedules import Schedule
from playground.sources import Source

GUIDANCE = Knob(1.0, 0.0, 10.0, 0.1, "1: as learned; other scales ask twice a step.")
PICTURES = Knob(4, 1, 16, 1, "Of each lane or cell.")
SEED = Knob(0, 0, 2**53, 1, "Of the first picture.")


@dataclass(frozen=True)
class Setup:
    """A model, its class, guidance and seeds.

    key: names the model as it is now; equal keys make equal pictures of equal settings. patient:
    the same denoiser for what nobody waits for, if there is one.
    """

    denoiser: Denoiser
    seeds: tuple[int, ...]
    cond: tuple[int, ...] | None
    guidance: float
    key: Hashable
    patient: Denoiser | None = None

    @property
    def calls_each(self) -> int:
        """Network calls each time that a sampler asks: guidance asks with and without the class."""
        guided = self.cond is not None and self.guidance != 1
        return int(getattr(self.denoiser, "nfe", 1)) * (2 if guided else 1)

    def frames(
        self, sampler: Sampler, schedule: Schedule, steps: int, asked: Denoiser | None = None
    ) -> Iterator[Frame]:
        """Sample these settings; asked: a wrapper of the denoiser, in its place."""
        return sample(
            asked or self.denoiser,
            schedule,
            sampler,
            steps=steps,
            seeds=self.seeds,
            cond=self.cond,
            guidance=self.guidance,
        )


def read_setup(source: Source, kind: str | None, guidance: Any, seed: Any, pictures: Any) -> Setup:
    """Return the setup that these words and numbers mean; InputError for what cannot be used."""
    denoiser = source.denoiser  # first, so that a damaged file is told of as such
    first = SEED.check("seed", seed)
    seeds = tuple(range(first, first + PICTURES.check("pictures", pictures)))
    cond = source.cond(kind, seeds)
    return Setup(
        denoiser,
        seeds,
        None if cond is None else tuple(cond),
        GUIDANCE.check("guidance", guidance),
        (source.name, source.version),
    )
