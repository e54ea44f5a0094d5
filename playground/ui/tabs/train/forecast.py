"""Before a start: what each preset makes of its time on this machine, and which one suits."""

from typing import Any

import gradio as gr

from playground.training import presets
from playground.training.evaluation.forecast import Forecast, forecasts, rounded, suggestion, told
from playground.training.runs import queue, speed
from playground.training.runs.speed import Speed
from playground.ui.context import Context
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.picture_source import channels_of
from playground.ui.tabs.train.pictures import Pictures

MEASURING = "Measuring this machine, about 5 seconds …"
UNKNOWN = "No figures yet: they are measured when nothing trains."


def build(context: Context, tab: gr.Tab, chosen: Pictures, preset: gr.Radio) -> None:
    """Lay the table out here; it follows the pictures' size, colour and number, and the preset."""
    runs = context.library.runs
    size, colour = chosen.control("size"), chosen.control("colour")
    shown = gr.HTML(table(None, presets.DEFAULT, 0, MEASURING), elem_id="forecast")
    tried = gr.State("")  # the shape of which this page waited for figures last

    def show(size: Any, colour: str, pictures: int, preset: str, tried: str) -> str:
        found = speed.find(runs, int(size), channels_of(colour), measure=False)
        waits = tried != f"{colour} {size}" and not queue.training(runs)
        return table(found, preset, pictures, MEASURING if waits else "")

    def measure(size: Any, colour: str) -> str:
        speed.find(runs, int(size), channels_of(colour))
        return f"{colour} {size}"

    # what is known is shown at once, beside the measurement
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    quiet["trigger_mode"] = "always_last"
    shapes = [tab.select, size.change, colour.change]  # type: ignore[attr-defined]
    gr.on(
        [*shapes, preset.change, chosen.count.change, tried.change],
        guarded(show),
        [size, colour, chosen.count, preset, tried],
        shown,
        queue=False,
        **quiet,
    )
    gr.on(shapes, guarded(measure), [size, colour], tried, **quiet)


def table(found: Speed | None, preset: str, pictures: int, waits: str) -> str:
    """Return updates and looks of every preset, the chosen one marked, as HTML.

    waits: what to say while better figures are on their way. It has the same height with and
    without figures, so that nothing moves when they come.
    """
    figures = forecasts(found, pictures) if found else [None] * len(presets.PRESETS)
    rows = "".join(
        _row(name, one, " class='chosen'" * (name == preset))
        for name, one in zip(presets.PRESETS, figures, strict=True)
    )
    head = "<tr><th></th><th>updates</th><th>looks at each</th><th>shapes after</th></tr>"
    if found is None:
        says = waits or UNKNOWN
    else:
        says = f"<b>{suggestion(found, pictures).says}</b> {_measured(found, preset, waits)}"
    return f"<div class='forecast'><table>{head}{rows}</table><p>{says}</p></div>"


def _row(name: str, one: Forecast | None, mark: str) -> str:
    cells = _cells(one) if one else ["…"] * 3
    return f"<tr{mark}><th>{name}</th>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"


def _cells(one: Forecast) -> list[str]:
    """Return updates, looks at each picture, and the time until shapes can be recognised."""
    each = "/min" if one.minutes is None else ""
    updates = one.updates_per_minute if one.updates is None else one.updates
    looks = "–" if one.looks is None else f"{rounded(one.looks)}{each}"
    late = one.minutes is not None and one.recognised > one.minutes
    return [f"{rounded(updates)}{each}", looks, "too short" if late else told(one.recognised)]


def _measured(found: Speed, preset: str, waits: str) -> str:
    rate = rounded(found.images_per_second[preset])
    kind = "colour" if found.channels == 3 else "grey"
    about = f"About {rate} images/s at {found.size}×{found.size} {kind}"
    if found.measured:
        return f"{about}, measured here."
    return f"{about}, reckoned from other figures of this machine. {waits}"
