"""Before a start: what each preset makes of its time on this machine, and which one suits."""

from typing import Any

import gradio as gr

from playground.training import presets
from playground.training.evaluation.forecast import Forecast, forecasts, rounded, suggestion, told
from playground.training.runs import queue, speed
from playground.training.runs.speed import Speed
from playground.ui.context import Context
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import NOTHING, Text, Value, joined, t, verbatim
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.picture_source import channels_of
from playground.ui.tabs.train.pictures import Pictures

MEASURING = t("Measuring this machine, about 5 seconds …")
UNKNOWN = t("No figures yet: they are measured when nothing trains.")


def build(context: Context, tab: gr.Tab, chosen: Pictures, preset: gr.Radio) -> None:
    """Lay the table out here; it follows the pictures' size, colour and number, and the preset."""
    runs = context.library.runs
    size, colour = chosen.control("size"), chosen.control("colour")
    shown = gr.HTML(table(None, presets.DEFAULT, 0, MEASURING), elem_id="forecast")
    tried = gr.State("")  # the shape of which this page waited for figures last

    def show(size: Any, colour: str, pictures: int, preset: str, tried: str) -> str:
        found = speed.find(runs, int(size), channels_of(colour), measure=False)
        waits = tried != f"{colour} {size}" and not queue.training(runs)
        return table(found, preset, pictures, MEASURING if waits else NOTHING)

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


def table(found: Speed | None, preset: str, pictures: int, waits: Text) -> str:
    """Return updates and looks of every preset, the chosen one marked, as HTML.

    waits: what to say while better figures are on their way. It has the same height with and
    without figures, so that nothing moves when they come.
    """
    figures = forecasts(found, pictures) if found else [None] * len(presets.PRESETS)
    rows = "".join(
        _row(name, one, " class='chosen'" * (name == preset))
        for name, one in zip(presets.PRESETS, figures, strict=True)
    )
    titles = t("updates"), t("looks at each"), t("shapes after")
    head = f"<tr><th></th>{''.join(in_html(one, 'th') for one in titles)}</tr>"
    if found is None:
        says = in_html(waits or UNKNOWN)
    else:
        suggested = in_html(suggestion(found, pictures).says, "b")
        says = f"{suggested} {in_html(_measured(found, preset, waits))}"
    return f"<div class='forecast'><table>{head}{rows}</table><p>{says}</p></div>"


def _row(name: str, one: Forecast | None, mark: str) -> str:
    cells = _cells(one) if one else [verbatim("…")] * 3
    shown = "".join(in_html(cell, "td") for cell in cells)
    return f"<tr{mark}>{in_html(Text(name), 'th')}{shown}</tr>"


def _cells(one: Forecast) -> list[Text]:
    """Return updates, looks at each picture, and the time until shapes can be recognised."""

    def each(number: float) -> Text:
        n = rounded(number)
        return t("{n}/min", n=n) if one.minutes is None else verbatim(n)

    updates = one.updates_per_minute if one.updates is None else one.updates
    looks = verbatim("–") if one.looks is None else each(one.looks)
    late = one.minutes is not None and one.recognised > one.minutes
    return [each(updates), looks, t("too short") if late else told(one.recognised)]


def _measured(found: Speed, preset: str, waits: Text) -> Text:
    about: dict[str, Value] = {
        "rate": rounded(found.images_per_second[preset]),
        "size": f"{found.size}×{found.size}",
        "colour": t("colour") if found.channels == 3 else t("grey"),
    }
    if found.measured:
        return t("About {rate} images/s at {size} {colour}, measured here.", **about)
    reckoned = (
        "About {rate} images/s at {size} {colour}, reckoned from other figures of this machine."
    )
    return joined([t(reckoned, **about), waits]) if waits else t(reckoned, **about)
