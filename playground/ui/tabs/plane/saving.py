"""What the particles do as a file: their flow as a film, or where they end as a table."""

import base64
import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground import plane_film
from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame
from playground.errors import InputError
from playground.export import Take, written
from playground.plane_film import MODEL
from playground.sources import find
from playground.spaces.points import scatter, write_csv
from playground.ui.tabs.plane.learning import Work, classes, denoiser, paths
from playground.ui.tabs.plane.request import Ask, picture_in
from playground.ui.tabs.plane.sessions import Room

KINDS = ("gif", "mp4", "csv")
PICTURES = 60  # of a film, at even angles between noise and clean
MOST, PIXELS = 80, 1_000_000  # pictures that a page may draw itself, and pixels of each
NOT_TOLD = ("page", "as", "field", "pictures")  # in a film's settings


def saved(ask: Ask, room: Room) -> Work:
    """The file that ask.given["as"] names, of the particles that `learning.drawn` shows.

    ask.given: "pictures" are what the page drew of them, each a file in base64, with all that it
    shows beside; without them a film has the particles alone. Answers {"name", "data", "said"}:
    data in base64. A film carries what was asked for as its settings; a table holds x, y (and
    class) in the cloud's own coordinates.
    """
    kind, cloud, drawn = ask.word("as", KINDS), ask.cloud(), ask.given.get("pictures")
    settings = plane_film.to_json(_told(ask), _fingerprint(ask, room))
    if drawn is not None and kind != "csv":
        data = _film([_picture(one) for one in _listed(drawn)], settings, kind)
        yield _file(cloud.name, kind, data)
        return
    who, frames = denoiser(ask, room, cloud), []
    for frame in paths(who, ask, cloud):
        frames.append(frame)
        yield None
    labels = classes(ask, cloud)
    if kind == "csv":
        points = cloud.frame.decode(frames[-1].x)
        data = write_csv(points, labels, cloud.data.class_names).encode()
    else:
        data = _film(_pictures(frames, labels), settings, kind)
    yield _file(cloud.name, kind, data)


def _file(name: str, kind: str, data: bytes) -> dict[str, Any]:
    said = "" if kind == "csv" else "; dropped on this tab, it shows the page as it was"
    name = f"{name}.{kind}"
    return {"name": name, "data": base64.b64encode(data).decode(), "said": f"Saved {name}{said}."}


def _film(pictures: list[Tensor], settings: str, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        take = Take(pictures, settings=settings)
        (path,) = written(Path(folder) / f"plane.{kind}", take, kind)
        return path.read_bytes()


def _told(ask: Ask) -> dict[str, Any]:
    """What was asked for, with every knob's value."""
    told = {name: value for name, value in ask.given.items() if name not in NOT_TOLD}
    return told | {
        "schedule_knobs": ask.schedule().knobs,
        "sampler_knobs": ask.sampler().knobs,
        "guidance_knobs": ask.guidance().knobs,
    }


def _fingerprint(ask: Ask, room: Room) -> str:
    who = str(ask.given.get("who"))
    name = who.removeprefix(MODEL)
    known = who.startswith(MODEL) and name in room.library.points()
    return find(name, room.library).fingerprint if known else ""


def _listed(drawn: Any) -> list[Any]:
    if not isinstance(drawn, list) or not 2 <= len(drawn) <= MOST:
        raise InputError(f"A film is drawn in 2 to {MOST} pictures.")
    return drawn


def _picture(text: Any) -> Tensor:
    pixels = np.array(picture_in(text, max_pixels=PIXELS))  # (H,W,3)
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]


def _pictures(frames: list[Frame], labels: Tensor | None) -> list[Tensor]:
    """The particles between noise and clean, each on the turn from one kept level to the next."""
    angles = [math.atan2(f.level.sigma, f.level.alpha) for f in frames]
    places = [f.x / f.level.radius for f in frames]
    made, k = [], 0
    for step in range(PICTURES):
        phi = angles[0] + (angles[-1] - angles[0]) * step / (PICTURES - 1)
        while k < len(frames) - 2 and angles[k + 1] > phi:
            k += 1
        part = (angles[k] - phi) / max(1e-9, angles[k] - angles[k + 1])
        u = torch.lerp(places[k], places[k + 1], min(1.0, max(0.0, part)))
        width = (1 - part) * _shown(frames[k].level) + part * _shown(frames[k + 1].level)
        made.append(scatter(u * width, labels=labels))
    return made


def _shown(level: Level) -> float:
    """How wide a level is drawn: wider ones are shrunk to the picture."""
    return min(1.0, level.radius)
