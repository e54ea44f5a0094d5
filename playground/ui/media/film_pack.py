"""Several frames as the page gets them: sheets and spectra, made in one go.

A step of a small network takes a few milliseconds, and making one frame ready on its own would take
a tenth of that.
"""

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.diffusion.sample import Frame
from playground.spaces.images import tile, tiles
from playground.spaces.spectrum import band_power, band_powers
from playground.ui.media import film_facts
from playground.ui.media.film_cache import Beside, Snapshot
from playground.ui.media.messages import FilmNews, FrameShown, IdealShown
from playground.ui.page.contracts import plain

LONG = ("x", "x0")  # base64, in which nothing needs escaping


def frames_shown(snapshots: Sequence[Snapshot], beside: Beside | None) -> list[FrameShown]:
    """Return what the page is told of these; all at once costs little more than one."""
    sheets = _sheets([one.model.frame for one in snapshots])
    return [
        FrameShown(
            index=frame.index,
            total=frame.total,
            asked=one.asked,
            text=film_facts.sentence(frame, one.seconds),
            **sheet,
            **(_ideal(one.ideal.frame, beside) if one.ideal and beside else {}),
        )
        for one, frame, sheet in zip(
            snapshots, (one.model.frame for one in snapshots), sheets, strict=True
        )
    ]


def _sheets(frames: Sequence[Frame]) -> list[dict[str, Any]]:
    """Return for each frame the size of its sheets, the sheets of x and x0, and their spectra."""
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


def _ideal(frame: Frame, beside: Beside) -> dict[str, Any]:
    """Return the ideal denoiser's frame, and how many pictures its next guess is made of."""
    weights = beside.posterior(frame)
    effective = (-(weights * weights.clamp(min=1e-300).log()).sum(1)).exp()
    x0 = "" if frame.x0 is None else packed(frame.x0)["rgb"]
    return {
        "ideal": IdealShown(packed(frame.shown)["rgb"], x0),
        "effective": [float(f"{n:.4g}") for n in effective.tolist()],
        "pictures": weights.shape[1],
    }


def message(news: FilmNews) -> str:
    """Return it as JSON; the long texts are put in as they are, since they need no escaping."""
    parts = []
    for frame in map(plain, news.frames):
        texts = "".join(f', "{name}": "{frame[name]}"' for name in LONG)
        short = json.dumps({key: value for key, value in frame.items() if key not in LONG})
        parts.append(f"{short[:-1]}{texts}}}")
    about = json.dumps(plain(replace(news, frames=())))
    return about.replace('"frames": []', f'"frames": [{", ".join(parts)}]', 1)


def text(sheet: np.ndarray[Any, np.dtype[np.uint8]]) -> str:
    """Return a sheet's RGB in base64."""
    return base64.b64encode(sheet.tobytes()).decode("ascii")


def logs(power: Tensor) -> list[Any]:
    """Return log10, to two digits after the point, which a plot shows; nested as power is."""
    return np.round(power.clamp(min=1e-9).log10().numpy(), 2).tolist()


def packed(x: Tensor, columns: int | None = None) -> dict[str, Any]:
    """Return (B,C,H,W) in [-1, 1] as one sheet: its size, and its RGB in base64."""
    sheet = tile(x, columns, gap=1)
    return {"w": sheet.shape[1], "h": sheet.shape[0], "rgb": text(sheet)}


@lru_cache(maxsize=2)
def spectrum_of(data: Tensor) -> list[float]:
    """Return the spectrum of a dataset (N,C,H,W), asked for at every press of Generate."""
    return logs(band_power(data))
