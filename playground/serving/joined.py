"""A Denoiser whose calls from several threads become one network call."""

import threading
import time
from collections.abc import Iterator
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, calls
from playground.machine import threads_for
from playground.serving.ahead import ahead
from playground.serving.engine import Call, Engine

T = TypeVar("T")
ENGINE = Engine(threads_for)
_lock = threading.Lock()
_known: "WeakValueDictionary[tuple[int, int], Joined]" = WeakValueDictionary()


class Joined:
    """The denoiser `inner`, asked by an engine: what it answers is the same to rounding."""

    def __init__(self, inner: Denoiser, engine: Engine = ENGINE) -> None:
        self.inner, self.engine = inner, engine
        self.shape = inner.shape
        self.nfe = calls(inner)
        self.seconds = 0.0  # that its last call took

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        return self.engine.ask(Call(self, x, alpha, sigma, cond))

    def patient(self) -> "Patient":
        """Return the same denoiser for work that can wait, and that is kept where it stands."""
        return Patient(self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)  # what else a model can do, such as mixing classes

    @torch.no_grad()
    def answer(self, asked: list[Call]) -> None:
        """Answer all these calls by one; each alone if that fails, so that only its owner fails."""
        began = time.perf_counter()
        try:
            if len(asked) == 1:
                only = asked[0]
                only.x0 = self.inner(only.x, only.alpha, only.sigma, only.cond)
            else:
                parts = self.inner(*_together(asked)).split([len(call.x) for call in asked])
                for call, part in zip(asked, parts, strict=True):
                    call.x0 = part.clone()  # a part that is kept must not keep the others' memory
        except Exception as error:
            if len(asked) == 1:
                asked[0].error = error
            else:
                for call in asked:
                    self.answer([call])
        self.seconds = time.perf_counter() - began
        for call in asked:
            call.ready.set()


class Patient:
    """A `Joined` whose calls go last, and do not end with the request that they are made for."""

    def __init__(self, inner: Joined) -> None:
        self.inner, self.shape, self.nfe = inner, inner.shape, inner.nfe

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        return self.inner.engine.ask(Call(self.inner, x, alpha, sigma, cond, patient=True))


def joined(denoiser: Denoiser, engine: Engine = ENGINE) -> Joined:
    """Return the one `Joined` of this denoiser, for as long as anybody uses it."""
    key = id(denoiser), id(engine)
    with _lock:
        found = _known.get(key)
        if found is None:
            found = _known[key] = Joined(denoiser, engine)
        return found


def served(who: Joined, frames: Iterator[T]) -> Iterator[T]:
    """Yield the frames of a sampling that asks `who`, made ahead by a thread of its own."""

    def work() -> Iterator[T]:
        with who.engine.sampling(who):
            yield from frames

    return ahead(work())


def _together(asked: list[Call]) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    cond = None
    if any(call.cond is not None for call in asked):
        none = [call.x.new_full((len(call.x),), -1, dtype=torch.int64) for call in asked]
        each = zip(asked, none, strict=True)
        cond = torch.cat([free if call.cond is None else call.cond for call, free in each])
    return (
        torch.cat([call.x for call in asked]),
        torch.cat([call.alpha for call in asked]),
        torch.cat([call.sigma for call in asked]),
        cond,
    )
