"""Samplers that stay at a level and let the sample settle there before they go on."""

import math
from collections.abc import Sequence
from itertools import pairwise

from torch import Tensor

from playground.diffusion.levels import Level, eps_from_x0, per_sample
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, ancestral, register


@register(
    "predictor_corrector",
    title="Predictor-corrector (Langevin)",
    source="Song et al. 2021, App. F and G",
    calls=2,
)
def predictor_corrector(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    correctors: int = knob(1, 0, 10, step=1, help="Langevin steps at each level; one call each."),
    snr: float = knob(0.16, 0.01, 0.5, step=0.01, help="How far a Langevin step goes."),
    size: str = knob(
        "expected",
        choices=("expected", "measured"),
        help="The norms that set a step's length: as expected of noise, or as each sample has.",
    ),
) -> Steps:
    """A step of DDPM, then Langevin steps at the new level, which mend what the step did wrong.

    Langevin: x + e g + sqrt(2 e) z with the score g = -eps / sigma and e = 2 (snr |z| / |g|)^2.
    The paper takes |z| / |g| over the batch. A sample must not depend on others, so it is sigma,
    as it is for exact scores in many dimensions, or else each sample's own.

    Formula: x + e g + sqrt(2 e) z, g = -eps / sigma, e = 2 (snr |z| / |g|)^2.
    For: seeing what Langevin dynamics does; many calls.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = ancestral(x, x0, now, then, noise, eta=1.0)
        for _ in range(correctors if then.sigma > 0 else 0):
            eps = eps_from_x0(x, denoise(x, then), *then)
            z = noise()
            far = snr * per_sample(_norms(z) / _norms(eps), x) if size == "measured" else snr
            x = x + then.sigma * (2 * far * z - 2 * far**2 * eps)
        yield x, x0


def _norms(x: Tensor) -> Tensor:
    return x.flatten(1).norm(dim=1).clamp(min=1e-6 * math.sqrt(x[0].numel()))
