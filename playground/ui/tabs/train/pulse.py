"""When the tab has something new to show: its page asks, and only then is anything sent.

Gradio's timer would have the page go through all of its components at every tick.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.ui.page.part import page_part
from playground.ui.runtime.guard import answering, guarded
from playground.ui.tabs.train.pictures import QUIET

Now = Callable[[str | None], Any]


class Pulse:
    """A part that nobody sees and that asks while the tab is open."""

    def __init__(self) -> None:
        self._watched: list[Now] = []

        def stamp(question: dict[str, Any]) -> dict[str, str]:
            shown = [now(question["run"] or None) for now in self._watched]
            return {"stamp": hashlib.sha256(repr(shown).encode()).hexdigest()}

        self._part = page_part(
            "tabs/train/page/pulse",
            elem_id="train-pulse",
            server_functions=[answering(stamp)],
            run="",
        )

    def watch(self, now: Now) -> None:
        """Have this looked at: given the name of the run in view, it returns what is shown."""
        self._watched.append(now)

    def follow(self, run: gr.Dropdown) -> None:
        """Look at the run that this names."""
        run.change(guarded(lambda name: gr.HTML(run=name or "")), run, self._part, **QUIET)

    def beat(self, handler: Callable[..., Any], inputs: Any, outputs: Any) -> None:
        """Have this done when something has changed, and when the tab is opened."""
        # a change while the last one is being told must not be lost
        self._part.change(guarded(handler), inputs, outputs, trigger_mode="always_last", **QUIET)
