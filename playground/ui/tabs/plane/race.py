"""Samplers raced in the plane: the distance to held-out points against the number of calls."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from playground.diffusion import samplers
from playground.diffusion.sample import sample
from playground.errors import InputError
from playground.ui.tabs.plane.learning import Work, classes, denoiser, floor, judged
from playground.ui.tabs.plane.pieces import whole
from playground.ui.tabs.plane.request import Ask
from playground.ui.tabs.plane.sessions import Room

STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
MOST_CALLS, MOST_CHOSEN = 64, 160  # of a lane; of one that chooses its own steps
TOLERANCE, ERRORS = "tolerance", (0.2, 0.05, 0.01)
SAMPLERS = ("ddim", "heun", "dpmpp_2m", "ddpm")  # that race unless others are asked for


def lane(ask: Ask, room: Room) -> Work:
    """One sampler from the same noise at ever more calls: all points of its curve so far each."""
    cloud = ask.cloud()
    who, seeds = denoiser(ask, room, cloud), ask.seeds()
    schedule, guidance = ask.schedule(), ask.guidance()
    cond = classes(ask, cloud)
    judge = judged(ask, cloud)
    points: list[dict[str, Any]] = []
    real = floor(judge, len(seeds))
    for steps, sampler in rungs(ask.sampler()):
        frames = sample(
            *(who, schedule, sampler), steps=steps, seeds=seeds, cond=cond, guidance=guidance
        )
        last = next(frames)
        for frame in frames:
            yield None
            last = frame
        if last.nfe > (MOST_CHOSEN if TOLERANCE in sampler.knobs else MOST_CALLS):
            return
        if last.nfe not in (point["calls"] for point in points):
            points.append({"calls": last.nfe, "distance": judge.distance(last.x), **real})
            points.sort(key=itemgetter("calls"))  # a smaller error need not take more calls
            yield {"points": list(points)}


def rungs(sampler: samplers.Sampler) -> Iterator[tuple[int, samplers.Sampler]]:
    """The sampler at ever more steps; one that chooses them itself at ever smaller errors."""
    if TOLERANCE not in sampler.knobs:
        yield from ((steps, sampler) for steps in STEPS)
        return
    for error in ERRORS:
        yield STEPS[-1], samplers.get(sampler.name, **{**sampler.knobs, TOLERANCE: error})


def race(ask: Ask, room: Room) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The curves so far of every sampler that is asked for, again after each point."""
    chosen = ask.given.get("samplers", SAMPLERS)
    if not isinstance(chosen, list | tuple) or not 1 <= len(chosen) <= 8:
        raise InputError("Choose 1 to 8 samplers to race.")
    curves: dict[str, list[dict[str, Any]]] = {}
    for name in chosen:
        samplers.entry(str(name))
    for name in chosen:
        work = lane(Ask({**ask.given, "sampler": name, "sampler_knobs": None}), room)
        for made in whole(work):
            curves[str(name)] = made["points"]
            yield curves
