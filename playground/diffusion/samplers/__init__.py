"""Samplers: generators that walk a grid of levels from noise to a picture.

Each takes `denoise(x, level) -> x0`, the start x, the levels (noisiest first, the last one clean)
and `noise() -> z`, fresh standard noise, and yields (x, x0) after every step. Stopping is closing
the generator; guidance, clamping and counting are wrappers around `denoise`.
"""

# the families register themselves, in the order in which people see them
from playground.diffusion.samplers import single_step
from playground.diffusion.samplers import multistep
from playground.diffusion.samplers import adams
from playground.diffusion.samplers import adaptive
from playground.diffusion.samplers import ancestral
from playground.diffusion.samplers import sde
from playground.diffusion.samplers import sa_solver
from playground.diffusion.samplers import restarting
from playground.diffusion.samplers import langevin
from playground.diffusion.samplers.base import Sampler, entry, get, names, register

__all__ = ["Sampler", "entry", "get", "names", "register"]
