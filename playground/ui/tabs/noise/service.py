"""What the Noise tab's canvas is sent: the picture, its noise, the schedule's levels."""

import base64
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.bundled import SIDE
from playground.diffusion import schedules
from playground.diffusion.sample import generators, standard_noise
from playground.spaces.images import to_pil
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import download_path
from playground.ui.media.pictures import bundled_name, decoded, path_of
from playground.ui.tabs.noise.messages import LevelsMessage, Noise, Scene

CURVE = 1000  # points on the slider of a schedule without discrete steps
TOLD = 16  # values of the noise at each end, for the page to hold its own against


def eps(seed: int) -> Tensor:
    """Return the noise of this seed, (3,512,512): what `noise` adds to a picture of this size."""
    return standard_noise(generators([seed]), (3, SIDE, SIDE))[0]


def last_step(knobs: dict[str, Any]) -> int:
    """Return T: the steps on the slider, which are the schedule's own if it has some."""
    return int(knobs.get("timesteps", CURVE))


def picture_address(given: str | None) -> str:
    """Return where the page finds the picture, without loss, below its root; "" without one."""
    if not given:
        return ""
    path = path_of(given)
    file = _fitted(path, path.stat().st_mtime_ns)
    if not Path(file).is_file():  # the folder is cleared by age
        _fitted.cache_clear()
        file = _fitted(path, path.stat().st_mtime_ns)
    return f"gradio_api/file={Path(file).as_posix()}"


@lru_cache(maxsize=64)
def _fitted(path: Path, changed: int) -> str:
    file = download_path("x0.webp")
    how: dict[str, Any] = {"quality": 20, "method": 1}  # of the effort: two thirds of a PNG's bytes
    to_pil(decoded(path, changed)[0]).save(file, "WEBP", lossless=True, **how)
    return file


def noise_message(seed: int) -> Noise:
    """Return the seed and some values of its noise, in double precision.

    The page draws the noise itself, as torch does, and holds it against these values; where they
    differ it asks for all of them (`noise_bytes`).
    """
    drawn = eps(seed).flatten()
    return Noise(seed, drawn[:TOLD].tolist(), drawn[-TOLD:].tolist())


def noise_bytes(seed: int) -> str:
    """Return the noise's bytes, float32 (3,512,512), as base64: 4 MB."""
    return _base64(eps(seed).numpy())


def levels(name: str, knobs: dict[str, Any]) -> tuple[schedules.Schedule, Tensor]:
    """Return the schedule and its alpha and sigma at every step, (2, T + 1) float64."""
    chosen = schedules.get(name, **knobs)
    count = last_step(chosen.knobs)
    return chosen, torch.stack(chosen(torch.arange(count + 1, dtype=torch.float64) / count))


def levels_message(name: str, knobs: dict[str, Any]) -> LevelsMessage:
    """Return the same for the page, with the schedule's title and a line about it."""
    (chosen, path), entry = levels(name, knobs), schedules.entry(name)
    return LevelsMessage(
        schedule=name,
        knobs=chosen.knobs,
        moved={k: v for k, v in chosen.knobs.items() if v != entry.knobs[k].default},
        title=Text(entry.title),
        summary=Text(entry.summary),
        source=entry.source,
        levels=_base64(path.numpy()),
    )


def scene(given: str | None, name: str, knobs: dict[str, Any], seed: int, by: str) -> Scene:
    """Return the schedule's levels at every step and what else a guess depends on.

    A bundled picture goes by its name: where it lies on this machine is nobody's business.
    """
    bundled = bundled_name(path_of(given)) if given else None
    path = Path(bundled).stem if bundled else given
    return Scene(path, levels_message(name, knobs), seed, by, bundled)


def _base64(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
