"""The loss by noise band in the plane, on fixed points, noise and levels, beside its floor."""

from functools import lru_cache

from playground.diffusion.denoisers import Denoiser, ideal_denoiser
from playground.training.data.clouds import CloudSet
from playground.training.evaluation.probe import Probe

POINTS = 400  # held-out ones, each at all levels


def losses(who: Denoiser, cloud: CloudSet) -> list[float]:
    """Return the mean squared error of v in each band, the cleanest first."""
    return probe(cloud).losses(who)


@lru_cache(maxsize=8)
def floor(cloud: CloudSet) -> list[float]:
    """Return the same of the exact denoiser of the points that are learned from.

    Of one noised point there are many origins; this is what not even the exact guess can know.
    """
    return losses(ideal_denoiser(cloud.some.x, cloud.some.labels), cloud)


@lru_cache(maxsize=8)
def probe(cloud: CloudSet) -> Probe:
    """Return the points, noise and levels of every measurement, always the same."""
    return Probe(cloud.held_out, len(cloud.data.class_names), POINTS)
