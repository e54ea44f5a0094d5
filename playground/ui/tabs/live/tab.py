"""The Live tab: drag the seed, and pictures appear as fast as a model of few calls draws them."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from playground import machine
from playground.files import write_atomically
from playground.serving.ahead import StoppedError
from playground.spaces.images import contact_sheet
from playground.ui.context import Context
from playground.ui.media.downloads import download_path
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.permalinks.restorable import Of, given_again, shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering, for_all
from playground.ui.runtime.on_load import at_start
from playground.ui.runtime.while_open import while_open
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.live import service
from playground.ui.tabs.live.ways import few, models, teacher

EXAMPLE = {"model": "emoji", "calls": 1, "seed": 0.5}


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out."""
    context, page = shell.context, shell.page
    newest = service.Newest()
    offers = _offers(context)
    board = page_part(
        "tabs/live/page/live_board",
        styles=("page/kit/made",),
        value="{}",
        given="",
        server_functions=[
            open_to_all(answering(_draw(context, newest))),
            open_to_all(while_open(answering(_teach(context, newest)))),
            service.opening(context).asked_by_page(),
        ],
        **offers,
    )

    def board_again(value: str, _: Of) -> gr.HTML:
        state = service.restored(value, models(context.library))
        return given_again(state, **_offers(context))

    shown_again(board, board_again)

    def refresh() -> gr.HTML:
        return gr.HTML(**_offers(context))

    at_start(page, for_all(refresh), [], [board])

    def live(ask: Any) -> tuple[str, dict[str, Any]]:
        question = service.read(ask)
        way = (teacher if question.teacher else few)(context.library, question)
        x = service.pictures(way, question)
        assert x is not None  # nobody else asks
        target = download_path("live.png")
        write_atomically(target, lambda p: contact_sheet(x).save(p, "PNG"))
        return target, {"by": way.name, "calls": way.calls, "how": str(way.how)}

    asked = gr.Button(visible=False)  # the page asks by its board, other programs by this
    asked.click(
        for_all(live),
        gr.JSON(EXAMPLE, visible=False, label="ask"),
        [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)],
        api_name="live",
    )


def _offers(context: Context) -> dict[str, Any]:
    """Return the part's models, and the settings that it opens with."""
    offered = models(context.library)
    question = service.opening_question(offered)
    return {"models": to_json(offered), "opens": to_json(question)}


def _draw(context: Context, newest: service.Newest) -> Callable[[Any], dict[str, Any]]:
    def draw(ask: Any) -> dict[str, Any]:
        """Return the pictures of one place of the slider, in few calls."""
        machine.keep_threads()
        question = service.read(ask)
        newest.note(question)
        try:
            return service.answered(service.drawing(few(context.library, question), question))
        except StoppedError:
            return service.answered(None)

    return draw


def _teach(context: Context, newest: service.Newest) -> Callable[[Any], dict[str, Any]]:
    def teach(ask: Any) -> dict[str, Any]:
        """Return the same noise in many calls, unless the page asks for others meanwhile."""
        machine.keep_threads()
        question = service.read(ask)
        newest.note(question)
        try:
            way = teacher(context.library, question)
            return service.answered(service.drawing(way, question, newest))
        except StoppedError:
            return service.answered(None)

    return teach


TAB = Tab(
    "live",
    "Live",
    build,
    group="See first",
    stage=("live_board",),
    first=service.opening,
    hints={
        "live-other-seeds": "Put the slider over 30 other seeds",
        "live-play": "Move the slider by itself, to and fro",
    },
)
