"""Training in short goes: after each the page sees where the network now takes its noise."""

import time
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.sample import Frame, sample
from playground.errors import InputError
from playground.training.clouds import CloudSet
from playground.ui.plane import pack
from playground.ui.plane.ask import ANY, EXACT, MILLISECONDS, NETWORK, STEPS, Ask
from playground.ui.plane.rooms import Room

KEPT = 40  # moments of a path that the page is sent


def go(ask: Ask, room: Room) -> dict[str, Any]:
    """Train for some milliseconds, or one update, and tell what came of it.

    ask.given: "action" is "go", "step" (one update) or "new" (forget the network first).
    """
    action = ask.word("action", ("go", "step", "new"))
    cloud, config = ask.cloud(), ask.config()
    with room.lock:
        new = room.begin(cloud, config, fresh=action == "new")
        until = time.perf_counter() + ask.number("milliseconds", MILLISECONDS) / 1000
        run, steps = room.run, room.steps
        assert run is not None
        assert steps is not None
        try:
            step = next(steps)
            while action != "step" and time.perf_counter() < until:
                step = next(steps)
        except InputError:  # it diverged: what follows would, too
            room.run = None
            raise
        who = run.denoiser()
        frames = list(paths(who, ask, cloud))
        distance = cloud.distance(frames[-1].x)
        point = {"step": step.step, "seconds": round(step.seconds, 3), "loss": step.loss}
        room.note(point | {"distance": distance})
        told = path_message(frames) | {
            "new": new,
            "step": step.step,
            "seconds": step.seconds,
            "loss": step.loss,
            "points_per_second": step.images_per_second,
            "distance": distance,
            **floor(cloud, len(frames[-1].x)),
            "parameters": sum(w.numel() for w in run.network.parameters()),
        }
        if ask.given.get("field"):
            told["field"] = pack.field(who, cloud)
        return told


def drawn(ask: Ask, room: Room) -> dict[str, Any]:
    """The paths of the particles under the network, or the exact denoiser, with the distance."""
    cloud = ask.cloud()
    who = denoiser(ask, room, cloud)
    began = time.perf_counter()
    frames = list(paths(who, ask, cloud))
    took = time.perf_counter() - began
    told = path_message(frames) | {
        "distance": cloud.distance(frames[-1].x),
        **floor(cloud, len(frames[-1].x)),
        "milliseconds": 1000 * took,
    }
    if ask.given.get("field"):
        told["field"] = pack.field(who, cloud)
    return told


def floor(cloud: CloudSet, count: int) -> dict[str, Any]:
    """The mean distance of as many real points, and between which ends chance moves it."""
    found = cloud.chance(count)
    return {"floor": sum(found) / len(found), "band": [min(found), max(found)]}


def denoiser(ask: Ask, room: Room, cloud: CloudSet) -> Denoiser:
    """Who is asked for guesses."""
    if ask.word("who", (NETWORK, EXACT)) == EXACT:
        return pack.exact_of(cloud)
    with room.lock:
        return room.network()


def paths(who: Denoiser, ask: Ask, cloud: CloudSet) -> Any:
    """The frames of the particles, each with a class of the data where there are classes."""
    seeds = ask.seeds()
    return sample(
        who,
        ask.schedule(),
        ask.sampler(),
        steps=ask.number("steps", STEPS),
        seeds=seeds,
        cond=classes(ask, cloud, len(seeds)),
        guidance=ask.guidance(),
    )


def classes(ask: Ask, cloud: CloudSet, count: int) -> Tensor | None:
    """One class for all if one is asked for, else as the held-out points have them."""
    labels, names = cloud.held_out.labels, cloud.data.class_names
    if labels is None:
        return None
    word = ask.word("class", (ANY, *names))
    if word != ANY:
        return torch.full((count,), names.index(word))
    return labels[torch.arange(count) % len(labels)]


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
