"""The Plane tab: diffusion of points, where density, paths and errors can all be drawn."""

import json
from pathlib import Path

import gradio as gr

from playground.errors import InputError
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.permalinks.restorable import Of, given_again, shown_again
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.plane import endpoints
from playground.ui.tabs.plane.controls import NAMES
from playground.ui.tabs.plane.facts import facts
from playground.ui.tabs.plane.learning import first_network
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.service import answers
from playground.ui.tabs.plane.sessions import PlaneSessions

STYLES = [
    "page/chart/figure",
    *(f"tabs/plane/page/plane_{part}" for part in ("boards", "controls")),
]


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out in this page; the page asks for its contents when it is first seen."""
    sessions = PlaneSessions(shell.context.library)
    part = page_part(
        "tabs/plane/page/plane",
        value="{}",
        given="",
        styles=STYLES,
        facts=to_json(facts()),
        server_functions=answers(sessions),
    )
    shown_again(part, _again, large=True)
    endpoints.build(sessions)


def _again(value: str, of: Of) -> gr.HTML:
    """Return the tab with these controls, {name: value} as JSON, and all others as it opens.

    own: a drawn, read or photographed cloud, which is read as the page's own questions are.
    """
    try:
        state = json.loads(value)
    except (ValueError, TypeError):
        state = None
    own = state.get("own") if isinstance(state, dict) else None
    fits = isinstance(state, dict) and all(
        name in NAMES and isinstance(value, str | bool)
        for name, value in state.items()
        if name != "own"
    )
    if not fits or not isinstance(own, dict | None):
        raise InputError('Say what the plane shows as {"cloud": "rings"}.')
    if own is not None:
        _ = PlaneRequest.read({"cloud": own}).whole_cloud_set  # or InputError
    return given_again(state, facts=to_json(facts()))


TAB = Tab(
    "plane",
    "Plane",
    build,
    group="Understand",
    stage=("plane",),
    stage_style=Path(__file__).parent / "page" / "stage_plane.css",
    first=first_network,
)
