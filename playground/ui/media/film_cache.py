"""Films, which keep the frames of one run at full precision, all within one bound of memory."""

import threading
import uuid
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from torch import Tensor

from playground.diffusion.denoisers import Ideal
from playground.diffusion.sample import Frame
from playground.errors import InputError
from playground.export import Take
from playground.recipe import Recipe
from playground.spaces.images import to_bytes
from playground.ui.i18n.text import Text

LIMIT = 256 << 20  # bytes; 80 films as the page opens, or two of the largest


@dataclass(frozen=True)
class Beside:
    """The same noise through the ideal denoiser of the training pictures."""

    frames: Iterable[Frame]
    ideal: Ideal
    cond: Tensor | None  # (B,) the class of each sample

    def posterior(self, frame: Frame, only: slice = slice(None)) -> Tensor:
        """Return what each training picture weighs at this frame, (B,N), for some samples."""
        x = frame.x[only]
        alpha, sigma = (x.new_full((len(x),), value) for value in frame.level)
        return self.ideal.posterior(x, alpha, sigma, None if self.cond is None else self.cond[only])


class Step(NamedTuple):
    """A frame of one denoiser, and the one before it, of which x alone is kept."""

    frame: Frame
    before: Frame | None

    @classmethod
    def between(cls, before: Frame | None, frame: Frame) -> "Step":
        """Return the step from one frame to the next."""
        return cls(frame, None if before is None else replace(before, x0=None))


class Snapshot(NamedTuple):
    """What is kept of one step."""

    model: Step
    ideal: Step | None
    seconds: float  # since the run began
    asked: list[list[float]]  # of its calls, and those of steps since the last snapshot

    def tensors(self) -> Iterator[Tensor]:
        """Yield all that fills memory; neighbours share some."""
        frames = [frame for step in (self.model, self.ideal) if step for frame in step]
        yield from (t for f in frames if f for t in (f.x, f.x0) if t is not None)


@dataclass(eq=False)
class Film:
    """The frames kept so far, in one browser tab."""

    name: str = "samples"
    note: Text | None = None
    snapshots: dict[int, Snapshot] = field(default_factory=dict)  # by index, ascending
    beside: Beside | None = None
    recipe: Recipe | None = None  # what makes it again
    labels: Sequence[str] = ()  # of the pictures
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def made(self) -> Recipe:
        """What makes it again as far as it goes; InputError where nothing was made yet."""
        if self.recipe is None or not self.snapshots:
            raise InputError("There is nothing to save yet; generate first.")
        return replace(self.recipe, stopped_at=max(self.snapshots))

    def take(self) -> Take:
        """Return its frames for a file; InputError where there are none."""
        recipe, frames = self.made, [one.model.frame for one in list(self.snapshots.values())]
        about = recipe.seeds, recipe.to_json(), str(recipe.line), self.labels
        sheets, levels = [to_bytes(f.shown) for f in frames], [f.level for f in frames]
        return Take(sheets, levels, [f.index for f in frames], frames[-1].x, *about)

    @property
    def pictures(self) -> Tensor:
        """The newest frame's, (B,C,H,W) uint8."""
        return to_bytes(self.snapshots[max(self.snapshots)].model.frame.shown)

    @property
    def sheets(self) -> list[Tensor]:
        """What is shown of x in every frame kept, (B,C,H,W) uint8."""
        return [to_bytes(one.model.frame.shown) for one in self.snapshots.values()]

    @property
    def size(self) -> int:
        """Bytes that it keeps."""
        kept = (tensor for one in self.snapshots.values() for tensor in one.tensors())
        return sum({tensor.data_ptr(): tensor.nbytes for tensor in kept}.values())

    def forget(self) -> None:
        """Keep no frame any more: the memory is needed for newer films."""
        self.snapshots = {}


class FilmCache:
    """Bounds the memory of films, oldest first; whoever made one holds it."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self._films: list[weakref.ref[Film]] = []
        self._lock = threading.Lock()

    def touch(self, film: Film) -> None:
        """Hear that this film grew; others forget their frames where there is no more room."""
        with self._lock:
            alive = [found for ref in self._films if (found := ref()) and found is not film]
            sizes = [one.size for one in alive]
            room = self.limit - film.size
            while alive and sum(sizes) > room:
                alive.pop(0).forget()
                sizes.pop(0)
            self._films = [weakref.ref(one) for one in (*alive, film)]


CACHE = FilmCache()
