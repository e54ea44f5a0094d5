"""A teacher's trajectories from noise to picture: what a few-step student learns from."""

import math
from typing import NamedTuple

import torch
from torch import Tensor

from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.levels import CLEAN, Level

SOLVER = "dpmpp_2m"
HIDDEN = 0.1  # share of trajectories of no class, so that the student can draw without one, too
PATH = schedules.get("edm", sigma_min=0.05)  # below that a picture of 8 bits changes no more


class Points(NamedTuple):
    """B points of trajectories, each with the picture in which its own trajectory ends."""

    u: Tensor  # (B,*S) float32, x / r
    phi: Tensor  # (B,) in (0, pi/2]
    cond: Tensor | None  # (B,) int64
    end: Tensor  # (B,*S) float32


def jittered(steps: int, generator: torch.Generator) -> tuple[Level, ...]:
    """Return steps + 1 levels from noisiest to clean, those between moved by a random part.

    So that over many trajectories the student meets every level, and not those of one grid.
    """
    delta = float(torch.rand(1, generator=generator)) - 0.5
    between = [PATH.level(1 - (i + delta) / (steps - 1 + delta)) for i in range(1, steps - 1)]
    return (PATH.level(1.0), *between, PATH.level(1e-9), CLEAN)


class Pool:
    """The newest trajectories, in half precision; the oldest ones make room."""

    def __init__(self, capacity: int, steps: int, shape: tuple[int, ...], classes: int) -> None:
        self.u = torch.zeros(capacity, steps, *shape, dtype=torch.float16)
        self.end = torch.zeros(capacity, *shape, dtype=torch.float16)
        self.phi = torch.zeros(capacity, steps)
        self.cond = torch.zeros(capacity, dtype=torch.int64) if classes else None
        self.classes, self.steps, self.made = classes, steps, 0

    def __len__(self) -> int:
        return min(self.made, len(self.end))

    def grow(self, teacher: Denoiser, count: int, generator: torch.Generator) -> None:
        """Let the teacher (guided, if it is to be) draw `count` pictures, and keep their ways."""
        rows = (self.made + torch.arange(count)) % len(self.end)
        cond = None
        if self.cond is not None:
            cond = torch.randint(self.classes, (count,), generator=generator)
            cond[torch.rand(count, generator=generator) < HIDDEN] = -1
            self.cond[rows] = cond
        levels = jittered(self.steps, generator)
        u = torch.randn(count, *teacher.shape, generator=generator)
        x = levels[0].radius * u

        def denoise(x: Tensor, level: samplers.base.At) -> Tensor:
            alpha, sigma = (torch.full((count,), float(c)) for c in level)
            return teacher(x, alpha, sigma, cond).to(x.dtype)

        def no_noise() -> Tensor:
            raise NotImplementedError  # the solver is deterministic, and so is the lesson

        with torch.no_grad():
            ways = samplers.get(SOLVER)(denoise, x, levels, no_noise)
            for at, (now, (then, _)) in enumerate(zip(levels[:-1], ways, strict=True)):
                self.u[rows, at] = u.half()
                self.phi[rows, at] = now.angle
                u = then / levels[at + 1].radius
        pictures = u.ndim == 4  # whose values have a range
        self.end[rows] = (u.clamp(-1, 1) if pictures else u).half()  # at the clean end r = 1
        self.made += count

    def draw(self, count: int, generator: torch.Generator) -> Points:
        """Draw points of trajectories at random, more of them where there is much noise.

        That is where the student's task is hardest: the whole picture in one call. The noise that
        a trajectory begins with is shown at any level from there to alpha = 0, as every schedule
        begins somewhere there, and the picture is as good as independent of where.
        """
        row = torch.randint(len(self), (count,), generator=generator)
        at = (torch.rand(count, generator=generator) ** 1.5 * self.steps).long()
        phi = self.phi[row, at]
        towards = (2 * torch.rand(count, generator=generator)).clamp(max=1)
        phi = torch.where(at == 0, phi + towards * (math.pi / 2 - phi), phi)
        cond = None if self.cond is None else self.cond[row]
        return Points(self.u[row, at].float(), phi, cond, self.end[row].float())
