"""The Live tab: drag the seed, and pictures appear as fast as a model of few calls draws them."""

import json
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground import machine
from playground.errors import UNEXPECTED, InputError
from playground.files import write_atomically
from playground.serving.ahead import StoppedError
from playground.spaces.images import contact_sheet
from playground.ui.context import Context
from playground.ui.media.downloads import download_path
from playground.ui.page.joined import joined_part
from playground.ui.permalinks.restorable import Of, given_again, shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.on_load import at_start
from playground.ui.runtime.saying import said
from playground.ui.runtime.while_open import while_open
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.live import service as scene

log = logging.getLogger(__name__)


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out."""
    context, page = shell.context, shell.page
    newest = scene.Newest()
    board = joined_part(
        "live_board",
        models=json.dumps(scene.models(context.library)),
        value="{}",
        given="",
        server_functions=[
            open_to_all(_draw_for(context, newest)),
            open_to_all(while_open(_teach_for(context, newest))),
        ],
    )

    def board_again(value: str, _: Of) -> gr.HTML:
        models = scene.models(context.library)
        return given_again(scene.state(value, models), models=json.dumps(models))

    shown_again(board, board_again)

    def refresh() -> gr.HTML:
        return gr.HTML(models=json.dumps(scene.models(context.library)))

    at_start(page, for_all(refresh), [], [board])

    def live(ask: Any) -> tuple[str, dict[str, Any]]:
        asked = scene.checked(ask)
        way = (scene.teacher if asked.get("teacher") else scene.few)(context.library, asked)
        x = scene.pictures(way, asked)
        assert x is not None  # nobody else asks
        target = download_path("live.png")
        write_atomically(target, lambda p: contact_sheet(x).save(p, "PNG"))
        return target, {"by": way.name, "calls": way.calls, "how": way.how}

    asked = gr.Button(visible=False)  # the page asks by its board, other programs by this
    asked.click(
        for_all(live),
        gr.JSON({"model": "emoji", "calls": 1, "seed": 0.5}, visible=False, label="ask"),
        [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)],
        api_name="live",
    )


def warm(context: Context) -> None:
    """Draw once with the model chosen first, in few calls and as its teacher does."""
    for model in scene.models(context.library)[:1]:
        ask = {"model": model["name"]}
        for way in (scene.few, scene.teacher):
            scene.message(way(context.library, ask), ask)


def _draw_for(context: Context, newest: scene.Newest) -> Callable[[str], dict[str, Any]]:
    def draw(request: str) -> dict[str, Any]:
        """The pictures of one position of the slider, in few calls."""
        _note(newest, request)
        return _answered(lambda ask: scene.message(scene.few(context.library, ask), ask), request)

    return draw


def _teach_for(context: Context, newest: scene.Newest) -> Callable[[str], dict[str, Any]]:
    def teach(request: str) -> dict[str, Any]:
        """The same noise in the teacher's many calls, unless the page asks for others meanwhile."""
        _note(newest, request)
        return _answered(
            lambda ask: scene.message(scene.teacher(context.library, ask), ask, newest), request
        )

    return teach


def _note(newest: scene.Newest, request: str) -> None:
    try:
        ask = json.loads(request)
        newest.note(str(ask["page"])[:40], int(ask["ticket"]))
    except (ValueError, TypeError, KeyError):
        pass


def _answered(do: Callable[[dict[str, Any]], dict[str, Any]], request: str) -> dict[str, Any]:
    try:
        machine.keep_threads()
        return do(scene.checked(json.loads(request)))
    except InputError as error:
        return {"error": said(error)}
    except StoppedError:
        return {"stale": True}
    except Exception:
        log.exception("A live drawing failed")
        return {"error": UNEXPECTED}


TAB = Tab(
    "live",
    "Live",
    build,
    group="See first",
    stage=("live_board",),
    warm=warm,
    hints={
        "live-other-seeds": "Put the slider over 30 other seeds",
        "live-play": "Move the slider by itself, to and fro",
    },
)
