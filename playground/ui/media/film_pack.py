"""Several frames as the page gets them: sheets and spectra, made in one go.

A step of a small network takes a few milliseconds, and making one frame ready on its own would take
a tenth of that.
"""

import base64
import json
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.diffusion.sample import Frame
from playground.spaces.images import tile, tiles
from playground.spaces.spectrum import band_power, band_powers
from playground.ui.media import film_facts
from playground.ui.media.film_cache import Beside, Shot

TEXTS = ("x", "x0")  # base64, in which nothing needs escaping


def ready(frames: Sequence[Frame]) -> list[dict[str, Any]]:
    """For each frame: size of its sheet, sheets of x and x0 in base64, and its spectra."""
    guessed = [frame.x0 for frame in frames if frame.x0 is not None]
    shown = torch.stack([frame.shown for frame in frames] + guessed)
    sheets = tiles(shown, gap=1)
    bands = logs(band_powers(shown))
    made, place = [], len(frames)
    for i, frame in enumerate(frames):
        scale = max(1.0, frame.level.radius)
        noise = (frame.level.sigma / scale) ** 2
        one = {
            "w": sheets.shape[2],
            "h": sheets.shape[1],
            "x": text(sheets[i]),
            "x0": "",
            "bands_x": bands[i],
            "bands_x0": None,
            "floor": round(math.log10(noise), 2) if noise > 1e-9 else None,
        }
        if frame.x0 is not None:
            one |= {"x0": text(sheets[place]), "bands_x0": bands[place]}
            place += 1
        made.append(one)
    return made


def message(about: dict[str, Any], frames: Sequence[dict[str, Any]]) -> str:
    """JSON of all this; the long texts are put in as they are, since they need no escaping."""
    parts = []
    for frame in frames:
        texts = "".join(f', "{name}": "{frame[name]}"' for name in TEXTS)
        short = json.dumps({key: value for key, value in frame.items() if key not in TEXTS})
        parts.append(f"{short[:-1]}{texts}}}")
    return f'{json.dumps(about)[:-1]}, "frames": [{", ".join(parts)}]}}'


def text(sheet: np.ndarray[Any, np.dtype[np.uint8]]) -> str:
    """A sheet's RGB in base64."""
    return base64.b64encode(sheet.tobytes()).decode("ascii")


def logs(power: Tensor) -> list[Any]:
    """log10, to two digits after the point, which is all that a plot shows; nested as power is."""
    return np.round(power.clamp(min=1e-9).log10().numpy(), 2).tolist()


def packed(x: Tensor, columns: int | None = None) -> dict[str, Any]:
    """(B,C,H,W) in [-1, 1] as one sheet: its size, and its RGB in base64."""
    sheet = tile(x, columns, gap=1)
    return {"w": sheet.shape[1], "h": sheet.shape[0], "rgb": text(sheet)}


def told(shots: Sequence[Shot], beside: Beside | None) -> list[dict[str, Any]]:
    """What the page is told of these; all at once, which costs little more than one."""
    sheets = ready([shot.model.frame for shot in shots])
    return [
        {"index": frame.index, "total": frame.total, "asked": shot.asked}
        | sheet
        | {"text": film_facts.sentence(frame, shot.seconds)}
        | (_ideal(shot.ideal.frame, beside) if shot.ideal and beside else {})
        for shot, frame, sheet in zip(shots, (s.model.frame for s in shots), sheets, strict=True)
    ]


def _ideal(frame: Frame, beside: Beside) -> dict[str, Any]:
    """The ideal denoiser's frame, and how many pictures its next guess is made of."""
    weights = beside.posterior(frame)
    effective = (-(weights * weights.clamp(min=1e-300).log()).sum(1)).exp()
    x0 = "" if frame.x0 is None else packed(frame.x0)["rgb"]
    return {
        "ideal": {"x": packed(frame.shown)["rgb"], "x0": x0},
        "effective": [float(f"{n:.4g}") for n in effective.tolist()],
        "pictures": weights.shape[1],
    }


@lru_cache(maxsize=2)
def spectrum_of(data: Tensor) -> list[float]:
    """The spectrum of a dataset (N,C,H,W), which is asked for at every press of Generate."""
    return logs(band_power(data))
