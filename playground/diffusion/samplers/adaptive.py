"""A sampler that chooses its own steps, every sample its own, so that each errs little enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from playground.diffusion.levels import Level, per_sample, v_from_x0, x0_from_v
from playground.diffusion.registry import knob
from playground.diffusion.samplers.base import Denoise, Noise, Steps, register

SMALLEST = 0.002  # radians at which the last guess is made, unless the levels go lower still
SHORTEST = 0.02  # of the angle that is left: such a step is taken whatever its error, so it ends
SAFETY, SHRINK, GROW = 0.9, 0.2, 2.0
# Bogacki & Shampine 1989: weights of the third-order step, and of its distance to the second-order
THIRD = (2 / 9, 1 / 3, 4 / 9)
ERROR = (-5 / 72, 1 / 12, 1 / 9, -1 / 8)


@dataclass(frozen=True)
class State:
    """Where each sample is: angle phi (B,), u = x / r and v = du/dphi (B,*S), and its guess."""

    phi: Tensor
    u: Tensor
    v: Tensor
    x0: Tensor

    @classmethod
    def asked(cls, denoise: Denoise, phi: Tensor, u: Tensor) -> "State":
        """Return the state at (phi, u), by one call of the denoiser, at radius 1."""
        alpha, sigma = phi.cos(), phi.sin()
        alpha = torch.where(alpha < 1e-12, 0.0, alpha)  # cos(pi/2) is 6e-17
        x0 = denoise(u, (alpha, sigma))
        return cls(phi, u, v_from_x0(u, x0, alpha, sigma.clamp(min=1e-12)), x0)

    def where(self, kept: Tensor, other: "State") -> "State":
        """Return the samples in `kept` (B,) from here, the rest from the other state."""
        each = per_sample(kept, self.u).bool()
        return State(
            torch.where(kept, self.phi, other.phi),
            torch.where(each, self.u, other.u),
            torch.where(each, self.v, other.v),
            torch.where(each, self.x0, other.x0),
        )


def attempt(denoise: Denoise, now: State, phi: Tensor, tolerance: float) -> tuple[State, Tensor]:
    """Try a third-order step to the angles phi; return it and its error (B,) in tolerances.

    Three calls; the last of them is the first of the next step. The error is tolerated at
    tolerance * max(1, |u|), root mean square over a sample (Jolicoeur-Martineau et al. 2021).
    """
    turn = phi - now.phi
    d = per_sample(turn, now.u)
    half = State.asked(denoise, now.phi + turn / 2, now.u + d / 2 * now.v)
    later = State.asked(denoise, now.phi + 0.75 * turn, now.u + 0.75 * d * half.v)
    slopes = [now.v, half.v, later.v]
    rise = sum((w * v for w, v in zip(THIRD, slopes, strict=True)), torch.zeros_like(d))
    then = State.asked(denoise, phi, now.u + d * rise)
    off = sum((w * v for w, v in zip(ERROR, [*slopes, then.v], strict=True)), torch.zeros_like(d))
    scale = torch.maximum(now.u.abs(), then.u.abs()).clamp(min=1.0)
    error = (d * off / scale).flatten(1).square().mean(1).sqrt() / tolerance
    return then, error.cpu().double().nan_to_num(nan=0.0)  # a shorter step mends no nan


def on_the_way(a: State, b: State, phi: float) -> tuple[Tensor, Tensor]:
    """Return (u, v) at an angle from a's to b's: the cubic through both (Hermite) and its slope."""
    turn = b.phi - a.phi
    s = per_sample(torch.where(turn < 0, (phi - a.phi) / turn, 0.0).clamp(0, 1), a.u)
    d, rise = per_sample(turn, a.u), b.u - a.u
    first, last = d * a.v - rise, rise - d * b.v
    u = a.u + s * rise + s * (1 - s) * ((1 - s) * first + s * last)
    turned = rise + (1 - s) * (1 - 3 * s) * first + s * (2 - 3 * s) * last
    return u, torch.where(d < 0, turned / d, a.v)


@register(
    "adaptive",
    title="adaptive (Bogacki-Shampine 3(2))",
    source="Bogacki & Shampine 1989; error as in Jolicoeur-Martineau et al. 2021",
    remembers=True,  # the step it has come to
)
def adaptive(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    tolerance: float = knob(
        0.01, 1e-5, 0.2, step=0.001, help="Error allowed in a step: smaller asks more often."
    ),
) -> Steps:
    """Choose steps by their error, three calls each, whatever the levels: frames lie in between.

    On du/dphi = v, from the first level down to the last angle of noise, or to 0.002 where a clean
    level follows. A step of a fiftieth of the angle that is left is taken whatever its error: so
    it ends, at the worst after some 1,000 calls. A sample that has arrived rides along.

    Formula: d phi' = 0.9 d phi (tolerance / error)^(1/3), error from rules of order 3 and 2.
    For: a reference to hold others against; when no number of steps is known.
    """
    angles = [level.angle for level in levels]
    noisy = [phi for phi in angles if phi > 0] or [0.0]
    end = min(noisy[-1], SMALLEST) if levels[-1].sigma == 0 else noisy[-1]
    phi = torch.full((len(x),), angles[0], dtype=torch.float64)
    now = State.asked(denoise, phi, x / levels[0].radius)
    length = torch.full_like(phi, tolerance ** (1 / 3) / 2)
    path = [now]  # the states since the last frame, to draw the next ones between
    for then in levels[1:]:
        stop = max(then.angle, end)
        while bool((now.phi > stop).any()):
            floor = SHORTEST * now.phi
            length = torch.maximum(length, floor)
            arrives = now.phi - length <= end
            tried, error = attempt(
                denoise, now, torch.where(arrives, end, now.phi - length), tolerance
            )
            fits = (error <= 1) | (length <= floor)
            now = tried.where(fits, now)
            length = length * (SAFETY * error.clamp(min=1e-9) ** (-1 / 3)).clamp(SHRINK, GROW)
            path.append(now)
        while len(path) > 1 and bool((path[1].phi > stop).all()):
            path.pop(0)
        if then.sigma == 0:
            yield then.alpha * now.x0, now.x0
            continue
        u, v = path[0].u, path[0].v
        for a, b in pairwise(path):
            inside = per_sample((a.phi >= stop) & (b.phi <= stop), u).bool()
            at_stop = on_the_way(a, b, stop)
            u, v = torch.where(inside, at_stop[0], u), torch.where(inside, at_stop[1], v)
        yield then.radius * u, x0_from_v(then.radius * u, v, *then)
