"""Samplers raced in the plane: the distance to held-out points against the number of calls."""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

from playground.diffusion import samplers
from playground.diffusion.sample import sample
from playground.ui.page.contracts import plain
from playground.ui.tabs.plane.messages import LaneMessage, LanePoint
from playground.ui.tabs.plane.pieces import whole
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.sampling import Work, classes, denoiser, judged, real_distance
from playground.ui.tabs.plane.sessions import PlaneSession

STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
MOST_CALLS, MOST_CHOSEN = 64, 160  # of a lane; of one that chooses its own steps
TOLERANCE, ERRORS = "tolerance", (0.2, 0.05, 0.01)


def lane(request: PlaneRequest, session: PlaneSession) -> Work:
    """Race one sampler from the same noise at ever more calls; yield its curve after each point."""
    who, seeds, cond = denoiser(request, session), request.seeds, classes(request)
    schedule, guidance = request.chosen_schedule, request.chosen_guidance
    judge = judged(request)
    points: list[LanePoint] = []
    real = real_distance(judge, len(seeds))
    for steps, sampler in rungs(request.chosen_sampler):
        frames = sample(
            *(who, schedule, sampler), steps=steps, seeds=seeds, cond=cond, guidance=guidance
        )
        last = next(frames)
        for frame in frames:
            yield None
            last = frame
        if last.nfe > (MOST_CHOSEN if TOLERANCE in sampler.knobs else MOST_CALLS):
            return
        if last.nfe not in (point.calls for point in points):
            points.append(LanePoint(last.nfe, judge.distance(last.x), **real))
            points.sort(key=attrgetter("calls"))  # a smaller error need not take more calls
            yield LaneMessage(list(points))


def rungs(sampler: samplers.Sampler) -> Iterator[tuple[int, samplers.Sampler]]:
    """Yield the sampler at ever more steps; one that chooses them at ever smaller errors."""
    if TOLERANCE not in sampler.knobs:
        yield from ((steps, sampler) for steps in STEPS)
        return
    for error in ERRORS:
        yield STEPS[-1], samplers.get(sampler.name, **{**sampler.knobs, TOLERANCE: error})


def race(request: PlaneRequest, session: PlaneSession) -> Iterator[dict[str, list[Any]]]:
    """Yield the curves so far of every sampler that is asked for, again after each point."""
    curves: dict[str, list[Any]] = {}
    for name in request.samplers:
        one = replace(request, sampler=name, sampler_knobs={})
        for message in whole(lane(one, session)):
            curves[name] = plain(message.points)
            yield curves
