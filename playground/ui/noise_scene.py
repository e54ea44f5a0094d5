"""What the Noise tab's canvas is sent: the picture, its noise, the schedule's levels, the guess."""

import base64
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.diffusion import schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.levels import CLEAN
from playground.diffusion.sample import generators, noise, sample, standard_noise
from playground.errors import InputError, unknown
from playground.library import ASSETS, Library
from playground.sources import (
    IDEAL,
    PICTURES,
    SIDE,
    bundled_pictures,
    choices,
    denoiser,
    ideal_with,
)
from playground.spaces.images import decode, encode, open_picture, to_pil
from playground.ui.downloads import is_served

EXAMPLES = {path.stem: path for path in sorted((ASSETS / "pictures").glob("*.*"))}
CURVE = 1000  # points on the slider of a schedule without discrete steps


def picture(given: str | None) -> Tensor:
    """A bundled picture by name, or an upload by path, as (1,3,256,256) in [-1, 1]."""
    path = path_of(given)
    return _decoded(path, path.stat().st_mtime_ns)


def path_of(given: str | None) -> Path:
    """The file of a bundled picture by name, or of an upload by path.

    Other paths are refused, since whoever reaches the page could read any picture by them.
    """
    if not given:
        raise InputError("There is no picture; choose or upload one.")
    path = EXAMPLES.get(given, Path(given))
    if path not in EXAMPLES.values():
        if not is_served(given):
            raise unknown("bundled picture", given, EXAMPLES)
        if not path.is_file():
            raise InputError("This picture is not there any more; choose it again.")
    return path


@lru_cache(maxsize=16)  # a photograph takes half a second to decode; a drag asks 20 times a second
def _decoded(path: Path, changed: int) -> Tensor:
    return encode([open_picture(path)], SIDE)


def eps(seed: int) -> Tensor:
    """The noise of this seed, (3,256,256): what `noise` adds to a picture of this size."""
    return standard_noise(generators([seed]), (3, SIDE, SIDE))[0]


def last_step(knobs: dict[str, Any]) -> int:
    """T: the number of steps on the slider, which are the schedule's own if it has some."""
    return int(knobs.get("timesteps", CURVE))


def picture_prop(given: str | None) -> str:
    """The picture's bytes, uint8 (256,256,3), as base64; empty without a picture."""
    return _base64(decode(picture(given))[0]) if given else ""


def noise_prop(seed: int) -> str:
    """The noise's bytes, float16 (256,256,3), as base64: half the size, within 0.1 of a 255th."""
    return _base64(eps(seed).permute(1, 2, 0).half().numpy())


def scene_prop(given: str | None, name: str, knobs: dict[str, Any], seed: int, by: str) -> str:
    """JSON of the schedule's levels at every step (float32) and of what a guess depends on."""
    chosen, entry = schedules.get(name, **knobs), schedules.entry(name)
    count = last_step(chosen.knobs)
    alpha, sigma = chosen(torch.arange(count + 1, dtype=torch.float64) / count)
    about = {"path": given, "schedule": name, "knobs": chosen.knobs, "seed": seed, "by": by}
    levels = _base64(torch.stack([alpha, sigma]).float().numpy())
    return json.dumps(about | {"levels": levels, "about": f"{entry.summary} ({entry.source})"})


def guess(library: Library, ask: dict[str, Any]) -> tuple[Tensor, str]:
    """The guess at one position of the slider, (C,H,W) in [-1, 1], and its caption.

    ask: the scene without its levels, and t in [0, 1].
    """
    chosen = schedules.get(ask["schedule"], **ask["knobs"])
    level = chosen.level(float(ask["t"]))
    shown = picture(ask["path"])
    who, caption = _guesser(library, ask["by"], shown)
    channels, size, _ = who.shape
    x0 = shown if size == SIDE else encode([to_pil(shown[0])], size, channels)
    x = noise(x0, chosen, float(ask["t"]), [int(ask["seed"])])
    if level.sigma > 0:  # one step to clean is one call of the denoiser
        *_, last = sample(who, chosen, "ddim", x=x, grid=[level, CLEAN])
        x = last.x
    return x[0], caption


def guess_message(library: Library, ask: dict[str, Any]) -> dict[str, str]:
    """The same for the page: the picture as a data address."""
    x, caption = guess(library, ask)
    data = io.BytesIO()
    to_pil(x).save(data, "PNG", compress_level=1)
    png = base64.b64encode(data.getvalue()).decode()
    return {"picture": "data:image/png;base64," + png, "caption": caption}


def _guesser(library: Library, by: str, shown: Tensor) -> tuple[Denoiser, str]:
    """Who guesses, and a caption that says who and at what size."""
    if by == PICTURES:
        who, count = ideal_with(shown[0]), len(bundled_pictures())
        yours = "" if len(who.data) == count else " and yours"  # type: ignore[attr-defined]
        return who, f"best guess, by the ideal denoiser of the {count} bundled pictures{yours}"
    if by not in choices(library):  # a path is none, or pages could have any file read
        raise unknown("denoiser", by, [PICTURES, *choices(library)])
    who, _ = denoiser(by, library)
    size = f"{who.shape[1]} × {who.shape[2]}" + (" grey" if who.shape[0] == 1 else "")
    name = f"the ideal denoiser of {by.removeprefix(IDEAL)}" if by.startswith(IDEAL) else by
    return who, f"best guess, by {name}, of the picture noised at {size}"


def _base64(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
