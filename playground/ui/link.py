"""The whole page's state in its address: every control that differs from how the page opens."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr
from gradio.components.base import Component

from playground.errors import InputError, unknown
from playground.ui.again import Of, again
from playground.ui.guard import guarded

HERE = Path(__file__).parent
LONGEST = 20_000  # characters of an address
FOLLOWED = "() => [window.playgroundLink.followed = location.search]"
RESTORED = (
    "() => { const detail = window.playgroundLink.followed;"
    ' window.dispatchEvent(new CustomEvent("restored", { detail })); }'
)
TAB, HIDE = "tab", "hide"
KINDS = (gr.Dropdown, gr.Slider, gr.Number, gr.Radio, gr.Checkbox, gr.Textbox)


@dataclass(frozen=True)
class Kept:
    """A control whose value an address may tell.

    name: "denoise.steps", from its tab and label, or its element id. default: its value as the page
    opens. as_text: it holds JSON, which an address tells as it is.
    """

    name: str
    component: Component
    default: Any
    as_text: bool = False

    def read(self, text: str) -> Any:
        """The value as an address tells it; InputError where the control cannot hold it."""
        if self.as_text:
            return text
        value, kind = _value(text), self.component
        refusal = InputError(f"The link is wrong: {self.name} cannot be {text[:40]!r}.")
        if isinstance(kind, gr.Slider | gr.Number):
            number = isinstance(value, int | float) and not isinstance(value, bool)
            low, high = kind.minimum, kind.maximum
            if not number or not math.isfinite(value):
                raise refusal
            if (low is not None and value < low) or (high is not None and value > high):
                raise refusal
        elif isinstance(kind, gr.Checkbox):
            if not isinstance(value, bool):
                raise refusal
        elif isinstance(kind, gr.Radio):
            if value not in [one[1] for one in kind.choices]:
                raise refusal
        elif not isinstance(value, str):
            value = text
        return value

    def shown(self, value: Any, of: Of) -> Any:
        """What Gradio is given to show this value."""
        how = again(self.component)
        return value if how is None else how.show(value, of)


def kept(page: gr.Blocks) -> list[Kept]:
    """Every visible control with a label, and every part of the page that can be shown again.

    What is more to show than a value says how (`again`).
    """
    found: dict[str, Kept] = {}
    for component in page.blocks.values():
        tabs = [*_tabs(component)][::-1]
        if not tabs or not isinstance(component, Component) or component.visible is not True:
            continue
        part = isinstance(component, gr.HTML) and again(component) is not None
        if part:
            name = str(component.elem_id)
        elif isinstance(component, KINDS) and component.label:
            name = ".".join([*tabs, _slug(str(component.label))])
        else:
            continue
        others = sum(one == name or one.startswith(f"{name}~") for one in found)
        name += f"~{others + 1}" if others else ""
        found[name] = Kept(name, component, component.value, part)
    return list(found.values())


def _tabs(block: Any) -> Iterator[str]:
    """The ids of the tabs in which this lies, the innermost first."""
    while (block := getattr(block, "parent", None)) is not None:
        if isinstance(block, gr.Tab):
            yield _slug(str(block.id if block.id is not None else block.label))


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


class Link:
    """Makes addresses of the page's state, and the state of an address."""

    def __init__(self, page: gr.Blocks, tabs: gr.Tabs) -> None:
        self.page, self.tabs = page, tabs
        self.kept = kept(page)
        self.tab_ids = [str(tab.id) for tab in tabs.children if isinstance(tab, gr.Tab)]

    def restored(self, query: str) -> list[Any]:
        """What the tabs and every control show by an address's query, "?denoise.steps=5".

        InputError, and no change, where it tells what cannot be.
        """
        if len(query) > LONGEST:
            raise InputError("The link is longer than any of ours.")
        given = dict(parse_qsl(query.lstrip("?"), keep_blank_values=True))
        hidden = {word.strip() for word in given.pop(HIDE, "").split(",")}
        tab = given.pop(TAB, None)
        if tab is not None and tab not in self.tab_ids:
            raise unknown("tab", tab, self.tab_ids)
        values = {
            one.component: one.read(given[one.name]) if one.name in given else one.default
            for one in self.kept
        }
        shown: list[Any] = [gr.Tabs(selected=tab) if tab else gr.skip()]
        for one in self.kept:
            if hidden & {one.name, one.name.rpartition(".")[2]}:
                shown.append(type(one.component)(visible=False))
            else:
                shown.append(one.shown(values[one.component], values.get))
        return shown + [values[component] for component, _ in self._known]

    @property
    def _known(self) -> list[tuple[Component, gr.State]]:
        """Controls whose value is held by a State, too."""
        every = [(one.component, again(one.component)) for one in self.kept]
        return [(component, how.known_by) for component, how in every if how and how.known_by]

    def build(self) -> None:
        """Lay out what follows addresses; the script makes the button that people see."""
        with gr.Row(elem_classes="unseen"):
            address = gr.Textbox(elem_id="link-address", label="address", container=False)
            made = gr.Button("Link", elem_id="link-made")
            restore = gr.Button("Restore", elem_id="link-restore")
            remember = gr.Button("Remember", elem_id="link-remember")
            code = gr.HTML(elem_id="link-code")
        controls = [one.component for one in self.kept]
        states = [state for _, state in self._known]
        quiet: dict[str, Any] = {"show_progress": "hidden"}
        private = {"api_visibility": "private", **quiet}
        followed = restore.click(
            guarded(self.restored),
            address,
            [self.tabs, *controls, *states],
            js=FOLLOWED,
            api_name="restore_link",  # queued: only so does its error reach the page
            trigger_mode="always_last",  # one pressed meanwhile is not lost
            **quiet,
        )
        followed.success(None, None, None, js=RESTORED, **private)
        about = [[one.name, one.default, one.as_text] for one in self.kept]
        for button, word, outputs in ((made, "made", address), (remember, "remembered", None)):
            js = f"(...values) => window.playgroundLink.{word}({json.dumps(about)}, values)"
            event = button.click(None, controls, outputs, js=js, trigger_mode="multiple", **private)
            if outputs:
                event.then(guarded(qr_code), address, code, queue=False, **private)
        source = (HERE / "components" / "link.js").read_text(encoding="utf-8")
        self.page.load(None, js=source, api_visibility="private")


def qr_code(address: str) -> str:
    """A QR code of this address, as SVG; empty where it is longer than a code can hold."""
    import segno

    try:
        return str(segno.make(address, error="l").svg_inline(scale=4, border=3))
    except segno.DataOverflowError:
        return ""
