"""What the Plane tab answers, by the names that its page asks for."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from playground import machine
from playground.errors import UNEXPECTED, InputError
from playground.ui.page.contracts import plain
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.saying import said
from playground.ui.tabs.plane import bands, decoded, learning, pack, race, sampling, saving
from playground.ui.tabs.plane.messages import CloudMessage, LevelsMessage
from playground.ui.tabs.plane.pieces import piece
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.restoring import restored
from playground.ui.tabs.plane.saved_networks import keep
from playground.ui.tabs.plane.sessions import PlaneSession, PlaneSessions

log = logging.getLogger(__name__)
AT_ONCE = 2  # goes of training or sampling at a time; the others wait for less than a second each
LONGEST = 40  # characters of a page's name

AT_A_TIME: dict[str, Callable[[PlaneRequest, PlaneSession], Any]] = {
    "cloud": lambda request, session: cloud(request, session),
    "levels": lambda request, session: LevelsMessage(pack.levels(request.chosen_schedule)),
    "restore": restored,
    "keep": lambda request, session: keep(session, request.name),
}
KEPT_BACK = ("train", "keep")  # the presenter's: what trains for long or leaves a model behind
IN_PIECES: dict[str, Callable[[PlaneRequest, PlaneSession], sampling.Work]] = {
    "train": learning.go,
    "open": learning.opened,
    "sample": sampling.sampled,
    "lane": race.lane,
    "save": saving.saved,
}


def cloud(request: PlaneRequest, session: PlaneSession) -> CloudMessage:
    """Return the cloud with its density, the schedule's levels and the exact denoiser's guesses."""
    chosen, whole = request.cloud_set, request.whole_cloud_set
    count = min(pack.SHOWN, len(chosen.data))
    labels = whole.data.labels
    return CloudMessage(
        name=chosen.name,
        count=count,
        x0=pack.floats(chosen.data.x[:count]),
        eps=pack.floats(pack.noise(count, request.seed)),
        labels=pack.octets(labels[:count]) if labels is not None else "",
        class_names=list(whole.data.class_names),
        density=pack.density(chosen),
        cells=pack.CELLS,
        turns=pack.TURNS,
        reach=pack.REACH,
        trained_on=len(chosen.data),
        held_out=len(chosen.held_out),
        models=list(session.library.points()),
        levels=pack.levels(request.chosen_schedule),
        field=pack.field(pack.exact_of(chosen)),
        bands_floor=bands.floor(chosen),
        decoder=decoded.decoder(chosen),
    )


def answers(sessions: PlaneSessions) -> list[Callable[[str], dict[str, Any]]]:
    """Return the functions that the page may call, each with the JSON text of a PlaneRequest.

    An answer is a message's fields, with "more" while a long one has not ended, or {"error"}.
    """
    gate = threading.BoundedSemaphore(AT_ONCE)

    def at_a_time(name: str) -> Callable[[PlaneRequest, PlaneSession], dict[str, Any]]:
        return lambda request, session: plain(AT_A_TIME[name](request, session))

    def in_pieces(name: str) -> Callable[[PlaneRequest, PlaneSession], dict[str, Any]]:
        def some(request: PlaneRequest, session: PlaneSession) -> dict[str, Any]:
            work = None if request.on else IN_PIECES[name](request, session)
            message, more = piece(session, name, work)
            return (plain(message) if message else {}) | ({"more": True} if more else {})

        return some

    def answering(
        name: str, answer: Callable[[PlaneRequest, PlaneSession], dict[str, Any]]
    ) -> Callable[[str], dict[str, Any]]:
        def call(text: str) -> dict[str, Any]:
            try:
                request = PlaneRequest.read(text)
                session = sessions.of(request.page[:LONGEST])
                with gate:
                    machine.keep_threads()
                    return answer(request, session)
            except InputError as error:
                return {"error": said(error)}
            except Exception:
                log.exception("The plane failed")
                return {"error": said(UNEXPECTED)}

        call.__name__ = name
        return call

    every = {name: at_a_time(name) for name in AT_A_TIME}
    every |= {name: in_pieces(name) for name in IN_PIECES}
    functions = {name: answering(name, answer) for name, answer in every.items()}
    return [one if name in KEPT_BACK else open_to_all(one) for name, one in functions.items()]
