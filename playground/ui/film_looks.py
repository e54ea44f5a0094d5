"""What the page asks for of a frame when somebody looks: noise, change, training pictures.

All of it is computed at full precision while the film is made. It does not travel with the frames:
it would more than double them. Nor can the page work it out of x and x0 as it has them, in 8 bits:
the noise is a difference divided by sigma, which is small where it matters.
"""

import base64
import json
import logging
import weakref
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.diffusion.levels import eps_from_x0
from playground.diffusion.sample import Frame
from playground.spaces.images import tile, tiles
from playground.ui.guard import UNEXPECTED

log = logging.getLogger(__name__)
SPREAD = 3.0  # standard deviations from grey to black or white
TOP = 5  # training pictures shown
GONE = {"error": "This frame is gone; press Generate again."}


class Weights(NamedTuple):
    """The training pictures that weigh most for every sample."""

    places: Tensor  # (B,TOP) in the data
    weights: Tensor  # (B,TOP)
    data: Tensor  # (N,C,H,W) all of them


class Looks:
    """What can be asked for of one film's frames."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[int, str], dict[str, Any]] = {}
        self._weights: dict[int, Weights] = {}

    @property
    def size(self) -> int:
        """Bytes that it keeps."""
        return sum(len(picture["rgb"]) for picture in self._pictures.values())

    def forget(self) -> None:
        """Keep nothing any more."""
        self._pictures, self._weights = {}, {}

    def keep_as(self, run: str) -> None:
        """Answer for this run for as long as its film is kept."""
        _known[run] = self

    def take_all(self, steps: list[tuple[Frame, Frame]], prefix: str) -> None:
        """The noise that the guess saw in the x before each step, and what the step changed."""
        if not steps:
            return
        numbers = [now.index for _, now in steps]
        change = torch.stack([now.shown - before.shown for before, now in steps])
        gains = [1 / max(1e-6, SPREAD * std) for std in change.flatten(1).std(1).tolist()]
        times = [f"{gain:.{1 if gain < 10 else 0}f}" for gain in gains]
        change *= torch.tensor([float(t) for t in times])[:, None, None, None, None]
        for index, sheet, gain in zip(numbers, tiles(change, gap=1), times, strict=True):
            note = {"note": f"contrast × {gain}"}
            self._pictures[index, f"{prefix}change"] = _raw_sheet(sheet) | note
        noisy = [
            (now.index, eps_from_x0(before.x, now.x0, *before.level) / SPREAD)
            for before, now in steps
            if now.x0 is not None and before.level.sigma > 0
        ]
        if noisy:
            sheets = tiles(torch.stack([eps for _, eps in noisy]), gap=1)
            for (index, _), sheet in zip(noisy, sheets, strict=True):
                self._pictures[index, f"{prefix}eps"] = _raw_sheet(sheet)

    def take_weights(self, index: int, weights: Tensor, data: Tensor) -> None:
        """The weights (B,N) of these pictures at this frame."""
        top = weights.topk(min(TOP, weights.shape[1]), 1)
        self._weights[index] = Weights(top.indices, top.values, data)

    def picture(self, index: int, what: str) -> dict[str, Any]:
        """A sheet of pictures as the page draws it; GONE where there is none."""
        kept = self._pictures.get((index, what))
        return GONE if kept is None else kept | {"rgb": _text(kept["rgb"])}

    def weights(self, index: int, sample: int) -> dict[str, Any]:
        """The pictures that weigh most for this sample, and their weights."""
        kept = self._weights.get(index)
        if kept is None or not 0 <= sample < len(kept.places):
            return GONE
        shown = [packed(kept.data[i][None]) for i in kept.places[sample].tolist()]
        return {"pictures": shown, "weights": kept.weights[sample].tolist()}


# films are kept by the tabs of those who made them; here they are only found
_known: weakref.WeakValueDictionary[str, Looks] = weakref.WeakValueDictionary()


def look(request: str) -> dict[str, Any]:
    """What the page asks for: {run, index, what} or {run, index, sample}, as JSON."""
    try:
        asked = json.loads(request)
        found = _known.get(str(asked["run"]))
        if found is None:
            return GONE
        if "sample" in asked:
            return found.weights(int(asked["index"]), int(asked["sample"]))
        return found.picture(int(asked["index"]), str(asked["what"]))
    except (ValueError, KeyError, TypeError):
        return GONE
    except Exception:
        log.exception("A look at a frame failed")
        return {"error": UNEXPECTED}


def packed(x: Tensor, columns: int | None = None) -> dict[str, Any]:
    """(B,C,H,W) in [-1, 1] as one sheet: its size, and its RGB in base64."""
    raw = _raw(x, columns)
    return raw | {"rgb": _text(raw["rgb"])}


def _raw(x: Tensor, columns: int | None = None) -> dict[str, Any]:
    return _raw_sheet(tile(x, columns, gap=1))


def _raw_sheet(sheet: np.ndarray[Any, np.dtype[np.uint8]]) -> dict[str, Any]:
    return {"w": sheet.shape[1], "h": sheet.shape[0], "rgb": sheet.tobytes()}


def _text(rgb: bytes) -> str:
    return base64.b64encode(rgb).decode()
