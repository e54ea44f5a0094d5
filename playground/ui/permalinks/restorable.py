"""How controls that are more than a value are shown again, for links to the page's state."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import gradio as gr
from gradio.components.base import Component
from PIL import Image

Of = Callable[[Any], Any]  # what another component shows in the same moment


class Again(NamedTuple):
    """show: what Gradio is given, of a value and of what others show; InputError where it cannot.

    known_by: holds the value that is shown, too, so that only another one counts as a change.
    large: the JSON may hold what people drew or gave, too long for an address.
    fit: for an input of pictures, what links hold of an upload.
    """

    show: Callable[[Any, Of], Any]
    known_by: gr.State | None = None
    large: bool = False
    fit: Callable[[Path], Image.Image] | None = None


_known: "WeakKeyDictionary[Component, Again]" = WeakKeyDictionary()


def shown_again(
    component: Component,
    show: Callable[[Any, Of], Any],
    known_by: gr.State | None = None,
    *,
    large: bool = False,
) -> None:
    """Say how this component is shown again."""
    _known[component] = Again(show, known_by, large)


def picture_again(picture: gr.Image, fit: Callable[[Path], Image.Image]) -> None:
    """Say that links tell this picture, and what they hold of an upload: all that its tab uses."""
    _known[picture] = Again(lambda path, _: path or None, fit=fit)


def given_again(state: Any, **fixed: Any) -> gr.HTML:
    """Return a part with this state, as its value and as `given`, which its script watches.

    fixed: what the part always is given: one whose tab was never opened has only what came last.
    """
    given = json.dumps({"state": state, "sent": time.monotonic_ns()})  # new each time, so seen
    return gr.HTML(value=as_value(state), given=given, **fixed)


def as_value(state: Any) -> str:
    """Return JSON as a page writes it."""
    return json.dumps(state, separators=(",", ":"), ensure_ascii=False)


def again(component: Component) -> Again | None:
    """Return how this component is shown again, where that is more than its value."""
    return _known.get(component)
