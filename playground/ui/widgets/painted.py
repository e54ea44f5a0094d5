"""Parts of the page on which one paints, shown again for links."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from playground.errors import InputError, unknown
from playground.spaces.strokes import strokes
from playground.ui.permalinks.restorable import Of, given_again, shown_again

SHAPE = (3, 8, 8)  # to see whether it can be read; its own size is the page's to know


def painted_again(
    part: gr.HTML, what: str, words: Mapping[str, Sequence[str]] | None = None, **fixed: Any
) -> None:
    """Say that links tell what is painted on this part, under the name `what`, and `words`.

    words: name -> choices, the first by default. fixed: as for `given_again`.
    """
    choices = dict(words or {})

    def show(value: str, _: Of) -> gr.HTML:
        try:
            state = json.loads(value)
        except (ValueError, TypeError):
            state = None
        if not isinstance(state, dict) or not set(state) <= {what, *choices}:
            raise InputError(
                'Say what {elem_id} shows as {"{what}": "data:image/png;..."}.',
                elem_id=part.elem_id,
                what=what,
            )
        strokes(state.get(what), SHAPE)
        for name in choices.keys() & state.keys():
            if state[name] not in choices[name]:
                raise unknown(name, str(state[name])[:40], choices[name])
        return given_again(state, **fixed)

    shown_again(part, show, large=True)
