"""The plane over t in three dimensions: the exact density at several t, and paths through it.

All is drawn where the flat picture draws it, at x, or at x / r where noise is wider than the data
(r > 1), so that a cut of the figure at one t is the flat picture at that t.
"""

import base64
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.diffusion import fields, schedules
from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame
from playground.diffusion.schedules import Schedule
from playground.spaces.points import INKS
from playground.training.data.clouds import CloudSet
from playground.ui.tabs.plane import pack
from playground.ui.tabs.plane.messages import SpaceTimeMessage
from playground.ui.tabs.plane.request import PlaneRequest

TIMES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # of the density's surfaces
CELLS, REACH = 40, 3.0  # of each: cells a side, from -REACH to REACH in x / r
MOST = 150  # paths
FINE = 4000  # points of a schedule, among which a level's t is looked up
PAPER, INK = "rgb(255,255,255)", "rgb(79,70,229)"
FAINT = [[0, 0], [0.08, 0.03], [1, 0.85]]  # how opaque a density is drawn


def message(
    cloud: CloudSet, request: PlaneRequest, frames: list[Frame], labels: Tensor | None
) -> SpaceTimeMessage:
    """Return the figure of these frames of a run, with their classes (N,) or None."""
    schedule = request.chosen_schedule
    traces = [*density(cloud, request.schedule, _frozen(schedule))]
    return SpaceTimeMessage(traces + bundle(schedule, frames, labels), layout())


def page(figure: SpaceTimeMessage) -> bytes:
    """Return one HTML file that shows the figure anywhere, offline: plotly.js is in it."""
    import plotly.graph_objects as go  # slow to import, and wanted rarely

    layout = {**figure.layout, "title": {"text": "Diffusion in the plane, over t"}}
    html = go.Figure(figure.traces, layout).to_html(include_plotlyjs=True, full_html=True)
    return str(html).encode()


@lru_cache(maxsize=8)
def density(
    cloud: CloudSet, name: str, knobs: tuple[tuple[str, Any], ...]
) -> tuple[dict[str, Any], ...]:
    """Return a surface at each of TIMES, its colour the root of the exact density there."""
    schedule = schedules.get(name, **dict(knobs))
    line = fields.axis(CELLS, REACH)
    surfaces = []
    for time in TIMES:
        level = schedule.level(time)
        on_circle = Level(level.alpha / level.radius, level.sigma / level.radius)
        shade = pack.shade(fields.density(cloud.some.x, on_circle, CELLS, REACH))
        place = line * shown(level)
        across, up = torch.meshgrid(place, place, indexing="xy")
        surfaces.append(
            {
                "type": "surface",
                "meta": {"part": "density", "t": time},
                "x": array(torch.full((CELLS, CELLS), time)),
                "y": array(across),
                "z": array(up),
                "surfacecolor": array(shade),
                "cmin": 0,
                "cmax": 1,
                "colorscale": [[0, PAPER], [1, INK]],
                "opacityscale": FAINT,
                "showscale": False,
                "hovertemplate": "t %{x:.2f}<br>density %{surfacecolor:.2f}<extra></extra>",
                "lighting": {"ambient": 1, "diffuse": 0, "specular": 0},
            }
        )
    return tuple(surfaces)


def bundle(schedule: Schedule, frames: list[Frame], labels: Tensor | None) -> list[dict[str, Any]]:
    """Return the paths of at most MOST samples as lines, one trace a class, gaps between them."""
    times = torch.tensor([time_of(schedule, f.level) for f in frames])
    places = torch.stack([f.x[:MOST] / f.level.radius * shown(f.level) for f in frames], 1)
    kinds = torch.zeros(len(places), dtype=torch.long) if labels is None else labels[:MOST]
    traces = []
    for kind in sorted(set(kinds.tolist())):
        mine = places[kinds == kind].double()  # (paths, frames, 2)
        gap = torch.full((len(mine), 1, 3), float("nan"), dtype=torch.float64)
        path = torch.cat([times.expand(len(mine), -1)[..., None], mine], 2)
        t, x, y = torch.cat([path, gap], 1).reshape(-1, 3).T
        red, green, blue = INKS[kind % len(INKS)]
        traces.append(
            {
                "type": "scatter3d",
                "mode": "lines",
                "meta": {"part": "paths", "kind": kind},
                "x": array(t),
                "y": array(x),
                "z": array(y),
                "line": {"color": f"rgb({red},{green},{blue})", "width": 2},
                "opacity": 0.55,
                "connectgaps": False,
                "hovertemplate": "t %{x:.2f}<br>x %{y:.2f}<br>y %{z:.2f}<extra></extra>",
                "showlegend": False,
            }
        )
    return traces


def layout() -> dict[str, Any]:
    """Return how the scene is laid: t from noise on the left to clean on the right."""
    side = {"range": [-REACH, REACH], "showspikes": False, "nticks": 4}
    return {
        "scene": {
            "xaxis": {"title": {"text": "t"}, "range": [1, 0], "showspikes": False, "nticks": 6},
            "yaxis": {**side, "title": {"text": "x"}},
            "zaxis": {**side, "title": {"text": "y"}},
            "aspectmode": "manual",
            "aspectratio": {"x": 1.9, "y": 1, "z": 1},
            "camera": {"eye": {"x": -0.55, "y": -1.75, "z": 0.75}},
        },
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
    }


def time_of(schedule: Schedule, level: Level) -> float:
    """Return the t at which the schedule is at this level, by its angle."""
    t, angles = _angles(schedule.name, _frozen(schedule))
    return float(np.interp(level.angle, angles, t))


@lru_cache(maxsize=8)
def _angles(name: str, knobs: tuple[tuple[str, Any], ...]) -> tuple[np.ndarray, np.ndarray]:
    t = torch.linspace(0, 1, FINE + 1, dtype=torch.float64)
    alpha, sigma = schedules.get(name, **dict(knobs))(t)
    return t.numpy(), torch.atan2(sigma, alpha).numpy()


def shown(level: Level) -> float:
    """Return how wide u = x / r is drawn at a level: as x, and never wider than the data."""
    return min(1.0, level.radius)


def array(x: Tensor) -> dict[str, str]:
    """Return an array (N,) or (rows,columns) as Plotly reads it: float32 in base64."""
    spec = {"dtype": "f4", "bdata": pack.singles(x)}
    return spec if x.ndim == 1 else {**spec, "shape": ", ".join(map(str, x.shape))}


def values(spec: dict[str, str]) -> np.ndarray:
    """Return the array that `array` has packed."""
    flat = np.frombuffer(base64.b64decode(spec["bdata"]), np.float32)
    return flat.reshape([int(n) for n in spec["shape"].split(",")]) if "shape" in spec else flat


def _frozen(schedule: Schedule) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(schedule.knobs.items()))
