"""The controls that an address may tell, each by a name."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components.base import Component

from playground.errors import InputError
from playground.ui.permalinks.restorable import Of, again

KINDS = (gr.Dropdown, gr.Slider, gr.Number, gr.Radio, gr.Checkbox, gr.Textbox)
VALUE, TEXT, LARGE, PICTURE = "value", "text", "large", "picture"


@dataclass(frozen=True)
class Kept:
    """A control whose value an address may tell.

    name: "denoise.steps", from its tab and label, or its element id. default: its value as the page
    opens. kind: VALUE; TEXT, which is JSON that an address tells as it is; LARGE, such JSON of
    which parts may be kept apart; or PICTURE, the path of one.
    """

    name: str
    component: Component
    default: Any
    kind: str = VALUE

    def read(self, text: str) -> Any:
        """Return the value that an address tells; InputError where the control cannot hold it."""
        if self.kind != VALUE:
            return text
        value, kind = _value(text), self.component
        refusal = InputError(
            "The link is wrong: {name} cannot be {text}.", name=self.name, text=repr(text[:40])
        )
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
        """Return what Gradio is sent to show this value."""
        how = again(self.component)
        return value if how is None else how.show(value, of)


def kept(page: gr.Blocks) -> list[Kept]:
    """Return every visible control with a label, and every part that can be shown again.

    What is more to show than a value says how (`again`).
    """
    found: dict[str, Kept] = {}
    for component in page.blocks.values():
        tabs = [*_tabs(component)][::-1]
        if not tabs or not isinstance(component, Component) or component.visible is not True:
            continue
        how, default, kind = again(component), component.value, VALUE
        if how and isinstance(component, gr.HTML):
            name, kind = str(component.elem_id), LARGE if how.large else TEXT
        elif component.label and (isinstance(component, KINDS) or (how and how.fit)):
            name = ".".join([*tabs, _slug(str(component.label))])
            if how and how.fit:
                default, kind = default["path"], PICTURE
        else:
            continue
        others = sum(one == name or one.startswith(f"{name}~") for one in found)
        name += f"~{others + 1}" if others else ""
        found[name] = Kept(name, component, default, kind)
    return list(found.values())


def _tabs(block: Any) -> Iterator[str]:
    """Yield the ids of the tabs in which this lies, the innermost first."""
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
