"""The Plane tab: diffusion of points, where density, paths and errors can all be drawn."""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from playground import machine
from playground.diffusion import guidance, samplers, schedules
from playground.errors import UNEXPECTED, InputError
from playground.models.targets import TARGETS
from playground.spaces import clouds
from playground.ui.page.joined import joined_part
from playground.ui.permalinks.restorable import Of, given_again, shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.gradio_internals import current_session
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.plane import (
    bands,
    decoded,
    kept,
    learning,
    pack,
    pieces,
    race,
    restoring,
    saving,
)
from playground.ui.tabs.plane.request import Ask
from playground.ui.tabs.plane.sessions import Room, Rooms
from playground.ui.widgets.knobs import knob_facts

log = logging.getLogger(__name__)
AT_ONCE = 2  # goes of training or sampling at a time; the others wait for less than a second each
LONG = 600.0  # seconds that another program may train in one call
KNOBS: dict[str, Any] = {"schedule": schedules, "sampler": samplers, "guidance": guidance}
GUIDES = ("classifier_free", "interval", "autoguidance")  # the others are for values with a range
CONTROLS = {
    *(
        "cloud",
        "classes",
        "schedule",
        "heat",
        "arrows",
        "lines",
        "beside",
        "who",
        "sampler",
        "steps",
        "count",
    ),
    *("seed", "kind", "guide", "guidance", "target", "net-width", "depth", "rate", "knobs", "t"),
}
SHARED = tuple(  # scripts in this order: what draws, then the parts that use the page's controls
    f"plane_{name}"
    for name in (
        *("draw", "fields", "chart", "bands", "pad", "latent", "paths", "views"),
        *("scene", "knobs", "answers", "own", "play", "train", "race", "beside", "save", "link"),
    )
)
KEPT_BACK = ("train", "keep", "plane_train", "plane_keep")
Answer = dict[str, Any]


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out in this page; the page asks for its contents when it is first seen."""
    rooms, gate = Rooms(shell.context.library), threading.BoundedSemaphore(AT_ONCE)
    answers: dict[str, Callable[[Ask, Room], Answer]] = {
        "cloud": cloud,
        "levels": lambda ask, room: {"levels": pack.levels(ask.schedule())},
        "train": lambda ask, room: _piece("train", learning.go, ask, room),
        "sample": lambda ask, room: _piece("sample", learning.drawn, ask, room),
        "lane": lambda ask, room: _piece("lane", race.lane, ask, room),
        "restore": restoring.restored,
        "save": lambda ask, room: _piece("save", saving.saved, ask, room),
        "keep": keep,
    }
    part = joined_part(
        "plane",
        value="{}",
        given="",
        shared=SHARED,
        facts=json.dumps(facts()),
        server_functions=[
            _marked(name, _answering(name, do, rooms, gate)) for name, do in answers.items()
        ],
    )
    shown_again(part, _again, large=True)
    _endpoints(rooms)


def _again(value: str, _: Of) -> gr.HTML:
    """The tab with these controls, {name: value} as JSON, and all others as it opens.

    own: a drawn, read or photographed cloud, which is read as the page's own questions are.
    """
    try:
        state = json.loads(value)
    except (ValueError, TypeError):
        state = None
    own = state.get("own") if isinstance(state, dict) else None
    plain = isinstance(state, dict) and all(
        name in CONTROLS and isinstance(value, str | bool)
        for name, value in state.items()
        if name != "own"
    )
    if not plain or not isinstance(own, dict | None):
        raise InputError('Say what the plane shows as {"cloud": "rings"}.')
    if own is not None:
        Ask({"cloud": own}).whole_cloud()
    return given_again(state, facts=json.dumps(facts()))


def _marked(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Leave to the presenter what trains here for long, or leaves a model behind."""
    return function if name in KEPT_BACK else open_to_all(function)


def facts() -> Answer:
    """What can be chosen."""

    def titles(registry: Any) -> list[list[str]]:
        return [[name, registry.entry(name).title] for name in registry.names()]

    stochastic = [name for name in samplers.names() if samplers.entry(name).order is None]
    return {
        "clouds": titles(clouds),
        "schedules": titles(schedules),
        "samplers": titles(samplers),
        "stochastic": stochastic,
        "racers": race.SAMPLERS,
        "targets": TARGETS,
        "guidance": [[n, guidance.entry(n).title] for n in GUIDES],
        "knobs": {
            kind: {name: knob_facts(registry.entry(name)) for name in registry.names()}
            for kind, registry in KNOBS.items()
        },
    }


