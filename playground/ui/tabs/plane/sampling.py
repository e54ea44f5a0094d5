"""The paths of the particles under whoever is asked to draw, and how good their ends are."""

import time
from collections.abc import Generator, Iterator
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.sample import Frame, sample
from playground.plane_film import MODEL
from playground.training.data.clouds import CloudSet
from playground.ui.tabs.plane import pack, spacetime
from playground.ui.tabs.plane.fields import one_of
from playground.ui.tabs.plane.messages import PathMessage
from playground.ui.tabs.plane.opening import Opening
from playground.ui.tabs.plane.request import ANY, EXACT, PlaneRequest
from playground.ui.tabs.plane.saved_networks import saved_network
from playground.ui.tabs.plane.sessions import PlaneSession

KEPT = 40  # moments of a path that the page is sent

Work = Iterator[Any]  # None at every network call, messages in between or at the end


def sampled(request: PlaneRequest, session: PlaneSession) -> Work:
    """Yield None at each network call, then the PathMessage of who is asked to draw."""
    who = denoiser(request, session)
    began = time.perf_counter()
    about = yield from path_facts(who, request)
    yield PathMessage(**about, milliseconds=1000 * (time.perf_counter() - began))


def path_facts(who: Denoiser, request: PlaneRequest) -> Generator[None, None, dict[str, Any]]:
    """Yield at each network call, and return the fields of a PathMessage."""
    cloud, view = request.cloud_set, request.view
    frames = []
    for frame in paths(who, request):
        frames.append(frame)
        yield
    cond, judge = classes(request), judged(request)
    shown = kept_frames(frames)
    guesses = [f.x0 for f in shown if f.x0 is not None]
    in_space = view.space == "spacetime"
    return {
        "levels": [(f.level.alpha, f.level.sigma) for f in shown],
        "u": pack.floats(torch.stack([f.x / f.level.radius for f in shown])),
        "x0": pack.floats(torch.stack(guesses)),
        "labels": "" if cond is None else pack.octets(cond),
        "count": len(shown[0].x),
        "nfe": frames[-1].nfe,
        "distance": judge.distance(frames[-1].x),
        **real_distance(judge, len(frames[-1].x)),
        "longer": longer(frames),
        "field": pack.field(who, cloud) if view.needs_field else None,
        "space_time": spacetime.message(cloud, request, shown, cond) if in_space else None,
    }


def denoiser(request: PlaneRequest, session: PlaneSession) -> Denoiser:
    """Return who is asked for guesses; InputError for one that has learned nothing yet."""
    if request.who.startswith(MODEL):
        return saved_network(session.library, request.who)
    if request.who == EXACT:
        return pack.exact_of(request.cloud_set)
    with session.lock:
        opening = Opening.of(request, session.library)
        if session.run is None and opening:
            opening.adopt(session, request.config)  # a page that was forgotten, say
        return session.draws(request.who)


def paths(who: Denoiser, request: PlaneRequest) -> Iterator[Frame]:
    """Return the frames of the particles, each with a class of the data where there are any."""
    return sample(
        who,
        request.chosen_schedule,
        request.chosen_sampler,
        steps=request.steps,
        seeds=request.seeds,
        cond=classes(request),
        guidance=request.chosen_guidance,
    )


def kept_frames(frames: list[Frame]) -> list[Frame]:
    """Return at most KEPT frames and the last one, at even indices."""
    last = len(frames) - 1
    every = max(1, -(-last // KEPT))
    return [f for f in frames if f.index % every == 0 or f.index == last]


def classes(request: PlaneRequest) -> Tensor | None:
    """Return one class (N,) for all if one is asked for, else as the held-out points have them."""
    cloud = request.cloud_set
    names = cloud.data.class_names
    if not names:
        return None
    word = one_of(ANY, *names)("class", request.class_name)
    if word != ANY:
        return torch.full((request.count,), names.index(word))
    return cloud.classes(request.seeds)


def judged(request: PlaneRequest) -> CloudSet:
    """Return what samples are held against: the points of the class that is asked for."""
    cloud, word = request.cloud_set, request.class_name
    names = cloud.data.class_names
    return cloud.only(names.index(word)) if word in names else cloud


def longer(frames: list[Frame]) -> float:
    """Return how many times as long as straight lines the paths are, start to end, on the whole."""
    x = torch.stack([f.x for f in frames])
    way = x.diff(dim=0).norm(dim=-1).sum()
    return float(way / (x[-1] - x[0]).norm(dim=-1).sum())


def real_distance(cloud: CloudSet, count: int) -> dict[str, Any]:
    """Return the mean distance of as many real points, and between which ends chance moves it."""
    found = cloud.chance(count)
    return {"floor": sum(found) / len(found), "band": (min(found), max(found))}
