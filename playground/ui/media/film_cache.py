"""A film: the frames of one run as they are kept, at full precision."""

import uuid
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


@dataclass(frozen=True)
class Beside:
    """The same noise through the ideal denoiser of the training pictures."""

    frames: Iterable[Frame]
    ideal: Ideal
    cond: Tensor | None  # (B,) the class of each sample

    def posterior(self, frame: Frame, only: slice = slice(None)) -> Tensor:
        """What each training picture weighs at this frame, (B,N), for some of the samples."""
        x = frame.x[only]
        alpha, sigma = (x.new_full((len(x),), value) for value in frame.level)
        return self.ideal.posterior(x, alpha, sigma, None if self.cond is None else self.cond[only])


class Taken(NamedTuple):
    """A frame of one denoiser, and the one before it."""

    frame: Frame
    before: Frame | None

    def steps(self) -> tuple[Frame, Frame] | None:
        """Both, where there are both."""
        return None if self.before is None else (self.before, self.frame)


class Shot(NamedTuple):
    """What is kept of one step."""

    model: Taken
    ideal: Taken | None
    seconds: float  # since the run began
    asked: list[list[float]]  # of its calls, and those of steps since the last shot

    def tensors(self) -> Iterator[Tensor]:
        """All that fills memory; neighbours share some."""
        frames = [frame for taken in (self.model, self.ideal) if taken for frame in taken]
        yield from (t for f in frames if f for t in (f.x, f.x0) if t is not None)


def without_guess(frame: Frame | None) -> Frame | None:
    """The frame before one that is kept: of it only x counts."""
    return None if frame is None else replace(frame, x0=None)


@dataclass(eq=False)
class Film:
    """The frames kept so far, in one browser tab."""

    name: str = "samples"
    note: str = ""
    shots: dict[int, Shot] = field(default_factory=dict)  # by index, ascending
    beside: Beside | None = None
    recipe: Recipe | None = None  # what makes it again
    labels: Sequence[str] = ()  # of the pictures
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def made(self) -> Recipe:
        """What makes it again as far as it goes; InputError where nothing was made yet."""
        if self.recipe is None or not self.shots:
            raise InputError("There is nothing to save yet; generate first.")
        return replace(self.recipe, stopped_at=max(self.shots))

    def take(self) -> Take:
        """Its frames for a file; InputError where there are none."""
        recipe, frames = self.made, [shot.model.frame for shot in list(self.shots.values())]
        about = recipe.seeds, recipe.to_json(), recipe.line, self.labels
        sheets, levels = [to_bytes(f.shown) for f in frames], [f.level for f in frames]
        return Take(sheets, levels, [f.index for f in frames], frames[-1].x, *about)

    @property
    def pictures(self) -> Tensor:
        """The newest frame's, (B,C,H,W) uint8."""
        return to_bytes(self.shots[max(self.shots)].model.frame.shown)

    @property
    def sheets(self) -> list[Tensor]:
        """What is shown of x in every frame kept, (B,C,H,W) uint8."""
        return [to_bytes(shot.model.frame.shown) for shot in self.shots.values()]

    @property
    def size(self) -> int:
        """Bytes that it keeps."""
        kept = (tensor for shot in self.shots.values() for tensor in shot.tensors())
        return sum({tensor.data_ptr(): tensor.nbytes for tensor in kept}.values())

    def forget(self) -> None:
        """Keep no frame any more: the memory is needed for newer films."""
        self.shots = {}