def cloud(ask: Ask, room: Room) -> Answer:
    """The cloud with its density, the schedule's levels and the exact denoiser's guesses."""
    chosen, whole = ask.cloud(), ask.whole_cloud()
    told = pack.cloud_message(chosen, whole, ask.seeds()[0])
    told["models"] = list(room.library.points())
    return told | {
        "levels": pack.levels(ask.schedule()),
        "field": pack.field(pack.exact_of(chosen)),
        "bands_floor": bands.floor(chosen),
        "decoder": decoded.decoder(chosen),
    }


def keep(ask: Ask, room: Room) -> Answer:
    """The network saved under a name; it is then offered to draw, here and on the command line."""
    return kept.keep(room.library, room, str(ask.given.get("name", ""))[:60])


def _piece(what: str, work: Callable[[Ask, Room], learning.Work], ask: Ask, room: Room) -> Answer:
    return pieces.piece(room, what, None if ask.given.get("on") else work(ask, room))


def _answering(
    name: str, do: Callable[[Ask, Room], Answer], rooms: Rooms, gate: threading.BoundedSemaphore
) -> Callable[[str], Answer]:
    def answer(request: str) -> Answer:
        try:
            ask = Ask.read(request)
            room = rooms.of(str(ask.given.get("page"))[:40])
            with gate:
                machine.keep_threads()
                return do(ask, room)
        except InputError as error:
            return {"error": str(error)}
        except Exception:
            log.exception("The plane failed")
            return {"error": UNEXPECTED}

    answer.__name__ = name
    return answer


def _endpoints(rooms: Rooms) -> None:
    """The same for other programs: names and values in, facts out."""

    def room() -> Room:
        return rooms.of(f"client {current_session() or uuid.uuid4()}")

    def plane_cloud(ask: Any) -> Answer:
        read = Ask.read(ask)
        chosen = read.cloud()
        points, count = chosen.data.x[: len(read.seeds())], len(read.seeds())
        return {"points": points.tolist(), "floor": chosen.floor(count)}

    def plane_train(ask: Any) -> Iterator[Answer]:
        read = Ask.read(ask)
        seconds, here = float(read.given.get("seconds", 8.0)), room()
        if not 0 < seconds <= LONG:
            raise InputError(f"seconds must be above 0 and at most {LONG:g}.")
        while True:
            (told,) = pieces.whole(learning.go(read, here))
            yield _plain(told)
            if told["seconds"] >= seconds:
                return

    def plane_sample(ask: Any) -> Answer:
        (told,) = pieces.whole(learning.drawn(Ask.read(ask), room()))
        return _plain(told)

    def plane_decode(ask: Any) -> Answer:
        return decoded.decode(Ask.read(ask))

    def plane_save(ask: Any) -> Answer:
        (told,) = pieces.whole(saving.saved(Ask.read(ask), room()))
        return told

    def plane_restore(ask: Any) -> Answer:
        return restoring.restored(Ask.read(ask), room())

    def plane_keep(ask: Any) -> Answer:
        return keep(Ask.read(ask), room())

    def plane_race(ask: Any) -> Iterator[Answer]:
        yield from race.race(Ask.read(ask), room())

    told = gr.JSON(visible=False)
    for handler in (
        plane_cloud,
        plane_train,
        plane_sample,
        plane_save,
        plane_restore,
        plane_decode,
        plane_keep,
        plane_race,
    ):
        gr.Button(visible=False).click(
            in_turn(_marked(handler.__name__, guarded(handler)), lambda place: gr.skip()),
            gr.JSON({"cloud": "moons"}, visible=False, label="ask"),
            told,
            api_name=handler.__name__,
            show_progress="hidden",
            concurrency_limit=None,  # turns are taken by in_turn
        )


def _plain(told: Answer) -> Answer:
    """Without the arrays that only the page reads."""
    return {
        name: value for name, value in told.items() if name not in ("u", "x0", "field", "labels")
    }


TAB = Tab(
    "plane",
    "Plane",
    build,
    stage=("plane",),
)
