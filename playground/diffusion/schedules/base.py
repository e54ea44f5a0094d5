"""Noise schedules: a path of levels from clean (t = 0) to noise (t = 1).

A schedule is one short function of its knobs that returns a path: t (float64 tensor in [0, 1]) ->
(alpha, sigma). Whatever a schedule does, x = alpha x0 + sigma eps is all that the rest sees.
"""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from playground.diffusion import spacings
from playground.diffusion.levels import CLEAN, Level
from playground.diffusion.registry import Entry, Knob, Registry
from playground.diffusion.spacings import Line, Path
from playground.errors import InputError

MAX_STEPS = 10_000
SPACING = Knob("uniform", choices=tuple(spacings.names()), help="How levels are laid in sampling.")

_registry: Registry[Callable[..., Path]] = Registry("schedule")
names = _registry.names
entry = _registry.entry


def register(
    name: str, *, title: str, source: str
) -> Callable[[Callable[..., Path]], Callable[..., Path]]:
    """Enter the decorated function as a schedule, with its knobs and that of its spacing."""

    def enter(function: Callable[..., Path]) -> Callable[..., Path]:
        _registry.register(name, title=title, source=source)(function)
        entry(name).knobs["spacing"] = SPACING
        return function

    return enter


class Schedule:
    """A registered path with its knobs set: t -> (alpha, sigma), and grids of levels along it."""

    def __init__(self, entry: Entry[Callable[..., Path]], **knobs: Any) -> None:
        self.name = entry.name
        self.knobs = entry.settings(knobs)
        own = {k: v for k, v in self.knobs.items() if k != "spacing"}
        self._path = entry.function(**own)

    def __call__(self, t: Tensor | float) -> tuple[Tensor, Tensor]:
        """Return (alpha, sigma), float64, of t's shape; t in [0, 1], 0 exactly clean, 1 noisiest.

        InputError where a t lies outside [0, 1]. Paths that start at a smallest sigma > 0 (ve, edm)
        jump to sigma = 0 at t = 0 itself, as in Song et al. 2021, Appendix C.
        """
        try:
            t = torch.as_tensor(t, dtype=torch.float64)
        except (TypeError, ValueError):
            t = torch.tensor(math.nan)
        if not bool(((t >= 0) & (t <= 1)).all()):
            raise InputError("t must be from 0 (clean) to 1 (noisiest).")
        alpha, sigma = self._path(t)
        return torch.where(t == 0, 1.0, alpha), torch.where(t == 0, 0.0, sigma)

    def level(self, t: float) -> Level:
        """Return the level at one t in [0, 1]."""
        alpha, sigma = self(t)
        return Level(float(alpha), float(sigma))

    def grid(self, steps: int, start: float = 1.0) -> tuple[Level, ...]:
        """Return steps + 1 levels from t = start, noisiest first; the last is exactly Level(1, 0).

        The knob `spacing` says where the levels lie, by default evenly in t. Where the path has a
        smallest sigma > 0 (ve, edm), that is the last level before clean; else t = 0 itself is.
        Raises InputError for steps outside 1..10,000 or start outside (0, 1].
        """
        steps = check_steps(steps)
        if not 0 < start <= 1:
            raise InputError("start must be above 0 and at most 1; you gave {start}.", start=start)
        line = Line(self._path, start, self.knobs.get("timesteps"))
        t = spacings.entry(self.knobs["spacing"]).function(line, steps)
        t[0] = start
        alpha, sigma = self._path(t)
        return (*map(Level, alpha.tolist(), sigma.tolist()), CLEAN)

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(f'{k}={v}' for k, v in self.knobs.items())})"


def get(name: str, **knobs: Any) -> Schedule:
    """Return the schedule of that name with these knobs.

    InputError for an unknown name, knob or value.
    """
    return Schedule(entry(name), **knobs)


def check_steps(steps: Any) -> int:
    """Return steps as an int; InputError unless it is a whole number from 1 to 10,000."""
    try:
        if int(steps) == float(steps) and 1 <= int(steps) <= MAX_STEPS:
            return int(steps)
    except (TypeError, ValueError, OverflowError):
        pass
    raise InputError(
        "steps must be a whole number from 1 to {max_steps}; you gave {steps}.",
        max_steps=f"{MAX_STEPS:,}",
        steps=steps,
    )
