"""What a network may predict of a noisy sample, and how that becomes a guess of x0.

All four say the same thing in other words (`diffusion.levels`); they differ in where their errors
are blown up: eps and score near pure noise, x0 near clean, v nowhere.
"""

import torch
from torch import Tensor

from playground.diffusion.levels import per_sample, v_from_x0, x0_from_v
from playground.errors import unknown

TARGETS = ("v", "x0", "eps", "score")
FAINT = 0.01  # a share of signal below which noise predictions say nothing of x0


def check(target: str) -> str:
    """Return the target itself; InputError, naming near ones, where there is none such."""
    if target not in TARGETS:
        raise unknown("target", str(target), TARGETS)
    return target


def x0_from(target: str, x: Tensor, out: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """Return the guess (B,*S) that an answer `out` means at x (B,*S), alpha and sigma (B,).

    The score is that of u = x / r, which is -eps / sin(phi). For eps and score, x0 =
    (u - sin(phi) eps) / cos(phi) would divide by 0 at pure noise; there the quotient fades to 0,
    the mean of what is standardised.
    """
    if target == "v":
        return x0_from_v(x, out, alpha, sigma)
    if target == "x0":
        return out
    r = torch.hypot(alpha, sigma)
    cos, sin = per_sample(alpha / r, x), per_sample(sigma / r, x)
    eps = out if target == "eps" else -sin * out
    return (x / per_sample(r, x) - sin * eps) * cos / (cos.square() + FAINT**2)


def miss(
    target: str, out: Tensor, x: Tensor, x0: Tensor, eps: Tensor, alpha: Tensor, sigma: Tensor
) -> Tensor:
    """Return by how much an answer (B,*S) misses what was to be predicted; x on the unit circle.

    The score's miss is multiplied by sigma, the usual weight, or the cleanest levels would be all
    of the loss (Song & Ermon 2019, Sec. 4.2).
    """
    if target == "v":
        return out - v_from_x0(x, x0, alpha, sigma)
    if target == "x0":
        return out - x0
    if target == "eps":
        return out - eps
    return per_sample(sigma, x) * out + eps
