"""A race: lanes that start from the same noise and keep step by the share of their calls."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.sample import Frame
from playground.studio import reference
from playground.studio.lanes import Lane
from playground.studio.reference import Progress
from playground.studio.setup import Setup

MEASURED = 100  # moments of a lane, at most, at which its distance is taken


class Timed:
    """A denoiser that sums up the seconds spent in it."""

    def __init__(self, denoiser: Denoiser) -> None:
        self.inner, self.shape, self.seconds = denoiser, denoiser.shape, 0.0
        self.nfe = int(getattr(denoiser, "nfe", 1))

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        began = time.perf_counter()
        try:
            return self.inner(x, alpha, sigma, cond)
        finally:
            self.seconds += time.perf_counter() - began


class Run:
    """A lane on its way; what it holds grows with every step.

    distances: (network calls, distance to the reference or None while that is not known), of the
    guess x0 on the way and of x at the end.
    """

    def __init__(self, lane: Lane, setup: Setup) -> None:
        self.lane = lane
        self.distances: list[tuple[int, float | None]] = []
        self.seconds = 0.0
        self._timed = Timed(setup.denoiser)
        self._frames = setup.frames(lane.sampler, lane.schedule, lane.steps, self._timed)
        self._guesses: list[Tensor] = []
        self.frame: Frame = next(self._frames)

    @property
    def network_seconds(self) -> float:
        """Of its `seconds`, those spent in the network."""
        return self._timed.seconds

    @property
    def done(self) -> bool:
        return self.frame.index == self.frame.total

    @property
    def share(self) -> float:
        """How much of its network calls is made, from 0 to 1."""
        return 1.0 if self.done else min(1.0, self.frame.nfe / max(1, self.lane.calls))

    @property
    def distance(self) -> float | None:
        """The newest one."""
        return self.distances[-1][1] if self.distances else None

    @property
    def about(self) -> dict[str, Any]:
        """Settings, cost and result so far, for a program."""
        return self.lane.about | {
            "step": self.frame.index,
            "nfe": self.frame.nfe,
            "seconds": round(self.seconds, 4),
            "network_seconds": round(self.network_seconds, 4),
            "distance": self.distance,
        }

    def advance(self, target: Tensor | None, final: bool) -> None:
        """Make one step, and measure it if there is a reference, which may be the final one."""
        began = time.perf_counter()
        self.frame = frame = next(self._frames)
        self.seconds += time.perf_counter() - began
        if not (self.done or _is_kept(frame.index, frame.total)):
            return
        guess = frame.x if self.done or frame.x0 is None else frame.x0
        far = None if target is None else reference.distance(guess, target)
        self.distances.append((frame.nfe, far))
        if not final:
            self._guesses.append(guess)

    def measure(self, target: Tensor) -> None:
        """Measure all that was made before there was this reference."""
        for i, guess in enumerate(self._guesses):
            self.distances[i] = (self.distances[i][0], reference.distance(guess, target))

    def close(self) -> None:
        self._frames.close()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class State:
    """One moment of a race. The runs are the same objects in every state, and grow.

    moved: which lane made a step; None at the start and while the reference is computed.
    reference: its pictures (B,*S) once there are some; final: whether they are the fine ones.
    """

    runs: Sequence[Run] = field(repr=False)
    moved: int | None
    progress: Progress
    reference: Tensor | None = field(repr=False)
    final: bool


def race(setup: Setup, lanes: Sequence[Lane], *, rough: bool = True) -> Iterator[State]:
    """Yield the start, then a state a step of any lane, then one a step of the reference.

    The lane that has made the smallest share of its calls goes next, alone, so that its seconds are
    its own. The reference comes last, unless it is known from before: then distances are there at
    once. rough: whether a rough reference comes before the fine one. Stopping is closing the
    generator.
    """
    target = reference.known(setup)
    final = target is not None
    total = reference.steps(setup) * setup.calls_each
    progress = Progress(total if final else 0, total)
    if not final:
        target = reference.glimpse(setup)
    runs = [Run(lane, setup) for lane in lanes]
    try:
        yield State(runs, None, progress, target, final)
        while waiting := [run for run in runs if not run.done]:
            next_one = min(waiting, key=lambda run: run.share)
            next_one.advance(target, final)
            yield State(runs, runs.index(next_one), progress, target, final)
    finally:
        for run in runs:
            run.close()
    if not final:
        yield from _measured(setup, runs, target, rough)


def _measured(
    setup: Setup, runs: Sequence[Run], target: Tensor | None, rough: bool
) -> Iterator[State]:
    """Yield a state a step of the reference; distances come with the rough one and at the end."""
    with closing(reference.compute(setup, rough=rough)) as steps:  # type: ignore[type-var]
        for progress in steps:
            if progress.rough is not None and target is None:
                target = progress.rough
                for run in runs:
                    run.measure(target)
            if progress.done < progress.total:
                yield State(runs, None, progress, target, False)
    target = reference.known(setup)
    if target is not None:
        for run in runs:
            run.measure(target)
        yield State(runs, None, progress, target, True)


def _is_kept(index: int, total: int) -> bool:
    return total <= MEASURED or index * MEASURED // total != (index - 1) * MEASURED // total
