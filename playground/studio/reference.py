"""The fine deterministic result that lanes and cells are held against.

From the same noise the probability flow has one end, whatever the deterministic sampler, and this
comes near to it: DPM-Solver++ (2M) on EDM's levels with 1,000 network calls. It is computed once
for a picture, which follows from its model, class, guidance and seed. What was left halfway is
taken up where it stands.
"""

import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from threading import Lock

import torch
from torch import Tensor

from playground.diffusion import samplers, schedules
from playground.diffusion.sample import SAMPLER, SCHEDULE, Frame
from playground.studio.setup import Setup

CALLS = 1000
ROUGH = 100  # network calls of a first, rough one, which is there in a tenth of the time
KEPT = 1024  # pictures
BEGUN = 8  # computations that were left, and can be taken up again
_lock = Lock()


@dataclass(frozen=True)
class Progress:
    """Network calls made of those that are needed, and the seconds that it took so far.

    guess: what the pictures that are being computed will be, as far as it can be told now. rough:
    the pictures (B,*S) of the rough reference, once it is there.
    """

    done: int
    total: int
    seconds: float = 0.0
    guess: Tensor | None = field(default=None, repr=False)
    rough: Tensor | None = field(default=None, repr=False)

    @property
    def left(self) -> float:
        """Seconds still to go, at the pace so far."""
        return self.seconds / self.done * (self.total - self.done) if self.done else 0.0


class _Walk:
    """The computation of some pictures, step by step: roughly first, if asked for, then finely."""

    def __init__(self, setup: Setup, rough: bool) -> None:
        self.keys = _keys(setup)
        asked = setup.patient or setup.denoiser
        rough = rough and ROUGH < CALLS
        self.counts = [steps(setup, n) for n in ((ROUGH,) if rough else ()) + (CALLS,)]
        self.total = sum(self.counts) * setup.calls_each
        self.done, self.seconds = 0, 0.0
        self.rough: Tensor | None = None
        self.end: Tensor | None = None
        self._frames = self._walk(setup, asked)

    def _walk(self, setup: Setup, asked: object) -> Iterator[Frame]:
        way = samplers.get(SAMPLER), schedules.get(SCHEDULE)
        for count in self.counts:
            before = self.done
            for frame in setup.frames(*way, count, asked):  # type: ignore[arg-type]
                self.done = before + frame.nfe
                if frame.index == frame.total and count != self.counts[-1]:
                    self.rough = frame.x.clone()
                elif frame.index == frame.total:
                    self.end = frame.x.clone()
                yield frame

    def step(self) -> Frame:
        """Make one more step."""
        began = time.perf_counter()
        frame = next(self._frames)
        self.seconds += time.perf_counter() - began
        return frame


_known: OrderedDict[Hashable, Tensor] = OrderedDict()
_begun: OrderedDict[Hashable, _Walk] = OrderedDict()


def steps(setup: Setup, calls: int | None = None) -> int:
    """Return the steps of so many network calls, or of the reference: one guess each."""
    return max(1, (CALLS if calls is None else calls) // setup.calls_each)


def known(setup: Setup) -> Tensor | None:
    """Return the reference pictures (B,*S), where all of them are computed already."""
    return _joined(setup, {})


def glimpse(setup: Setup) -> Tensor | None:
    """Return the rough ones (B,*S), where a computation was left after it had made them."""
    missing = tuple(_missing(setup))
    with _lock:
        walk = _begun.get(missing)
    if walk is None or walk.rough is None:
        return None
    return _joined(setup, dict(zip(walk.keys, walk.rough, strict=True)))


def compute(setup: Setup, *, rough: bool = False) -> Iterator[Progress]:
    """Compute what is not known yet, telling of each step; `known` knows it afterwards.

    rough: whether to begin with a rough reference, for a tenth of the calls on top. Closing this
    keeps what was done, for the next time.
    """
    missing = _missing(setup)
    if not missing:
        total = steps(setup) * setup.calls_each
        yield Progress(total, total)
        return
    with _lock:
        walk = _begun.pop(tuple(missing), None)
    walk = walk or _Walk(_part(setup, missing), rough)
    told = glanced = None
    try:
        while walk.end is None:
            frame = walk.step()
            if walk.rough is not told:
                told = walk.rough
                glanced = _joined(setup, dict(zip(walk.keys, told, strict=True)))  # type: ignore[arg-type]
            if walk.end is not None:
                _keep(dict(zip(walk.keys, walk.end, strict=True)))
            yield Progress(walk.done, walk.total, walk.seconds, frame.x0, glanced)
    finally:
        if walk.end is None:
            _leave(tuple(missing), walk)


def distance(x: Tensor, reference: Tensor) -> float:
    """Return the RMS difference of pixels in [-1, 1], the mean over pictures (B,*S)."""
    return float((x - reference).flatten(1).double().square().mean(1).sqrt().mean())


def apart(reference: Tensor) -> float | None:
    """Return how far two of the pictures are from each other on average; None of a single one."""
    if len(reference) < 2:
        return None
    pairs = torch.combinations(torch.arange(len(reference)))
    return distance(reference[pairs[:, 0]], reference[pairs[:, 1]])


def _keys(setup: Setup) -> list[Hashable]:
    cond = setup.cond or (None,) * len(setup.seeds)
    guidance = setup.guidance if setup.cond is not None else 1.0
    return [(setup.key, guidance, c, seed) for c, seed in zip(cond, setup.seeds, strict=True)]


def _missing(setup: Setup) -> list[Hashable]:
    with _lock:
        return [key for key in _keys(setup) if key not in _known]


def _part(setup: Setup, keys: list[Hashable]) -> Setup:
    """Return the setup of these pictures only."""
    places = [i for i, key in enumerate(_keys(setup)) if key in keys]
    cond = None if setup.cond is None else tuple(setup.cond[i] for i in places)
    return replace(setup, seeds=tuple(setup.seeds[i] for i in places), cond=cond)


def _joined(setup: Setup, more: dict[Hashable, Tensor]) -> Tensor | None:
    """Return the pictures of all keys, known or among these; None if one is missing."""
    with _lock:
        found = [_known[key] if key in _known else more.get(key) for key in _keys(setup)]
    pictures = [one for one in found if one is not None]
    return torch.stack(pictures) if len(pictures) == len(found) else None


def _keep(pictures: dict[Hashable, Tensor]) -> None:
    with _lock:
        _known.update(pictures)
        while len(_known) > KEPT:
            _known.popitem(last=False)


def _leave(keys: Hashable, walk: _Walk) -> None:
    with _lock:
        _begun[keys] = walk
        while len(_begun) > BEGUN:
            _begun.popitem(last=False)
