"""One file of a take, in any of the formats."""

from collections.abc import Callable, Sequence
from pathlib import Path

from torch import Tensor

from playground.errors import InputError
from playground.export import arrays, film, pictures, way
from playground.export.take import Take
from playground.files import write_atomically, write_text

FORMATS: dict[str, str] = {
    "png": "The newest frame as PNG",
    "gif": "All frames as an animated GIF",
    "mp4": "All frames as an MP4 film",
    "sheet": "The way from noise as one labelled PNG: frames across, pictures down",
    "npz": "The numbers: x, pictures, seeds and levels as NumPy arrays",
}
WRITERS: dict[str, Callable[[Path, Take], None]] = {
    "png": pictures.write_png,
    "gif": film.write_gif,
    "mp4": film.write_mp4,
    "sheet": way.write_sheet,
    "npz": arrays.write_npz,
}
BESIDE = ("gif", "mp4", "npz")  # get their settings as .json beside them, too


def kind_of(path: str | Path, *, sheet: bool = False) -> str:
    """Return the format that a file's name asks for; InputError for another."""
    kind = Path(path).suffix.lower().removeprefix(".")
    if sheet and kind != "png":
        raise InputError("A sheet is a PNG; end the name of {name} in .png.", name=Path(path).name)
    if kind not in FORMATS or kind == "sheet":
        raise InputError(
            "Cannot write {name}; end its name in .png, .gif, .mp4 or .npz.", name=Path(path).name
        )
    return "sheet" if sheet else kind


def save(path: str | Path, sheets: Sequence[Tensor], *, hold: float = film.HOLD) -> None:
    """Write (B,C,H,W) batches in [-1, 1]: the last one as .png, or all as .gif or .mp4.

    A film ends by holding the last picture for `hold` seconds. InputError for another suffix, or
    where the file cannot be written.
    """
    kind = kind_of(path)
    take = Take(list(sheets))
    if kind in ("gif", "mp4"):
        _check(take)
        write_atomically(path, lambda p: getattr(film, f"write_{kind}")(p, take, hold=hold))
    else:
        written(path, take, kind)


def written(path: str | Path, take: Take, kind: str, *, beside: bool = False) -> list[Path]:
    """Write the take in this format, with its settings in it; the files that were written.

    beside: also write the settings as JSON beside what is no PNG. InputError, in one sentence,
    where there is nothing to write or it cannot be written.
    """
    _check(take)
    path = Path(path)
    write_atomically(path, lambda p: WRITERS[kind](p, take))
    if not beside or kind not in BESIDE or not take.settings:
        return [path]
    write_text(path.with_suffix(".json"), take.settings + "\n")
    return [path, path.with_suffix(".json")]


def _check(take: Take) -> None:
    if not take.sheets:
        raise InputError("There is nothing to save yet; generate first.")
