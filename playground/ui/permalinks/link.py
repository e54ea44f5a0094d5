"""The whole page's state in its address: every control that differs from how the page opens."""

from typing import Any
from urllib.parse import parse_qsl

import gradio as gr
from gradio.components.base import Component

from playground.errors import InputError, unknown
from playground.ui.i18n.text import t
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.controls import kept
from playground.ui.permalinks.resolving import Given
from playground.ui.permalinks.restorable import again
from playground.ui.permalinks.store import LinkStore
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.saying import said

STATE = "permalinks/page/page_state.js"
LONGEST = 20_000  # characters of an address
TAB, HIDE, STAY = "tab", "hide", "stay"  # stay: what is left as it is where nothing is told of it
LOST = "The picture or drawing of this link is not kept on this machine; all else is as it was."


class Link:
    """Makes addresses of the page's state, and the state of an address."""

    def __init__(self, page: gr.Blocks, tabs: gr.Tabs, store: LinkStore, outside: str = "") -> None:
        self.page, self.tabs, self.outside = page, tabs, outside
        self.kept = kept(page)
        self.given = Given(store, self.kept)
        self.tab_ids = [str(tab.id) for tab in tabs.children if isinstance(tab, gr.Tab)]

    def restored(self, query: str) -> list[Any]:
        """Return what the tabs and every control show by a query, "?denoise.steps=5".

        InputError, and no change, where it tells what cannot be. A warning where a picture or
        drawing is gone.
        """
        if len(query) > LONGEST:
            raise InputError("The link is longer than any of ours.")
        given = dict(parse_qsl(query.lstrip("?"), keep_blank_values=True))
        hidden, stays = (_words(given.pop(name, "")) for name in (HIDE, STAY))
        tab = given.pop(TAB, None)
        if tab is not None and tab not in self.tab_ids:
            raise unknown("tab", tab, self.tab_ids)
        given, lost = self.given.opened(given)
        values = {
            one.component: one.read(given[one.name]) if one.name in given else one.default
            for one in self.kept
        }
        shown: list[Any] = [gr.Tabs(selected=tab) if tab else gr.skip()]
        for one in self.kept:
            names = {one.name, one.name.rpartition(".")[2]}
            stay = names & stays and one.name not in given
            now = gr.skip() if stay else one.shown(values[one.component], values.get)
            shown.append(_hidden(now) if names & hidden else now)
        if lost:
            gr.Warning(said(t(LOST)))
        return shown + [values[component] for component, _ in self._known]

    @property
    def _known(self) -> list[tuple[Component, gr.State]]:
        """Controls whose value is held by a State, too."""
        every = [(one.component, again(one.component)) for one in self.kept]
        return [(component, how.known_by) for component, how in every if how and how.known_by]

    def build(self) -> None:
        """Lay out what follows addresses; its part makes the button that people see."""
        with gr.Row(elem_classes="unseen"):
            address = gr.Textbox(elem_id="link-address", label="address", container=False)
            made = gr.Button("Link", elem_id="link-made")
            restore = gr.Button("Restore", elem_id="link-restore")
            remember = gr.Button("Remember", elem_id="link-remember")
            code = page_part(
                "permalinks/page/link",
                elem_id="link-code",
                server_functions=self.given.asked_by_page(),
                outside=self.outside,
            )
        controls = [one.component for one in self.kept]
        states = [state for _, state in self._known]
        quiet: dict[str, Any] = {"show_progress": "hidden"}
        private = {"api_visibility": "private", **quiet}
        followed = restore.click(
            for_all(self.restored),
            address,
            [self.tabs, *controls, *states],
            js=started(STATE, {"event": "asked"}),
            api_name="restore_link",  # queued: only so does its error reach the page
            trigger_mode="always_last",  # one pressed meanwhile is not lost
            **quiet,
        )
        shown = started(STATE, {"event": "shown"})
        followed.success(None, None, None, js=shown, **private)
        about = [[one.name, one.default, one.kind] for one in self.kept]
        for button, word, outputs in ((made, "made", address), (remember, "remembered", None)):
            js = started(STATE, {"event": word, "controls": about})
            event = button.click(None, controls, outputs, js=js, trigger_mode="multiple", **private)
            if outputs:
                event.then(for_all(qr_code), address, code, queue=False, **private)


def _hidden(shown: Any) -> dict[str, Any]:
    """Return the update with the control hidden; its value counts all the same."""
    if isinstance(shown, Component):
        return gr.update(**{**shown.constructor_args, "visible": False})
    nothing = isinstance(shown, dict) and shown.get("__type__") == "update"
    return gr.update(visible=False) if nothing else gr.update(value=shown, visible=False)


def _words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",")}


def qr_code(address: str) -> str:
    """Return a QR code of this address as SVG; empty where it is longer than a code can hold."""
    import segno

    try:
        return str(segno.make(address, error="l").svg_inline(scale=4, border=3))
    except segno.DataOverflowError:
        return ""
