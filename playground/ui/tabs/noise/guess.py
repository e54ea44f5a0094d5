"""The guess of the original at one position of the slider: who guesses, and what they remember."""

import base64
import io
import json
import threading
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from torch import Tensor

from playground.bundled import SIDE, bundled_pictures
from playground.diffusion import schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.levels import CLEAN
from playground.diffusion.sample import noise, sample
from playground.errors import unknown
from playground.library import Library
from playground.sources import IDEAL, PICTURES, choices, find, ideal_with
from playground.spaces.images import encode, to_pil
from playground.ui.i18n.text import Text, t
from playground.ui.media.pictures import path_of, picture
from playground.ui.tabs.noise.messages import Guess, GuessRequest

LARGE = 256  # pixels a side from which a guess is sent as a JPEG
AS_JPEG: dict[str, Any] = {"quality": 92, "subsampling": 0}


@dataclass(frozen=True)
class Guesser:
    """Who guesses, a caption that says who and at what size, and what its memory holds."""

    denoiser: Denoiser
    caption: Text
    note: Text | None = None


def guesser(library: Library, by: str, shown: Tensor) -> Guesser:
    """Return who guesses the picture `shown` (1,3,512,512); InputError for an unknown name."""
    if by == PICTURES:
        return _memory(shown)
    if by not in choices(library):  # a path is none, or pages could have any file read
        raise unknown("denoiser", by, [PICTURES, *choices(library)])
    who = find(by, library).denoiser
    ideal = by.startswith(IDEAL)
    name = t("the ideal denoiser of {name}", name=by.removeprefix(IDEAL)) if ideal else by
    about = {"name": name, "height": who.shape[1], "width": who.shape[2]}
    if who.shape[0] == 1:
        size = t("best guess, by {name}, of the picture noised at {height} × {width} grey", **about)
    else:
        size = t("best guess, by {name}, of the picture noised at {height} × {width}", **about)
    return Guesser(who, size)


def _memory(shown: Tensor) -> Guesser:
    """Return the ideal denoiser of the bundled pictures, and of this one where it is another.

    It holds the very picture, and so is perfect until the noise is near its end: the opposite of
    what a network does, which the note says.
    """
    who, count = ideal_with(shown[0]), len(bundled_pictures())
    if len(who.data) == count:
        return Guesser(
            who,
            t("best guess, by the ideal denoiser of the {count} bundled pictures", count=count),
            t(
                "This is one of the {count} pictures that it remembers: so the guess is perfect "
                "until the noise is near its end.",
                count=count,
            ),
        )
    return Guesser(
        who,
        t(
            "best guess, by the ideal denoiser of the {count} bundled pictures and yours",
            count=count,
        ),
        t(
            "This memory holds your very picture: so the guess is perfect until the noise is near "
            "its end. That is what a memory does; a denoiser that never saw it could not."
        ),
    )


def guess(library: Library, request: GuessRequest) -> tuple[Tensor, Guesser]:
    """Return the guess at one position of the slider, (C,H,W) in [-1, 1], and who made it."""
    chosen = schedules.get(request.schedule, **request.knobs)
    level = chosen.level(request.t)
    shown = picture(request.path)
    made_by = guesser(library, request.by, shown)
    channels, size, _ = made_by.denoiser.shape
    x0 = shown if size == SIDE else encode([to_pil(shown[0])], size, channels)
    x = noise(x0, chosen, request.t, [request.seed])
    if level.sigma > 0:  # one step to clean is one call of the denoiser
        *_, last = sample(made_by.denoiser, chosen, "ddim", x=x, grid=[level, CLEAN])
        x = last.x
    return x[0], made_by


def guess_message(library: Library, request: GuessRequest) -> Guess:
    """Return the same for the page: the picture as a data address."""
    if request.by != PICTURES:  # a model of this name may be another one by now
        return _guess_message(library, request)
    changed = path_of(request.path).stat().st_mtime_ns
    cell = _cell(json.dumps(asdict(request), sort_keys=True), changed)
    with cell.lock:
        if cell.message is None:
            cell.message = _guess_message(library, request)
    return cell.message


def _guess_message(library: Library, request: GuessRequest) -> Guess:
    x, made_by = guess(library, request)
    return Guess(data_address(x), made_by.caption, made_by.note)


@dataclass
class _Cell:
    lock: threading.Lock = field(default_factory=threading.Lock)
    message: Guess | None = None


@lru_cache(maxsize=64)  # a hall that opens the page or a stop of the lesson asks the same at once
def _cell(request: str, changed: int) -> _Cell:
    return _Cell()


def data_address(x: Tensor) -> str:
    """Return a picture (C,H,W) as a data address.

    A large one as a JPEG without loss of colour detail: a sixth of the bytes, for the page has to
    read them between two of its frames.
    """
    data, large = io.BytesIO(), x.shape[-1] >= LARGE
    kind = "jpeg" if large else "png"
    to_pil(x).save(data, kind, **(AS_JPEG if large else {}))
    return f"data:image/{kind};base64,{base64.b64encode(data.getvalue()).decode()}"
