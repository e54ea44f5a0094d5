"""The fine deterministic result that lanes and cells are held against.

From the same noise the probability flow has one end, whatever the deterministic sampler, and this
comes near to it: DPM-Solver++ (2M) on EDM's levels with 1,000 network calls. It is computed once
for a picture: a picture follows from its model, class, guidance and seed.
"""

import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from threading import Lock

import torch
from torch import Tensor

from playground.diffusion import samplers, schedules
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.studio.setup import Setup

CALLS = 1000
KEPT = 1024  # pictures
_known: OrderedDict[Hashable, Tensor] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Progress:
    """Network calls made of those that are needed, and the seconds that it took so far.

    guess: what the pictures that are being computed will be, as far as it can be told now.
    """

    done: int
    total: int
    seconds: float = 0.0
    guess: Tensor | None = field(default=None, repr=False)

    @property
    def left(self) -> float:
        """Seconds still to go, at the pace so far."""
        return self.seconds / self.done * (self.total - self.done) if self.done else 0.0


def steps(setup: Setup) -> int:
    """Steps of the reference, one guess each."""
    return max(1, CALLS // setup.calls_each)


def known(setup: Setup) -> Tensor | None:
    """The reference pictures (B,*S), where all of them are computed already."""
    with _lock:
        found = [_known.get(key) for key in _keys(setup)]
    pictures = [one for one in found if one is not None]
    return torch.stack(pictures) if len(pictures) == len(found) else None


def compute(setup: Setup) -> Iterator[Progress]:
    """Compute what is not known yet, telling of each step; `known` knows it afterwards."""
    keys = _keys(setup)
    with _lock:
        missing = [i for i, key in enumerate(keys) if key not in _known]
    total = steps(setup) * setup.calls_each
    if not missing:
        yield Progress(total, total)
        return
    cond = None if setup.cond is None else tuple(setup.cond[i] for i in missing)
    part = replace(setup, seeds=tuple(setup.seeds[i] for i in missing), cond=cond)
    began, last = time.perf_counter(), None
    walk = part.frames(samplers.get(SAMPLER), schedules.get(SCHEDULE), steps(setup))
    for last in walk:
        if last.index == last.total:
            _keep({keys[i]: x.clone() for i, x in zip(missing, last.x, strict=True)})
        yield Progress(last.nfe, total, time.perf_counter() - began, last.x0)


def distance(x: Tensor, reference: Tensor) -> float:
    """Root mean square difference of pixels in [-1, 1], the mean over pictures (B,*S)."""
    return float((x - reference).flatten(1).double().square().mean(1).sqrt().mean())


def apart(reference: Tensor) -> float | None:
    """How far two of the pictures are from each other on average; None of a single one."""
    if len(reference) < 2:
        return None
    pairs = torch.combinations(torch.arange(len(reference)))
    return distance(reference[pairs[:, 0]], reference[pairs[:, 1]])


def _keys(setup: Setup) -> list[Hashable]:
    cond = setup.cond or (None,) * len(setup.seeds)
    guidance = setup.guidance if setup.cond is not None else 1.0
    return [(setup.key, guidance, c, seed) for c, seed in zip(cond, setup.seeds, strict=True)]


def _keep(pictures: dict[Hashable, Tensor]) -> None:
    with _lock:
        _known.update(pictures)
        while len(_known) > KEPT:
            _known.popitem(last=False)
