"""What the parts of a page have done when it opens, as one request and not one each."""

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import gradio as gr
from gradio.components.base import Component

from playground.ui.runtime.access import current_role, open_to_all, role_needed

Part = tuple[Callable[..., Any], list[Component], list[Component]]
_parts: "WeakKeyDictionary[gr.Blocks, list[Part]]" = WeakKeyDictionary()


def at_start(
    page: gr.Blocks,
    handler: Callable[..., Any],
    inputs: Sequence[Component],
    outputs: Sequence[Component],
) -> None:
    """Have this done when the page opens; as with Gradio, one output is returned without a list."""
    _parts.setdefault(page, []).append((handler, list(inputs), list(outputs)))


def build(page: gr.Blocks) -> None:
    """Lay out the request. Call it when all parts are there."""
    parts = _parts.pop(page, [])

    def start(*values: Any) -> list[Any]:
        left, shown = list(values), list[Any]()
        for handler, inputs, outputs in parts:
            given, left = left[: len(inputs)], left[len(inputs) :]
            if current_role() < role_needed(handler):
                shown += [gr.skip() for _ in outputs]
                continue
            try:
                found = handler(*given)
                shown += found if len(outputs) > 1 else [found]
            except gr.Error:  # guarded has told it to the terminal; the other parts go on
                shown += [gr.skip() for _ in outputs]
        return shown

    page.load(
        open_to_all(start),
        [one for _, inputs, _ in parts for one in inputs],
        [one for _, _, outputs in parts for one in outputs],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
