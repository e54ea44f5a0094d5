"""Training in short goes: after each the page sees where the network now takes its noise."""

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from playground.errors import InputError
from playground.training.loop.distill import DistillRun
from playground.training.loop.run import TrainingRun, TrainStep
from playground.ui.context import Context
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.tabs.plane import bands
from playground.ui.tabs.plane.messages import CurvePoint, TrainMessage
from playground.ui.tabs.plane.opening import LOOKS, Opening
from playground.ui.tabs.plane.request import NETWORK, STUDENT, PlaneRequest
from playground.ui.tabs.plane.sampling import Work, path_facts
from playground.ui.tabs.plane.sessions import PlaneSession


class _Learner(NamedTuple):
    run: TrainingRun | DistillRun
    steps: Iterator[TrainStep]
    new: bool


def go(request: PlaneRequest, session: PlaneSession) -> Work:
    """Train for some milliseconds, or one update; yield None at calls, then a TrainMessage.

    request.action: "go", "step" (one update), "new" (forget the network first), "reflow" (first
    draw the pairs that straighten its paths), "distill" and "teach" (begin a student of the
    network, and go on with it).
    """
    with session.lock:
        learner = _learner(request, session)
        step = _updates(learner, session, 0 if request.action == "step" else request.milliseconds)
    yield from _look(request, session, learner, step)


def opened(request: PlaneRequest, session: PlaneSession) -> Work:
    """Have the network that the tab opens with, kept or else trained now; yield as `go` does.

    Without one for this request, or where the session has a network already, yield nothing.
    """
    opening = Opening.of(request, session.library)
    if opening is None or session.run is not None:
        return
    with session.lock:
        step = opening.adopt(session, request.config)
        learner = _learner(request, session)
    if step:
        yield from _look(request, session, learner, step, kept=True)
        return
    for updates in LOOKS:
        with session.lock:
            while learner.run.step < updates:
                step = next(learner.steps)
        assert step
        yield from _look(request, session, learner, step)
        learner = learner._replace(new=False)
    with session.lock:
        opening.keep(session)


@lru_cache(maxsize=4)
def first_network(context: Context) -> MadeOnce[bool]:
    """Return the work that trains the network which the tab opens with, unless it is kept."""
    return MadeOnce(lambda: _prepare(context))


def _prepare(context: Context) -> bool:
    request, session = PlaneRequest(), PlaneSession(library=context.library)
    opening = Opening(context.library, request.cloud_set)
    if not opening.is_kept:
        for _ in opened(request, session):
            pass
    return opening.is_kept


def _look(
    request: PlaneRequest,
    session: PlaneSession,
    learner: _Learner,
    step: TrainStep,
    *,
    kept: bool = False,
) -> Work:
    """Yield None at calls, then the TrainMessage of where noise goes now; note it in the curve."""
    cloud, teaches = request.cloud_set, learner.run is session.student
    with session.lock:
        who = session.draws(STUDENT if teaches else NETWORK)
    about = yield from path_facts(who, request)
    # a student guesses ends of paths, not x0
    losses = None if teaches else bands.losses(who, cloud)
    if not kept:
        seconds = round(step.seconds, 3)
        session.note(CurvePoint(step.step, seconds, step.loss, about["distance"]))
    yield TrainMessage(
        **about,
        new=learner.new,
        step=step.step,
        seconds=step.seconds,
        loss=step.loss,
        points_per_second=step.images_per_second,
        parameters=sum(w.numel() for w in learner.run.network.parameters()),
        bands=losses,
        bands_floor=bands.floor(cloud) if losses else None,
        curve=list(session.curve) if kept else [],
    )


def _learner(request: PlaneRequest, session: PlaneSession) -> _Learner:
    """Return who is to learn, made or turned to the cloud as the action needs."""
    action = request.action
    if action in ("distill", "teach"):
        new = session.teach(fresh=action == "distill")
        assert session.student is not None
        assert session.lessons is not None
        return _Learner(session.student, session.lessons, new)
    new = session.begin(request.cloud_set, request.config, fresh=action == "new")
    if action == "reflow":
        session.straighten()
    assert session.run is not None
    assert session.steps is not None
    return _Learner(session.run, session.steps, new)


def _updates(learner: _Learner, session: PlaneSession, milliseconds: float) -> TrainStep:
    """Make the updates of so many milliseconds, at least one; return the last."""
    until = time.perf_counter() + milliseconds / 1000
    try:
        step = next(learner.steps)
        while time.perf_counter() < until:
            step = next(learner.steps)
    except InputError:  # it diverged: what follows would, too
        session.run = session.student = None
        raise
    return step
