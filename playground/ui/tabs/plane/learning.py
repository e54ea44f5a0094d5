"""Training in short goes: after each the page sees where the network now takes its noise."""

import time
from collections.abc import Generator, Iterator
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.sample import Frame, sample
from playground.errors import InputError
from playground.plane_film import MODEL
from playground.training.data.clouds import CloudSet
from playground.training.loop.distill import DistillRun
from playground.training.loop.run import TrainingRun, TrainStep
from playground.ui.tabs.plane import bands, pack
from playground.ui.tabs.plane.kept import kept
from playground.ui.tabs.plane.request import ANY, EXACT, MILLISECONDS, NETWORK, STEPS, STUDENT, Ask
from playground.ui.tabs.plane.sessions import Room

KEPT = 40  # moments of a path that the page is sent


Work = Iterator[dict[str, Any] | None]  # None at every network call, the answer at the end


def go(ask: Ask, room: Room) -> Work:
    """Train for some milliseconds, or one update, and tell what came of it.

    ask.given: "action" is "go", "step" (one update), "new" (forget the network first), "reflow"
    (first draw the pairs that straighten its paths), or "distill" and "teach": begin a student of
    the network, and go on with it.
    """
    action = ask.word("action", ("go", "step", "new", "reflow", "distill", "teach"))
    cloud, config = ask.cloud(), ask.config()
    run: TrainingRun | DistillRun | None
    with room.lock:
        if action in ("distill", "teach"):
            new = room.teach(fresh=action == "distill")
            run, steps = room.student, room.lessons
        else:
            new = room.begin(cloud, config, fresh=action == "new")
            if action == "reflow":
                room.straighten()
            run, steps = room.run, room.steps
        assert run is not None
        assert steps is not None
        try:
            step = _some(steps, 0 if action == "step" else ask.number("milliseconds", MILLISECONDS))
        except InputError:  # it diverged: what follows would, too
            room.run = room.student = None
            raise
        who = room.draws("student" if run is room.student else "network")
        learns = run is not room.student  # a student guesses ends of paths, not x0
    told = yield from _told(who, ask, cloud)
    if learns:
        told |= {"bands": bands.losses(who, cloud), "bands_floor": bands.floor(cloud)}
    point = {"step": step.step, "seconds": round(step.seconds, 3), "loss": step.loss}
    room.note(point | {"distance": told["distance"]})
    yield told | {
        "new": new,
        "step": step.step,
        "seconds": step.seconds,
        "loss": step.loss,
        "points_per_second": step.images_per_second,
        "parameters": sum(w.numel() for w in run.network.parameters()),
    }


def _some(steps: Iterator[TrainStep], milliseconds: float) -> TrainStep:
    """The last of the updates of so many milliseconds; at least one."""
    until = time.perf_counter() + milliseconds / 1000
    step = next(steps)
    while time.perf_counter() < until:
        step = next(steps)
    return step


def drawn(ask: Ask, room: Room) -> Work:
    """The paths of the particles under who is asked for, with the distance."""
    cloud = ask.cloud()
    who = denoiser(ask, room, cloud)
    began = time.perf_counter()
    told = yield from _told(who, ask, cloud)
    yield told | {"milliseconds": 1000 * (time.perf_counter() - began)}


def _told(who: Denoiser, ask: Ask, cloud: CloudSet) -> Generator[None, None, dict[str, Any]]:
    frames = []
    for frame in paths(who, ask, cloud):
        frames.append(frame)
        yield
    judge = judged(ask, cloud)
    told = path_message(frames) | floor(judge, len(frames[-1].x))
    cond = classes(ask, cloud)
    told["labels"] = "" if cond is None else pack.octets(cond)
    told |= {"distance": judge.distance(frames[-1].x), "longer": longer(frames)}
    if ask.given.get("field"):
        told["field"] = pack.field(who, cloud)
    return told


def judged(ask: Ask, cloud: CloudSet) -> CloudSet:
    """The points that samples are held against: those of the class that is asked for."""
    word = str(ask.given.get("class", ANY))
    names = cloud.data.class_names
    return cloud.only(names.index(word)) if word in names else cloud


def longer(frames: list[Frame]) -> float:
    """How many times as long as straight lines the paths are, start to end, on the whole."""
    x = torch.stack([f.x for f in frames])
    way = x.diff(dim=0).norm(dim=-1).sum()
    return float(way / (x[-1] - x[0]).norm(dim=-1).sum())


def floor(cloud: CloudSet, count: int) -> dict[str, Any]:
    """The mean distance of as many real points, and between which ends chance moves it."""
    found = cloud.chance(count)
    return {"floor": sum(found) / len(found), "band": [min(found), max(found)]}


def denoiser(ask: Ask, room: Room, cloud: CloudSet) -> Denoiser:
    """Who is asked for guesses."""
    if str(ask.given.get("who")).startswith(MODEL):
        return kept(room.library, str(ask.given["who"]))
    who = ask.word("who", (NETWORK, EXACT, STUDENT))
    if who == EXACT:
        return pack.exact_of(cloud)
    with room.lock:
        return room.draws(who)


def paths(who: Denoiser, ask: Ask, cloud: CloudSet) -> Iterator[Frame]:
    """The frames of the particles, each with a class of the data where there are classes."""
    seeds = ask.seeds()
    return sample(
        who,
        ask.schedule(),
        ask.sampler(),
        steps=ask.number("steps", STEPS),
        seeds=seeds,
        cond=classes(ask, cloud),
        guidance=ask.guidance(),
    )


def classes(ask: Ask, cloud: CloudSet) -> Tensor | None:
    """One class for all if one is asked for, else as the held-out points have them."""
    names = cloud.data.class_names
    if not names:
        return None
    word = ask.word("class", (ANY, *names))
    if word != ANY:
        return torch.full((len(ask.seeds()),), names.index(word))
    return cloud.classes(ask.seeds())


def path_message(frames: list[Frame]) -> dict[str, Any]:
    """The particles at all levels, at most KEPT, as u = x / r, and the guesses that led there."""
    last = len(frames) - 1
    every = max(1, -(-last // KEPT))
    kept = [f for f in frames if f.index % every == 0 or f.index == last]
    guesses = [f.x0 for f in kept if f.x0 is not None]
    return {
        "levels": [[f.level.alpha, f.level.sigma] for f in kept],
        "u": pack.floats(torch.stack([f.x / f.level.radius for f in kept])),
        "x0": pack.floats(torch.stack(guesses)),
        "count": len(kept[0].x),
        "nfe": frames[-1].nfe,
    }
