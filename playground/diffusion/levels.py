"""The level: a noisy sample is `x = alpha * x0 + sigma * eps`, and (alpha, sigma) says how noisy.

All algebra between x0, eps, v and score stands here and nowhere else. Write
`alpha = r cos(phi)`, `sigma = r sin(phi)`; then `u = x / r` turns on a circle as phi changes, and
`v = du/dphi`. Nothing here divides by alpha, so alpha = 0 (pure noise) is an ordinary level.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor


class Level(NamedTuple):
    """How much signal (alpha >= 0) and noise (sigma >= 0) a sample holds, as float64."""

    alpha: float
    sigma: float

    @property
    def radius(self) -> float:
        """R = sqrt(alpha^2 + sigma^2); 1 on every variance-preserving path."""
        return math.hypot(self.alpha, self.sigma)

    @property
    def angle(self) -> float:
        """Phi = atan2(sigma, alpha) in radians: 0 is clean, pi/2 is pure noise."""
        return math.atan2(self.sigma, self.alpha)

    @property
    def log_snr(self) -> float:
        """log(alpha^2 / sigma^2); +inf when clean, -inf for pure noise."""
        if self.sigma == 0:
            return math.inf
        if self.alpha == 0:
            return -math.inf
        return 2 * (math.log(self.alpha) - math.log(self.sigma))


CLEAN = Level(1.0, 0.0)


def per_sample(value: Tensor | float, x: Tensor) -> Tensor:
    """Return a number, or one a sample (B,), shaped to multiply x (B,*S), in x's dtype."""
    value = torch.as_tensor(value, dtype=x.dtype, device=x.device)
    return value.reshape(-1, *[1] * (x.ndim - 1)) if value.ndim else value


def angle(alpha: Tensor, sigma: Tensor) -> Tensor:
    """Return phi = atan2(sigma, alpha), elementwise, in radians."""
    return torch.atan2(sigma, alpha)


def mix(x0: Tensor, eps: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Noise x0 with eps, both (B,*S), in closed form: alpha x0 + sigma eps."""
    return per_sample(alpha, x0) * x0 + per_sample(sigma, x0) * eps


def eps_from_x0(x: Tensor, x0: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return the noise in x if its clean picture is x0; needs sigma > 0."""
    return (x - per_sample(alpha, x) * x0) / per_sample(sigma, x)


def x0_from_eps(x: Tensor, eps: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return the clean picture in x if its noise is eps; needs alpha > 0."""
    return (x - per_sample(sigma, x) * eps) / per_sample(alpha, x)


def v_from_x0(x: Tensor, x0: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return v = cos(phi) eps - sin(phi) x0 (Salimans & Ho 2022, App. D); needs sigma > 0."""
    a, s = per_sample(alpha, x), per_sample(sigma, x)
    r = torch.hypot(a, s)
    return (a * x / r - r * x0) / s


def x0_from_v(x: Tensor, v: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return x0 = cos(phi) u - sin(phi) v with u = x / r; exact as sigma -> 0, for every alpha."""
    a, s = per_sample(alpha, x), per_sample(sigma, x)
    r = torch.hypot(a, s)
    # two passes over the picture in place of five: beside a small network they are felt
    return torch.addcmul((a / r / r) * x, s / r, v, value=-1)


def eps_from_v(x: Tensor, v: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return eps = sin(phi) u + cos(phi) v with u = x / r."""
    a, s = per_sample(alpha, x), per_sample(sigma, x)
    r = torch.hypot(a, s)
    return (s * x / r + a * v) / r


def score_from_x0(x: Tensor, x0: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return grad log p(x) = (alpha x0 - x) / sigma^2 (Vincent 2011); needs sigma > 0."""
    return (per_sample(alpha, x) * x0 - x) / per_sample(sigma, x) ** 2


def x0_from_score(x: Tensor, score: Tensor, alpha: Tensor | float, sigma: Tensor | float) -> Tensor:
    """Return x0 by Tweedie's formula: (x + sigma^2 score) / alpha; needs alpha > 0."""
    return (x + per_sample(sigma, x) ** 2 * score) / per_sample(alpha, x)


def rotate(x: Tensor, x0: Tensor, now: Level, then: Level) -> Tensor:
    """Step from one level to another with x0 held fixed, deterministically (DDIM = Euler).

    In u = x / r it is the rotation u' = cos(d) u + sin(d) v by d = phi' - phi, with v written out
    so that nothing is divided by alpha; at phi' = 0 it returns x0 exactly.
    """
    if then.sigma == 0:
        return then.alpha * x0
    keep = math.sin(then.angle) / math.sin(now.angle)
    take = math.sin(now.angle - then.angle) / math.sin(now.angle)
    return torch.add((then.radius * keep / now.radius) * x, x0, alpha=then.radius * take)
