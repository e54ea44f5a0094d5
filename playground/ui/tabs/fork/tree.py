"""Films of one picture that branch: each goes on from a step of another, with something changed."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.forking import Counted, grid_from, painted, retarget
from playground.diffusion.levels import Level
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, sample
from playground.errors import InputError
from playground.ui.i18n.text import Text, t
from playground.ui.tabs.fork.summary import differences
from playground.ui.widgets.request import Request

MOST_STEPS = 200  # of one film: every step is kept, to go on from
MOST_FILMS = 40
MOST_BYTES = 64 << 20  # of the kept x of one page
REST = Knob(0, 0, MOST_STEPS, 1, "0: as many as are left.")
NOTHING = t("nothing changed")
PAINTED = t("painted")
_lock = threading.Lock()
Paint = tuple[Tensor, Tensor]  # colours and where, (C,H,W) each


@dataclass
class Film:
    """One segment of the tree: x at each of its levels, so that another can begin there."""

    number: int
    request: Request
    levels: tuple[Level, ...]
    parent: "Film | None" = None
    step: int = 0  # of the parent, where this begins
    changes: list[Text] = field(default_factory=list)
    is_painted: bool = False
    first: int = 0  # draws of noise that were made before it
    xs: list[Tensor] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    nfe: int = 0

    @property
    def ended(self) -> bool:
        """Tell whether its last level was reached; a stopped film can be taken up again."""
        return len(self.xs) == len(self.levels)

    @property
    def drew(self) -> bool:
        """Tell whether its sampler asked for fresh noise."""
        return bool(self.used) and self.used[-1] > self.first

    @property
    def off(self) -> float | None:
        """Return how far its end lies from its parent's: root mean square."""
        if self.parent is None or not (self.ended and self.parent.ended):
            return None
        return float((self.xs[-1] - self.parent.xs[-1]).square().mean().sqrt())


@dataclass
class Tree:
    """All films of one page, in the order in which they were begun."""

    films: list[Film] = field(default_factory=list)

    def root(self, request: Request) -> Film:
        """Return a new film from pure noise."""
        return self._add(Film(len(self.films), request, request.schedule.grid(request.steps)))

    def branch(
        self, request: Request, number: int, step: int, paint: Paint | None, rest: int
    ) -> tuple[Film, Tensor]:
        """Return a film that goes on from a step of another, and the x it starts from.

        rest: steps that it takes; 0: as many as are left. InputError where it cannot begin there.
        """
        parent = self.film(number)
        if not 0 <= step < len(parent.xs):
            raise InputError(
                "Film {number} has the steps 0 to {count}; choose one of them.",
                number=number + 1,
                count=len(parent.xs) - 1,
            )
        now, x = parent.levels[step], parent.xs[step]
        if tuple(x.shape[1:]) != tuple(request.denoiser.shape):
            raise InputError(
                "This model draws pictures of another size; choose one like the film's."
            )
        left = len(parent.levels) - 1 - step
        same_path = repr(request.schedule) == repr(parent.request.schedule)
        if same_path and rest in (0, left) and left > 0:
            levels = parent.levels[step:]
        else:
            levels = grid_from(request.schedule, now, rest or max(1, left))
        same_seed = request.seeds == parent.request.seeds
        changes = differences(parent.request, request)
        if rest not in (0, left):
            changes.append(t("{rest} steps for {left}", rest=int(rest), left=left))
        start = retarget(x, now, levels[0])
        if paint is not None:
            start = painted(start, *paint, levels[0], request.seeds[0])
            changes.append(PAINTED)
        film = Film(
            len(self.films),
            request,
            levels,
            parent,
            step,
            changes or [NOTHING],
            paint is not None,
            parent.used[step] if same_seed else 0,
        )
        return self._add(film), start

    def adopt(self, other: "Tree") -> None:
        """Take over the films of another tree, where this one has none; they are shared."""
        with _lock:
            if not self.films:
                self.films.extend(other.films)

    def film(self, number: int) -> Film:
        """Return the film of that number; InputError where there is none."""
        if not self.films:
            raise InputError("There is no film yet; start one first.")
        if not 0 <= number < len(self.films):
            raise InputError("There are {count} films; choose one of them.", count=len(self.films))
        return self.films[number]

    def _add(self, film: Film) -> Film:
        steps = len(film.levels) - 1
        if steps > MOST_STEPS:
            raise InputError(
                "A film to fork has at most {most_steps} steps; choose fewer.",
                most_steps=MOST_STEPS,
            )
        size = torch.Size(film.request.denoiser.shape).numel() * 4
        kept = sum(x.nbytes for one in self.films for x in one.xs)
        if len(self.films) >= MOST_FILMS or kept + size * (steps + 1) > MOST_BYTES:
            raise InputError(
                "The tree is full ({most_films} films or {most_bytes} MB at most); clear it.",
                most_films=MOST_FILMS,
                most_bytes=MOST_BYTES >> 20,
            )
        with _lock:  # two films of one page may begin at once
            film.number = len(self.films)
            self.films.append(film)
        return film


def run(film: Film, x: Tensor | None = None, stop_at: int | None = None) -> Iterator[Frame]:
    """Sample this film, yield its frames and keep each x in it; no further than to stop_at."""
    request = film.request
    counted = Counted(request.sampler, film.first)

    def steps(who: Denoiser) -> Iterator[tuple[Frame, int]]:
        frames = sample(
            who,
            request.schedule,
            counted,
            seeds=request.seeds,
            cond=request.cond,
            guidance=request.guidance,
            x=x,
            grid=film.levels,
        )
        for frame in frames:
            yield frame, counted.used
            if frame.index == stop_at:
                return

    for frame, used in request.served(steps):
        film.xs.append(frame.x)
        film.used.append(used)
        film.nfe = frame.nfe
        yield frame
