"""Samplers: generators that walk a grid of levels from noise to a picture.

Each takes `denoise(x, level) -> x0`, the start x, the levels (noisiest first, the last one clean)
and `noise() -> z`, fresh standard noise, and yields (x, x0) after every step. Stopping is closing
the generator; guidance, clamping and counting are wrappers around `denoise`.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from torch import Tensor

from playground.diffusion.levels import Level, eps_from_x0, rotate, v_from_x0
from playground.diffusion.registry import Entry, Registry, knob

Denoise = Callable[[Tensor, Level], Tensor]
Noise = Callable[[], Tensor]
Steps = Iterator[tuple[Tensor, Tensor]]

_registry: Registry[Callable[..., Steps]] = Registry("sampler")
register = _registry.register
names = _registry.names
entry = _registry.entry


class Sampler:
    """A registered sampler with its knobs set."""

    def __init__(self, entry: Entry[Callable[..., Steps]], **knobs: Any) -> None:
        self.name = entry.name
        self.knobs = entry.settings(knobs)
        self._function = entry.function

    def __call__(self, denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
        """Yield (x, x0) for each step along `levels`, starting from x (B,*S) at levels[0]."""
        return self._function(denoise, x, levels, noise, **self.knobs)

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(f'{k}={v}' for k, v in self.knobs.items())})"


def get(name: str, **knobs: Any) -> Sampler:
    """The sampler of that name with these knobs; InputError for an unknown name, knob or value."""
    return Sampler(entry(name), **knobs)


def _share(now: Level, then: Level) -> float:
    """tan(phi') / tan(phi): the part of the noise ratio that a step keeps; 0 from alpha = 0."""
    kept = now.alpha * then.sigma
    return kept / (then.alpha * now.sigma) if kept else 0.0  # also between two equal ends


def _ancestral(x: Tensor, x0: Tensor, now: Level, then: Level, noise: Noise, eta: float) -> Tensor:
    """One DDIM step with fresh noise of standard deviation eta times the ancestral one."""
    fresh = eta * then.sigma * math.sqrt(max(0.0, 1 - _share(now, then) ** 2))
    if fresh == 0:
        return rotate(x, x0, now, then)
    kept = math.sqrt(max(0.0, then.sigma**2 - fresh**2))
    eps = eps_from_x0(x, x0, now.alpha, now.sigma)
    return then.alpha * x0 + kept * eps + fresh * noise()


@register("ddim", title="DDIM (Euler)", source="Song et al. 2020 (DDIM), Eq. 12 and 16")
def ddim(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    eta: float = knob(0.0, 0.0, 1.0, step=0.05, help="Fresh noise: 0 none, 1 as much as DDPM."),
) -> Steps:
    """Turn towards the guess: first order, deterministic at eta = 0; the same as Euler."""
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = _ancestral(x, x0, now, then, noise, eta)
        yield x, x0


@register("ddpm", title="DDPM (ancestral)", source="Ho et al. 2020, Eq. 6 and 7, Alg. 2")
def ddpm(denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
    """Draw from the posterior q(x_s | x_t, x0): fresh noise at every step, needs many of them."""
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        x = _ancestral(x, x0, now, then, noise, eta=1.0)
        yield x, x0


@register("heun", title="Heun (2nd order)", source="Karras et al. 2022, Alg. 1")
def heun(
    denoise: Denoise,
    x: Tensor,
    levels: Sequence[Level],
    noise: Noise,
    *,
    variable: str = knob(
        "angle", choices=("angle", "sigma"), help="What is integrated: phi, or sigma / alpha (EDM)."
    ),
) -> Steps:
    """Step, look again, and go by the mean of both slopes: two calls a step, second order.

    By default the trapezium rule on du/dphi = v, which is regular from alpha = 0 on. With
    variable = "sigma" it is the textbook rule in sigma / alpha, used only where alpha > 0.
    """
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        guess = rotate(x, x0, now, then)
        if then.sigma == 0:
            x = guess
        elif variable == "sigma" and now.alpha > 0:
            first = eps_from_x0(x, x0, *now)
            second = eps_from_x0(guess, denoise(guess, then), *then)
            ratio = now.sigma / now.alpha - then.sigma / then.alpha
            x = then.alpha * (x / now.alpha - ratio * (first + second) / 2)
        else:
            turn = then.angle - now.angle
            slope = v_from_x0(x, x0, *now) + v_from_x0(guess, denoise(guess, then), *then)
            x = then.radius * (x / now.radius + turn * slope / 2)
        yield x, x0


@register("dpmpp_2m", title="DPM-Solver++ (2M)", source="Lu et al. 2022 (DPM-Solver++), Alg. 2")
def dpmpp_2m(denoise: Denoise, x: Tensor, levels: Sequence[Level], noise: Noise) -> Steps:
    """Extrapolate the guess from the last two: second order at one call a step; a good default."""
    earlier: Tensor | None = None
    h_before = 0.0
    for now, then in pairwise(levels):
        x0 = denoise(x, now)
        h = (then.log_snr - now.log_snr) / 2  # log(alpha / sigma) is half the log-SNR
        target = x0
        # From alpha = 0 and to sigma = 0 h is infinite, and the step is of first order; so it is
        # after a step between equal levels, which a saturated schedule can hold.
        if earlier is not None and math.isfinite(h) and 0 < h_before < math.inf:
            target = x0 + h / (2 * h_before) * (x0 - earlier)
        x = rotate(x, target, now, then)
        earlier, h_before = x0, h
        yield x, x0
