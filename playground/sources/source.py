"""What a Source is: what draws, of which classes, learned from which data."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from playground.classes import AS_DATA, cond_for
from playground.diffusion import guidance
from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError
from playground.spaces.points import Frame
from playground.texts import Text
from playground.training.data.clouds import CloudSet
from playground.training.data.dataset import Dataset


class Weaker(NamedTuple):
    """A worse version of a model, to be guided away from."""

    denoiser: Denoiser
    about: Text  # what it is
    fingerprint: str  # sha256 of its file; "" where it is the model's own


@dataclass(frozen=True, eq=False)
class Source(ABC):
    """A model that was found by its name; what costs is loaded when it is first asked for.

    version: differs where a file of the same name has changed since. Every property raises
    InputError, in one sentence, where a file cannot be used.
    """

    name: str
    version: int = 0

    @property
    @abstractmethod
    def denoiser(self) -> Denoiser:
        """What draws."""

    @property
    @abstractmethod
    def class_names(self) -> tuple[str, ...]:
        """Its classes, known without loading any weights."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """The sha256 of the file that it comes from."""

    @abstractmethod
    def data(self, *, light: bool = False) -> Dataset:
        """Return what it was trained on, without what was held out.

        light: only where that fills no more than some dozen megabytes. InputError where it is not
        here, as for a model that came without its run.
        """

    @property
    def weaker(self) -> Weaker | None:
        """What it is guided away from; None for what has no weaker version."""
        return None

    @property
    def cloud(self) -> CloudSet | None:
        """The named cloud of points that it has learned; None where it has learned no such."""
        return None

    @property
    def frame(self) -> Frame:
        """In which coordinates its points lie; standard ones where that is not known."""
        return Frame() if self.cloud is None else self.cloud.frame

    def cond(self, word: str | None, seeds: Sequence[int]) -> list[int] | None:
        """Return the class of each seed's sample, as `cond_for`, or as often as in the data."""
        if word != AS_DATA:
            return cond_for(word, self.class_names, seeds)
        if not self.class_names:
            return None
        if self.cloud is None:
            raise InputError(
                "The data of {name}, which tells of its classes, is not here; name one.",
                name=self.name,
            )
        return self.cloud.classes(seeds).tolist()

    def guidance(self, kind: str, scale: float, knobs: dict[str, Any]) -> guidance.Guidance:
        """Return the guidance for this model, its weaker version put in where one is needed."""
        guide = guidance.get(kind, scale, **knobs)
        weaker = None if guide.needs_class else self.weaker
        return guide if weaker is None else replace(guide, weak=weaker[0], weak_is=weaker.about)
