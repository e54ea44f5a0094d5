"""The queue in a line: what trains now, and what waits in which order."""

from typing import Any

import gradio as gr

from playground.training.runs import queue
from playground.ui.context import Context
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import Value, t
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.on_load import at_start
from playground.ui.tabs.train.pulse import Pulse

SHOWN = 4  # of those that wait, by name


def build(context: Context, page: gr.Blocks, pulse: Pulse) -> None:
    """Lay the line out here; it keeps its height, so that nothing moves when a run ends."""
    runs = context.library.runs
    line = gr.HTML(queue_line([], []), elem_id="queue-line")
    seen = gr.State("")

    def line_now() -> str:
        return queue_line(queue.training(runs), queue.waiting(runs))

    def show(seen: str) -> tuple[Any, Any]:
        now = line_now()
        return (gr.skip(), gr.skip()) if now == seen else (now, now)

    pulse.watch(lambda _: line_now())
    pulse.beat(show, seen, [line, seen])
    at_start(page, guarded(lambda: show("")), [], [line, seen])


def queue_line(training: list[str], waiting: list[str]) -> str:
    """Return what trains and what waits, in a sentence or two."""
    if not training and not waiting:
        return in_html(t("Nothing trains now: it starts at once."), "p")
    now: Value = ", ".join(training) or t("nothing")
    if not waiting:
        one = "<b>{names}</b> trains now: a new run waits for it in the queue."
        return in_html(t(one, names=now), "p")
    order: Value = ", ".join(f"{i}. {name}" for i, name in enumerate(waiting[:SHOWN], 1))
    if len(waiting) > SHOWN:
        order = t("{names} and {n} more", names=order, n=len(waiting) - SHOWN)
    both = t("<b>{names}</b> trains now. In the queue: {order}.", names=now, order=order)
    return in_html(both, "p")
