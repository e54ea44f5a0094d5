"""The Plane tab for other programs: names and values in, facts out."""

import uuid
from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground.ui.page.contracts import plain
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.gradio_internals import current_session
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.queueing import in_turn
from playground.ui.tabs.plane import decoded, learning, pieces, race, sampling, saving
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.restoring import restored
from playground.ui.tabs.plane.saved_networks import keep
from playground.ui.tabs.plane.sessions import PlaneSession, PlaneSessions

Answer = dict[str, Any]
PAGE_ALONE = ("u", "x0", "field", "labels", "space_time", "curve")


def build(sessions: PlaneSessions) -> None:
    """Lay out the endpoints, each by its function's name; they need no page."""

    def session() -> PlaneSession:
        return sessions.of(f"client {current_session() or uuid.uuid4()}")

    def plane_cloud(ask: Any) -> Answer:
        request = PlaneRequest.read(ask)
        chosen = request.cloud_set
        points = chosen.data.x[: request.count]
        return {"points": points.tolist(), "floor": chosen.floor(request.count)}

    def plane_train(ask: Any) -> Iterator[Answer]:
        request, here = PlaneRequest.read(ask), session()
        while True:
            (message,) = pieces.whole(learning.go(request, here))
            yield _facts(message)
            if message.seconds >= request.seconds:
                return

    def plane_sample(ask: Any) -> Answer:
        (message,) = pieces.whole(sampling.sampled(PlaneRequest.read(ask), session()))
        return _facts(message)

    def plane_spacetime(ask: Any) -> Answer:
        request = PlaneRequest.read({**_named(ask), "view": {"space": "spacetime"}})
        (message,) = pieces.whole(sampling.sampled(request, session()))
        return {"data": message.space_time.traces, "layout": message.space_time.layout}

    def plane_decode(ask: Any) -> Answer:
        return decoded.decode(PlaneRequest.read(ask))

    def plane_save(ask: Any) -> Answer:
        (message,) = pieces.whole(saving.saved(PlaneRequest.read(ask), session()))
        return plain(message) | {"said": str(message.said)}

    def plane_restore(ask: Any) -> Answer:
        message = restored(PlaneRequest.read(ask), session())
        return plain(message) | {"said": str(message.said)}

    def plane_keep(ask: Any) -> Answer:
        return plain(keep(session(), PlaneRequest.read(ask).name))

    def plane_race(ask: Any) -> Iterator[Answer]:
        yield from race.race(PlaneRequest.read(ask), session())

    looks = (plane_cloud, plane_sample, plane_spacetime, plane_save, plane_restore)
    answer = gr.JSON(visible=False)
    for handler in (
        *map(open_to_all, (*looks, plane_decode, plane_race)),
        plane_train,  # these two are the presenter's
        plane_keep,
    ):
        gr.Button(visible=False).click(
            in_turn(guarded(handler), lambda place: gr.skip()),
            gr.JSON({"cloud": "moons"}, visible=False, label="ask"),
            answer,
            api_name=handler.__name__,
            show_progress="hidden",
            concurrency_limit=None,  # turns are taken by in_turn
        )


def _named(ask: Any) -> Answer:
    PlaneRequest.read(ask)  # or InputError
    return dict(ask) if isinstance(ask, dict) else {}


def _facts(message: Any) -> Answer:
    """Return a message without the arrays that only the page reads."""
    return {name: value for name, value in plain(message).items() if name not in PAGE_ALONE}
