"""All runs as a list of cards: how each is and what it makes; a click shows it above."""

import base64
import io
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import gradio as gr
from PIL import Image

from playground.training.runs.overview import Overview, overviews
from playground.ui.context import Context
from playground.ui.i18n.text import NOTHING, Text, t
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.on_load import at_start
from playground.ui.tabs.train.messages import RunCard
from playground.ui.tabs.train.pulse import Pulse

SHOWN = 3  # pictures of the newest row on a card
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
GAP = 2  # pixels between them, as `contact_sheet` lays them


@dataclass(frozen=True)
class RunList:
    """The cards, and the names ticked on them for a comparison, as JSON."""

    cards: gr.HTML
    ticked: gr.Textbox

    def opens_in(self, tabs: gr.Tabs, tab: str) -> None:
        """Let a click on a card go to this tab, too."""
        self.cards.select(lambda: gr.Tabs(selected=tab), None, tabs, **QUIET)


def build(
    context: Context, page: gr.Blocks, run: gr.Dropdown, pulse: Pulse, tab: gr.Tab
) -> RunList:
    """Lay the cards out here, in this tab; a click on one names it in the dropdown."""
    runs = context.library.runs
    cards = page_part("tabs/train/page/run_list", cards="", thumbs="", chosen="")
    ticked = gr.Textbox("[]", visible=False)
    seen = gr.State(None)  # the cards, their samples and the run that this page shows now

    def show(chosen: str | None, seen: Any) -> tuple[Any, Any]:
        now = overviews(runs)
        message = to_json([_card(one) for one in now])
        rows = {one.name: one.row for one in now if one.row}
        before: tuple[str, dict[str, str], str | None] = seen or ("", {}, None)
        if (message, rows, chosen) == before:
            return gr.skip(), gr.skip()
        changed = {name: row for name, row in rows.items() if before[1].get(name) != row}
        props: dict[str, Any] = {"cards": message, "chosen": chosen or ""}
        if changed:
            new = {name: _thumb(runs / name / "samples" / row) for name, row in changed.items()}
            props["thumbs"] = json.dumps(new)
        return gr.HTML(**props), (message, rows, chosen)

    pulse.watch(lambda _: overviews(runs))
    pulse.beat(show, [run, seen], [cards, seen])
    anew = guarded(lambda name: show(name, None))
    tab.select(anew, run, [cards, seen], **QUIET)  # what was sent out of view may be lost
    at_start(page, anew, [run], [cards, seen])
    cards.select(_named, None, run, **QUIET)
    cards.input(_ticked, None, ticked, **QUIET)

    return RunList(cards, ticked)


def _named(event: gr.EventData) -> Any:
    return gr.Dropdown(value=event.name)


def _ticked(event: gr.EventData) -> str:
    return json.dumps(list(event.names))


def _card(one: Overview) -> RunCard:
    facts: list[Text] = []
    if one.size:
        size = f"{one.size}×{one.size}"
        facts.append(
            t("{size} colour", size=size) if one.channels == 3 else t("{size} grey", size=size)
        )
        many = t("{count} pictures", count=f"{one.pictures:,}")
        facts.append(t("1 picture") if one.pictures == 1 else many)
    if one.step:
        facts.append(t("step {step}", step=f"{one.step:,}"))
    if one.loss is not None:
        facts.append(t("loss {loss}", loss=f"{one.loss:.4f}"))
    message = one.message if one.state in ("failed", "crashed", "waiting") else NOTHING
    return RunCard(one.name, one.state, message, facts, one.began)


def _thumb(path: Path) -> str:
    try:
        return _cut(path, path.stat().st_mtime_ns)
    except OSError:  # replaced while we looked
        return ""


@lru_cache(maxsize=256)
def _cut(path: Path, changed: int) -> str:
    """Return the first pictures of a row of samples, as a PNG in a data address."""
    data = io.BytesIO()
    with Image.open(path) as row:
        row.crop((0, 0, SHOWN * (row.height + GAP) - GAP, row.height)).save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
