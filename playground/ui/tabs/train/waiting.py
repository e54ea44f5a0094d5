"""The queue in a line: what trains now, and what waits in which order."""

import html
from typing import Any

import gradio as gr

from playground.training.runs import queue
from playground.ui.context import Context
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.on_load import at_start

SHOWN = 4  # of those that wait, by name


def build(context: Context, page: gr.Blocks, timer: gr.Timer) -> None:
    """Lay the line out here; it keeps its height, so that nothing moves when a run ends."""
    runs = context.library.runs
    line = gr.HTML(told([], []), elem_id="queue-line")
    seen = gr.State("")

    def show(seen: str) -> tuple[Any, Any]:
        now = told(queue.training(runs), queue.waiting(runs))
        return (gr.skip(), gr.skip()) if now == seen else (now, now)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    timer.tick(guarded(show), seen, [line, seen], trigger_mode="once", **quiet)
    at_start(page, guarded(lambda: show("")), [], [line, seen])

    def order() -> dict[str, list[str]]:
        return {"training": queue.training(runs), "waiting": queue.waiting(runs)}

    asked, answer = gr.Button(visible=False), gr.JSON(visible=False)
    asked.click(guarded(order), None, answer, api_name="train_queue")


def told(training: list[str], waiting: list[str]) -> str:
    """What trains and what waits, in a sentence or two."""
    if not training and not waiting:
        return "<p>Nothing trains now: it starts at once.</p>"
    now = ", ".join(f"<b>{html.escape(name)}</b>" for name in training) or "nothing"
    if not waiting:
        return f"<p>{now} trains now: a new run waits for it in the queue.</p>"
    order = ", ".join(f"{i}. {html.escape(name)}" for i, name in enumerate(waiting[:SHOWN], 1))
    more = f" and {len(waiting) - SHOWN} more" if len(waiting) > SHOWN else ""
    return f"<p>{now} trains now. In the queue: {order}{more}.</p>"
