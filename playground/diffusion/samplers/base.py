"""What every sampler is made of: the registry, its types and the steps that several share."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from torch import Tensor

from playground.diffusion.levels import Level, rotate
from playground.diffusion.registry import Entry, Registry

At = Level | tuple[Tensor, Tensor]  # one level for all samples, or alpha and sigma (B,) of each
Denoise = Callable[[Tensor, At], Tensor]
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
    """Return the sampler of that name with these knobs.

    InputError for an unknown name, knob or value.
    """
    return Sampler(entry(name), **knobs)


def kept_share(now: Level, then: Level) -> float:
    """Return tan(phi') / tan(phi): what a step keeps of the noise ratio; 0 from alpha = 0."""
    kept = now.alpha * then.sigma
    return kept / (then.alpha * now.sigma) if kept else 0.0  # also between two equal ends


def split(now: Level, then: Level, eta: float) -> tuple[Level, float]:
    """Return (level to step down to, fresh noise to add there): an ancestral step in its two parts.

    The fresh noise has eta times the standard deviation of q(x_then | x_now, x0), and the level has
    then's alpha and the noise that is left over.
    """
    share = kept_share(now, then)
    fresh = eta * then.sigma * math.sqrt(max(0.0, 1 - share**2))
    if fresh == 0:
        return then, 0.0
    # not sqrt(sigma^2 - fresh^2): it would lose the digits of a small rest
    return Level(then.alpha, then.sigma * math.sqrt((1 - eta**2) + (eta * share) ** 2)), fresh


def ancestral(x: Tensor, x0: Tensor, now: Level, then: Level, noise: Noise, eta: float) -> Tensor:
    """Make one DDIM step with fresh noise of standard deviation eta times the ancestral one."""
    down, fresh = split(now, then, eta)
    x = rotate(x, x0, now, down)
    return x + fresh * noise() if fresh else x


def given(z: Tensor) -> Noise:
    """Noise that was drawn already, for a step that must have the same once more."""
    return lambda: z


def ratio(level: Level) -> float:
    """Return sigma / alpha, the noise level of papers that write x / alpha; inf for pure noise."""
    return level.sigma / level.alpha if level.alpha else math.inf


def between(now: Level, then: Level, part: float) -> Level:
    """Return the level so far between now and then in log-SNR; in the angle if that has ends."""
    radius = now.radius ** (1 - part) * then.radius**part
    if now.alpha > 0 and then.sigma > 0:
        there = ratio(now) ** (1 - part) * ratio(then) ** part
        return Level(radius / math.hypot(1, there), radius * there / math.hypot(1, there))
    phi = now.angle + part * (then.angle - now.angle)
    alpha = math.cos(phi)
    return Level(radius * alpha if alpha > 1e-12 else 0.0, radius * math.sin(phi))
