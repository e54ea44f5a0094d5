"""What the particles do as a file: their flow as a film, or where they end as a table."""

import base64
import json
import math
import tempfile
from pathlib import Path

import torch
from torch import Tensor

from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame
from playground.export import Take, written
from playground.spaces.points import scatter, write_csv
from playground.ui.plane.ask import Ask
from playground.ui.plane.learning import Work, classes, denoiser, paths
from playground.ui.plane.rooms import Room

KINDS = ("gif", "mp4", "csv")
PICTURES = 60  # of a film, at even angles between noise and clean
NOT_TOLD = ("page", "as", "field")  # in a film's settings


def saved(ask: Ask, room: Room) -> Work:
    """The file that ask.given["as"] names, of the particles that `learning.drawn` shows.

    Answers {"name", "data"}: data in base64. A film carries what was asked for as its settings; a
    table holds x, y (and class) in the cloud's own coordinates.
    """
    kind, cloud = ask.word("as", KINDS), ask.cloud()
    who, frames = denoiser(ask, room, cloud), []
    for frame in paths(who, ask, cloud):
        frames.append(frame)
        yield None
    labels = classes(ask, cloud, len(frames[-1].x))
    if kind == "csv":
        points = cloud.frame.decode(frames[-1].x)
        data = write_csv(points, labels, cloud.data.class_names).encode()
    else:
        told = {name: value for name, value in ask.given.items() if name not in NOT_TOLD}
        take = Take(_pictures(frames, labels), settings=json.dumps({"plane": told}))
        with tempfile.TemporaryDirectory() as folder:
            (path,) = written(Path(folder) / f"plane.{kind}", take, kind)
            data = path.read_bytes()
    yield {"name": f"{cloud.name}.{kind}", "data": base64.b64encode(data).decode()}


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
