"""Noise schedules: a path of levels from clean (t = 0) to noise (t = 1).

A schedule is one short function of its knobs that returns a path: t (float64 tensor in [0, 1]) ->
(alpha, sigma). Whatever a schedule does, x = alpha x0 + sigma eps is all that the rest sees.
"""

# the families register themselves, in the order in which people see them
from playground.diffusion.schedules import discrete
from playground.diffusion.schedules import closed_form
from playground.diffusion.schedules import drawn
from playground.diffusion.schedules.base import (
    MAX_STEPS,
    Schedule,
    check_steps,
    entry,
    get,
    names,
    register,
)
from playground.diffusion.spacings import Path

__all__ = ["MAX_STEPS", "Path", "Schedule", "check_steps", "entry", "get", "names", "register"]
