"""The Train tab for other programs: what is known of runs, as facts."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.ui.context import Context
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train import service
from playground.ui.tabs.train.pictures import Pictures
from playground.ui.tabs.train.runs import Runs


def build(context: Context, chosen: Pictures, shown: Runs) -> None:
    """Lay the endpoints out; without values they are about what the page shows."""

    def speed(size: int = 32, colour: str = "colour", pictures: int = 0) -> service.Facts:
        return service.forecast(context, size, colour, pictures)

    def compare(names: list[str], over: str = "steps") -> list[service.Facts]:
        return service.comparison(context, names or (), over)

    about_run: dict[str, Callable[[Context, str], service.Facts]] = {
        "train_status": service.status,
        "train_history": service.history,
        "train_bands": service.bands,
        "train_copies": service.copies,
    }
    for name, facts in about_run.items():
        _endpoint(name, _in(context, facts), [shown.run])
    names, axis = gr.JSON(visible=False), gr.Textbox("steps", visible=False)
    _endpoint("train_compare", compare, [names, axis])
    count = gr.Number(0, visible=False, precision=0)
    _endpoint("train_speed", speed, [chosen.control("size"), chosen.control("colour"), count])
    _endpoint("train_list", lambda: service.runs(context), [])
    _endpoint("train_queue", lambda: service.order(context), [])


def _in(context: Context, facts: Callable[[Context, str], Any]) -> Callable[[str], Any]:
    return lambda name: facts(context, name)


def _endpoint(name: str, facts: Callable[..., Any], inputs: list[Any]) -> None:
    asked, answer = gr.Button(visible=False), gr.JSON(visible=False)
    asked.click(guarded(facts), inputs, answer, api_name=name)
