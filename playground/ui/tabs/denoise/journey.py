"""The journey of a film: for the page, and as one file that needs nothing else."""

import base64
import io
from typing import Any

import torch

from playground.errors import InputError
from playground.files import write_atomically
from playground.sources import Source
from playground.spaces.images import to_bytes, to_pil
from playground.studio.journey import Journey, journey, thinned
from playground.ui.media.downloads import download_path
from playground.ui.media.film_cache import Film
from playground.ui.media.messages import JourneyShown, Place

SIDE = 24  # pixels of a picture on the sheet at most
SHOWN = 240  # training pictures that are drawn
GREY = "rgba(128,128,128,.55)"
# shows in the file's corner the picture of the point under the pointer
HOVER = """
const plot = document.getElementById("{plot_id}"), corner = document.createElement("div");
const {sheet, side, frames} = plot.layout.meta;
Object.assign(corner.style, {position: "fixed", left: "16px", bottom: "16px", width: "144px",
  height: "144px", imageRendering: "pixelated", backgroundImage: `url(${sheet})`});
corner.style.backgroundSize = `${100 * frames}% auto`;
document.body.append(corner);
corner.hidden = true;
plot.on("plotly_hover", ({points}) => {
  const at = points[0].customdata;
  corner.hidden = !at;
  if (at) corner.style.backgroundPosition = `${-144 * at[1]}px ${-144 * at[0]}px`;
});
"""


def shown(run: str, film: Film, source: Source) -> JourneyShown:
    """Return the journey of this film among the pictures that its model learned from.

    InputError where there is no film, or those pictures are not here.
    """
    frames = [one.model.frame for one in list(film.snapshots.values())]
    if not frames:
        raise InputError("There is no journey yet; generate first.")
    if frames[0].x.ndim != 4:
        raise InputError("Only pictures have a journey; the Plane shows the paths of points.")
    data = source.data(light=True)
    found = journey(frames, data.x, data.labels)
    sheet, side = _sheet(torch.stack([frame.shown for frame in thinned(frames)], 1))
    places = _places(found, source.class_names)
    paths = _rounded(found.paths)
    return JourneyShown(run, found.steps, paths, film.labels, places, found.share, sheet, side)


def standalone(about: JourneyShown, title: str) -> str:
    """Write it as one HTML with Plotly in it, and return the path."""
    import plotly.graph_objects as go  # late: it takes a second that nobody else should wait

    figure = go.Figure(_traces(about))
    hidden = {"showticklabels": False, "title": ""}
    figure.update_layout(
        title=title,
        margin={"l": 0, "r": 0, "t": 48, "b": 0},
        scene={f"{axis}axis": hidden for axis in "xyz"},
        meta={"sheet": about.sheet, "side": about.side, "frames": len(about.steps)},
    )
    path = download_path("journey.html")
    page = figure.to_html(include_plotlyjs=True, post_script=HOVER)
    write_atomically(path, lambda target: target.write_text(page, encoding="utf-8"))
    return path


def _traces(about: JourneyShown) -> list[dict[str, Any]]:
    """Return the figure for a file; the page draws its own, in its language and colours."""
    traces: list[dict[str, Any]] = []
    for place in about.places:
        x, y, z = zip(*place.points, strict=True)
        name = f"training pictures: {place.name}" if place.name else "training pictures"
        about_dots = {"mode": "markers", "name": name, "opacity": 0.45, "hoverinfo": "name"}
        dots = {"type": "scatter3d", "x": x, "y": y, "z": z, "marker": {"size": 2}}
        traces.append(dots | about_dots)
    for sample, path in enumerate(about.paths):
        x, y, z = zip(*path, strict=True)
        label = about.labels[sample] if sample < len(about.labels) else str(sample + 1)
        traces.append(
            {
                "type": "scatter3d",
                "mode": "lines+markers",
                "name": label,
                "x": x,
                "y": y,
                "z": z,
                "customdata": [[sample, frame] for frame in range(len(path))],
                "text": [f"{label} · step {step}" for step in about.steps],
                "hoverinfo": "text",
                "line": {"color": list(range(len(path))), "colorscale": "Viridis", "width": 3},
                "marker": {"size": 2, "color": GREY},
                "showlegend": False,
            }
        )
    return traces


def _places(found: Journey, names: tuple[str, ...]) -> list[Place]:
    step = -(-len(found.places) // SHOWN)
    points = found.places[::step]
    if found.labels is None or not names:
        return [Place("", _rounded(points))]
    labels = found.labels[::step]
    return [
        Place(name, _rounded(points[labels == number]))
        for number, name in enumerate(names)
        if (labels == number).any()
    ]


def _rounded(points: torch.Tensor) -> Any:
    return points.double().round(decimals=2).tolist()


def _sheet(pictures: torch.Tensor) -> tuple[str, int]:
    """Return pictures (B,F,C,H,W) small as one sheet, a row a sample, and the side of one."""
    b, f, c, h, _ = pictures.shape
    side = min(SIDE, h)
    if side < h:
        flat = pictures.flatten(0, 1)
        flat = torch.nn.functional.interpolate(flat, (side, side), mode="area")
        pictures = flat.view(b, f, c, side, side)
    whole = pictures.permute(2, 0, 3, 1, 4).reshape(c, b * side, f * side)
    data = io.BytesIO()
    to_pil(to_bytes(whole[None])[0]).save(data, "WEBP", quality=70)
    return "data:image/webp;base64," + base64.b64encode(data.getvalue()).decode(), side
