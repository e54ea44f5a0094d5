"""What the particles do as a file: a film, a table of their ends, or all of space-time."""

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
from playground.ui.i18n.text import t
from playground.ui.tabs.plane import spacetime
from playground.ui.tabs.plane.controls import settings
from playground.ui.tabs.plane.messages import SavedMessage
from playground.ui.tabs.plane.own_cloud import picture_in
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.sampling import Work, classes, denoiser, kept_frames, paths
from playground.ui.tabs.plane.sessions import PlaneSession

PICTURES = 60  # of a film, at even angles between noise and clean
MOST, PIXELS = 80, 1_000_000  # pictures that a page may draw itself, and pixels of each


def saved(request: PlaneRequest, session: PlaneSession) -> Work:
    """Yield None at calls, then the file that request.file names, of the particles that are shown.

    request.pictures are what the page drew of them, each a file in base64, with all that it shows
    beside; without them a film has the particles alone. A film carries what was asked for as its
    settings; a table holds x, y (and class) in the cloud's own coordinates; "html" is one page
    that turns the plane over t, Plotly included.
    """
    kind, cloud = request.file, request.cloud_set
    film = kind in ("gif", "mp4")
    about = plane_film.to_json(settings(request), _fingerprint(request, session)) if film else ""
    if film and request.pictures is not None:
        drawn = [_picture(one) for one in _listed(request.pictures)]
        yield _message(cloud.name, kind, _film(drawn, about, kind))
        return
    frames = []
    for frame in paths(denoiser(request, session), request):
        frames.append(frame)
        yield None
    labels = classes(request)
    if kind == "csv":
        points = cloud.frame.decode(frames[-1].x)
        data = write_csv(points, labels, cloud.data.class_names).encode()
    elif kind == "html":
        data = spacetime.page(spacetime.message(cloud, request, kept_frames(frames), labels))
    else:
        data = _film(_pictures(frames, labels), about, kind)
    yield _message(cloud.name, kind, data)


def _message(cloud: str, kind: str, data: bytes) -> SavedMessage:
    name = f"{cloud}.{kind}"
    said = t("Saved {name}.", name=name)
    if kind in ("gif", "mp4"):
        said = t("Saved {name}; dropped on this tab, it shows the page as it was.", name=name)
    return SavedMessage(name, base64.b64encode(data).decode(), said)


def _film(pictures: list[Tensor], about: str, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        take = Take(pictures, settings=about)
        (path,) = written(Path(folder) / f"plane.{kind}", take, kind)
        return path.read_bytes()


def _fingerprint(request: PlaneRequest, session: PlaneSession) -> str:
    name = request.who.removeprefix(MODEL)
    known = request.who.startswith(MODEL) and name in session.library.points()
    return find(name, session.library).fingerprint if known else ""


def _listed(drawn: Any) -> list[Any]:
    if not isinstance(drawn, list) or not 2 <= len(drawn) <= MOST:
        raise InputError("A film is drawn in 2 to {most} pictures.", most=MOST)
    return drawn


def _picture(text: Any) -> Tensor:
    pixels = np.array(picture_in(text, max_pixels=PIXELS))  # (H,W,3)
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]


def _pictures(frames: list[Frame], labels: Tensor | None) -> list[Tensor]:
    """Return the particles from noise to clean, each on the turn from one level to the next."""
    angles = [math.atan2(f.level.sigma, f.level.alpha) for f in frames]
    places = [f.x / f.level.radius for f in frames]
    shown, k = [], 0
    for step in range(PICTURES):
        phi = angles[0] + (angles[-1] - angles[0]) * step / (PICTURES - 1)
        while k < len(frames) - 2 and angles[k + 1] > phi:
            k += 1
        part = (angles[k] - phi) / max(1e-9, angles[k] - angles[k + 1])
        u = torch.lerp(places[k], places[k + 1], min(1.0, max(0.0, part)))
        width = (1 - part) * _shown(frames[k].level) + part * _shown(frames[k + 1].level)
        shown.append(scatter(u * width, labels=labels))
    return shown


def _shown(level: Level) -> float:
    """Return how wide a level is drawn: wider ones are shrunk to the picture."""
    return min(1.0, level.radius)
