"""The way back: from a picture to the noise that a deterministic sampler would make it from."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, calls
from playground.diffusion.guidance import Guidance, as_guidance
from playground.diffusion.levels import Level, v_from_x0
from playground.diffusion.sample import Frame
from playground.errors import InputError

EDGE = 0.01  # radians: the smallest angle at which v can be read off a float32 x0


def invert(
    denoiser: Denoiser,
    picture: Tensor,
    levels: Sequence[Level],
    *,
    cond: Tensor | None = None,
    guidance: float | Guidance = 1.0,
    rounds: int = 0,
) -> Iterator[Frame]:
    """Run DDIM backwards along `levels` (a grid, noisiest first): frame 0 is the picture itself.

    picture (B,*S) in [-1, 1]; cond (B,) int64 or None. rounds 0 takes each step with the guess at
    its start, as Song et al. 2020 (DDIM), Sec. 4.3, do. Each further round asks at the step's end
    and solves for the x from which the sampler's own step would lead here (fixed-point iteration,
    Pan et al. 2023, AIDI), as long as that comes nearer. InputError for levels that do not end
    clean.
    """
    if len(levels) < 2 or levels[-1].sigma != 0 or levels[0].sigma == 0:
        raise InputError("An inversion needs levels that end with a clean one.")
    guided = as_guidance(guidance)
    if cond is not None or not guided.needs_class:
        denoiser = guided(denoiser)
    return _frames(denoiser, picture.detach(), tuple(levels[::-1]), cond, rounds)


def _frames(
    denoiser: Denoiser, x: Tensor, levels: tuple[Level, ...], cond: Tensor | None, rounds: int
) -> Iterator[Frame]:
    asked: list[Tensor] = []
    nfe = 0

    @torch.no_grad()
    def ask(x: Tensor, level: Level) -> Tensor:
        nonlocal nfe
        alpha, sigma = (torch.full((len(x),), part, dtype=x.dtype) for part in level)
        nfe += calls(denoiser, alpha, sigma)
        asked.append(torch.stack([alpha, sigma], 1).double())
        return denoiser(x, alpha, sigma, cond).to(x.dtype)

    total = len(levels) - 1
    none = torch.empty(0, len(x), 2, dtype=torch.float64)
    yield Frame(0, total, levels[0], x, None, 0, none)
    for index, (now, then) in enumerate(pairwise(levels), start=1):
        u = x / now.radius
        # a clean picture is asked about as if it had a very little noise: at 0 any v would do
        at = now if now.angle >= EDGE else Level(math.cos(EDGE), math.sin(EDGE))
        x0 = ask(at.radius * u, at)
        turn = then.angle - now.angle
        end = math.cos(turn) * u + math.sin(turn) * v_from_x0(u * at.radius, x0, *at)
        if rounds:

            def guess(u: Tensor, then: Level = then) -> Tensor:
                return ask(then.radius * u, then)

            end, x0 = _solve(guess, u, end, now, then, rounds)
        x = then.radius * end
        yield Frame(index, total, then, x, x0, nfe, torch.stack(asked))
        asked.clear()


def _solve(
    guess: Callable[[Tensor], Tensor], u: Tensor, end: Tensor, now: Level, then: Level, rounds: int
) -> tuple[Tensor, Tensor]:
    """Find the u' at `then` whose own step to `now` gives u: keep u' + take x0(u') = u."""
    keep = math.sin(now.angle) / math.sin(then.angle)
    take = math.sin(then.angle - now.angle) / math.sin(then.angle)
    least: Tensor | None = None
    best, best_x0 = end, end
    for _ in range(rounds):
        x0 = guess(end)
        miss = u - keep * end - take * x0
        size = miss.flatten(1).norm(dim=1)
        nearer = size >= 0 if least is None else size < least
        mask = nearer.reshape(-1, *[1] * (u.ndim - 1))
        least = size if least is None else torch.minimum(least, size)
        best, best_x0 = torch.where(mask, end, best), torch.where(mask, x0, best_x0)
        # where nothing is kept (the step to clean) x0 = cos u' - sin v is what is solved for u'
        end = best + torch.where(mask, miss, 0.0) / (keep or take * math.cos(then.angle))
    return best, best_x0
