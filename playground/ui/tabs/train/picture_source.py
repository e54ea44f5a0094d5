"""Which pictures the values of the controls mean, and their dataset."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playground.errors import InputError, unknown
from playground.library import ASSETS
from playground.training.data.archive import Found
from playground.training.data.dataset import Dataset
from playground.training.data.reading import Reading
from playground.training.runs import lineage, manager
from playground.ui.context import Context
from playground.ui.tabs.train.page_pictures import from_page

SIZES = (16, 32, 64)
COLOURS = {"colour": 3, "grey": 1}
BUNDLED = {"bundled emoji": "emoji.zip", "bundled digits": "digits.zip"}
OWN, WEBCAM, DRAW, RUN = "my files", "webcam", "draw", "an earlier run"
NONE_YET = {
    OWN: "There are no pictures yet; drop some files, a folder or a zip first.",
    WEBCAM: "There are no pictures yet; start the camera and take some.",
    DRAW: "There are no pictures yet; draw one and add it to the set.",
    RUN: "Choose a run whose pictures to take.",
}


class PictureForm(NamedTuple):
    """What the controls or another program sent, in the order of the controls; unchecked.

    Each field is a parameter of the API under its name. drawn, shots: JSON of the page's parts.
    """

    source: str
    files: list[str] | None
    size: Any
    colour: str
    fit: str
    drawn: str | None
    shots: str | None
    of_run: str | None

    @property
    def is_empty(self) -> bool:
        """Whether no picture is chosen."""
        if self.source == RUN:
            return not self.of_run
        return self.source in NONE_YET and not self.sources

    @property
    def uploads(self) -> list[str]:
        """The uploaded files that a run of these pictures is made of."""
        return list(self.files or ()) if self.source == OWN else []

    @property
    def sources(self) -> list[str | Path | Found]:
        """What to read: files, the pictures made in the page, or a set that ships."""
        if self.source == OWN:
            return list(self.files or ())
        if self.source == WEBCAM:
            return list(from_page(self.shots, "photo"))
        if self.source == DRAW:
            return list(from_page(self.drawn, "drawing"))
        if self.source in BUNDLED:
            return [ASSETS / BUNDLED[self.source]]
        raise unknown("source of pictures", self.source, (*NONE_YET, *BUNDLED))


class PictureSource:
    """Reads the pictures of a form, and keeps those read last.

    Looking and starting want the same pictures, which take a while.
    """

    def __init__(self, context: Context) -> None:
        self._runs = context.library.runs
        self._last: tuple[str, Dataset] | None = None

    def steps(self, form: PictureForm) -> Iterator[tuple[int, int] | Dataset]:
        """Yield how many pictures are read, of how many, and at last the dataset.

        InputError where there are none, or a value is wrong.
        """
        last = self._last  # once: another page may change it meanwhile
        if last is not None and last[0] == repr(form):
            yield last[1]
            return
        channels = channels_of(form.colour)
        if form.is_empty:
            raise InputError(NONE_YET[form.source])
        if form.source == RUN:
            run = manager.folder(self._runs, str(form.of_run))
            dataset = lineage.pictures(run, int(form.size), channels)
        else:
            reading = Reading(form.sources, int(form.size), channels, form.fit)
            yield from reading
            dataset = Dataset.of(reading)
        self._last = repr(form), dataset
        yield dataset

    def read(self, form: PictureForm) -> Dataset:
        """Return the dataset; InputError where there are no pictures, or a value is wrong."""
        *_, dataset = self.steps(form)
        assert isinstance(dataset, Dataset)
        return dataset

    def forget(self) -> None:
        """Let go of what was read last."""
        self._last = None


def channels_of(colour: str) -> int:
    """Return the channels of pictures in "colour" or "grey"; InputError for another word."""
    if colour not in COLOURS:
        raise unknown("colour", colour, COLOURS)
    return COLOURS[colour]


def colour_of(channels: int) -> str:
    """Return the word for pictures of so many channels."""
    return next(name for name, count in COLOURS.items() if count == channels)
