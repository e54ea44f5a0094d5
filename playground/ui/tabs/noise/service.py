"""What the Noise tab's canvas is sent: the picture, its noise, the schedule's levels, the guess."""

import base64
import io
import json
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.bundled import SIDE, bundled_pictures
from playground.diffusion import schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.levels import CLEAN
from playground.diffusion.sample import generators, noise, sample, standard_noise
from playground.errors import unknown
from playground.library import Library
from playground.sources import (
    IDEAL,
    PICTURES,
    choices,
    find,
    ideal_with,
)
from playground.spaces.images import encode, to_pil
from playground.ui.media.downloads import download_path
from playground.ui.media.pictures import bundled_name, decoded, path_of, picture

LARGE = 256  # pixels a side from which a guess is sent as a JPEG
AS_JPEG: dict[str, Any] = {"quality": 92, "subsampling": 0}
CURVE = 1000  # points on the slider of a schedule without discrete steps


def eps(seed: int) -> Tensor:
    """The noise of this seed, (3,512,512): what `noise` adds to a picture of this size."""
    return standard_noise(generators([seed]), (3, SIDE, SIDE))[0]


def last_step(knobs: dict[str, Any]) -> int:
    """T: the number of steps on the slider, which are the schedule's own if it has some."""
    return int(knobs.get("timesteps", CURVE))


def picture_prop(given: str | None) -> str:
    """The address of the picture as the canvas shows it, without loss; empty without a picture."""
    if not given:
        return ""
    path = path_of(given)
    file = _fitted(path, path.stat().st_mtime_ns)
    if not Path(file).is_file():  # the folder is cleared by age
        _fitted.cache_clear()
        file = _fitted(path, path.stat().st_mtime_ns)
    return f"/gradio_api/file={Path(file).as_posix()}"


@lru_cache(maxsize=64)
def _fitted(path: Path, changed: int) -> str:
    file = download_path("x0.webp")
    how: dict[str, Any] = {"quality": 20, "method": 1}  # of the effort: two thirds of a PNG's bytes
    to_pil(decoded(path, changed)[0]).save(file, "WEBP", lossless=True, **how)
    return file


def noise_prop(seed: int) -> str:
    """JSON of the seed and of some values of its noise, in double precision.

    The page draws the noise itself, as torch does, and holds it against these values; where they
    differ it asks for all of them (`noise_message`).
    """
    drawn = eps(seed).flatten()
    return json.dumps({"seed": seed, "first": drawn[:16].tolist(), "last": drawn[-16:].tolist()})


def noise_message(seed: int) -> str:
    """The noise's bytes, float32 (3,512,512), as base64: 4 MB."""
    return _base64(eps(seed).numpy())


def levels(name: str, knobs: dict[str, Any]) -> tuple[schedules.Schedule, Tensor]:
    """The schedule and its alpha and sigma at every step, (2, T + 1) float64."""
    chosen = schedules.get(name, **knobs)
    count = last_step(chosen.knobs)
    return chosen, torch.stack(chosen(torch.arange(count + 1, dtype=torch.float64) / count))


def levels_message(name: str, knobs: dict[str, Any]) -> dict[str, Any]:
    """The same for the page, as base64, with the schedule's title and a line about it."""
    (chosen, path), entry = levels(name, knobs), schedules.entry(name)
    return {
        "schedule": name,
        "knobs": chosen.knobs,
        "set": {k: v for k, v in chosen.knobs.items() if v != entry.knobs[k].default},
        "title": entry.title,
        "levels": _base64(path.numpy()),
        "about": f"{entry.summary} ({entry.source})",
    }


def scene_prop(given: str | None, name: str, knobs: dict[str, Any], seed: int, by: str) -> str:
    """JSON of the schedule's levels at every step (float64) and of what a guess depends on."""
    bundled = bundled_name(path_of(given)) if given else None
    about = {"path": given, "seed": seed, "by": by, "bundled": bundled}
    return json.dumps(levels_message(name, knobs) | about)


def guess(library: Library, ask: dict[str, Any]) -> tuple[Tensor, str]:
    """The guess at one position of the slider, (C,H,W) in [-1, 1], and its caption.

    ask: the scene without its levels, and t in [0, 1].
    """
    chosen = schedules.get(ask["schedule"], **ask["knobs"])
    level = chosen.level(float(ask["t"]))
    shown = picture(ask["path"])
    who, caption = guesser(library, ask["by"], shown)
    channels, size, _ = who.shape
    x0 = shown if size == SIDE else encode([to_pil(shown[0])], size, channels)
    x = noise(x0, chosen, float(ask["t"]), [int(ask["seed"])])
    if level.sigma > 0:  # one step to clean is one call of the denoiser
        *_, last = sample(who, chosen, "ddim", x=x, grid=[level, CLEAN])
        x = last.x
    return x[0], caption


def guess_message(library: Library, ask: dict[str, Any]) -> dict[str, str]:
    """The same for the page: the picture as a data address."""
    if ask["by"] != PICTURES:  # a model of this name may be another one by now
        return _guess_message(library, ask)
    changed = path_of(ask["path"]).stat().st_mtime_ns
    cell = _cell(json.dumps(ask, sort_keys=True), changed)
    with cell.lock:
        if cell.message is None:
            cell.message = _guess_message(library, ask)
    return cell.message


def _guess_message(library: Library, ask: dict[str, Any]) -> dict[str, str]:
    x, caption = guess(library, ask)
    return {"picture": data_address(x), "caption": caption}


@dataclass
class _Cell:
    lock: threading.Lock = field(default_factory=threading.Lock)
    message: dict[str, str] | None = None


@lru_cache(maxsize=64)  # a hall that opens the page or a stop of the lesson asks the same at once
def _cell(ask: str, changed: int) -> _Cell:
    return _Cell()


def data_address(x: Tensor) -> str:
    """A picture (C,H,W) as a data address.

    A large one as a JPEG without loss of colour detail: a sixth of the bytes, for the page has to
    read them between two of its frames.
    """
    data, large = io.BytesIO(), x.shape[-1] >= LARGE
    kind = "jpeg" if large else "png"
    to_pil(x).save(data, kind, **(AS_JPEG if large else {}))
    return f"data:image/{kind};base64,{base64.b64encode(data.getvalue()).decode()}"


def guesser(library: Library, by: str, shown: Tensor) -> tuple[Denoiser, str]:
    """Who guesses, and a caption that says who and at what size."""
    if by == PICTURES:
        ideal, count = ideal_with(shown[0]), len(bundled_pictures())
        yours = "" if len(ideal.data) == count else " and yours"
        return ideal, f"best guess, by the ideal denoiser of the {count} bundled pictures{yours}"
    if by not in choices(library):  # a path is none, or pages could have any file read
        raise unknown("denoiser", by, [PICTURES, *choices(library)])
    who = find(by, library).denoiser
    size = f"{who.shape[1]} × {who.shape[2]}" + (" grey" if who.shape[0] == 1 else "")
    name = f"the ideal denoiser of {by.removeprefix(IDEAL)}" if by.startswith(IDEAL) else by
    return who, f"best guess, by {name}, of the picture noised at {size}"


def _base64(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
