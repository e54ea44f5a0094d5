"""Image to image: noise a picture up to a level and come back; at one strength, or at several."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from playground.diffusion.editing import STRENGTH, image_to_image
from playground.diffusion.sample import Frame
from playground.ui.tabs.edit.messages import Made, Panel, Teller, at, distance, panel
from playground.ui.widgets.request import Request

STRIP = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)


def at_one(request: Request, picture: Tensor, strength: float, made: Made) -> Iterator[str]:
    """Messages of sampling from the picture at this strength, one a seed."""
    strength = STRENGTH.check("strength", strength)
    teller = Teller()
    frames = _frames(request, picture, strength, request.seeds)

    def panels(frame: Frame) -> list[Panel]:
        made.sheets.append(frame.shown)
        now = panel("now", frame.shown, "now, x", frame.index, at(frame))
        if frame.x0 is None:
            return [now]
        return [now, panel("guess", frame.x0, "the guess, x0", frame.index)]

    yield from teller.stream(frames, panels)
    off = distance(made.sheets[-1], picture)
    made.facts = {"strength": strength, "distance": off}
    yield teller.message(
        [],
        f"From {strength * 90:.0f}° of 90° of noise: what is coarser than the noise is kept, what "
        f"is finer is drawn anew. The end lies {off:.2f} from the picture (root mean square).",
    )


def at_several(request: Request, picture: Tensor, made: Made) -> Iterator[str]:
    """Messages of the same noise at rising strengths, each a panel."""
    teller = Teller()
    yield teller.message([panel("0.00", picture, "strength 0: the picture")])
    ends, distances = [picture[None]], [0.0]
    for strength in STRIP:
        key, caption = f"{strength:.2f}", f"strength {strength:g}"

        def panels(frame: Frame, key: str = key, caption: str = caption) -> list[Panel]:
            if frame.index == frame.total:
                ends.append(frame.x)
            return [panel(key, frame.shown, caption, frame.index)]

        yield from teller.stream(_frames(request, picture, strength, request.seeds[:1]), panels)
        distances.append(distance(ends[-1], picture))
    made.sheets = [torch.cat(ends)]
    made.facts = {"strengths": [0.0, *STRIP], "distances": distances}
    yield teller.message(
        [],
        "One seed, more and more noise: first texture goes, then shapes, then the layout. "
        "At strength 1 nothing of the picture is left.",
    )


def _frames(
    request: Request, picture: Tensor, strength: float, seeds: Sequence[int]
) -> Iterator[Frame]:
    cond = request.cond
    return request.served(
        lambda who: image_to_image(
            who,
            picture,
            request.schedule,
            request.sampler,
            strength=strength,
            steps=request.steps,
            seeds=seeds,
            cond=None if cond is None else cond[: len(seeds)],
            guidance=request.guidance,
        )
    )
