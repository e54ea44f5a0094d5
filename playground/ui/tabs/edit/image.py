"""Image to image: noise a picture up to a level and come back; at one strength, or at several."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from playground.diffusion.editing import STRENGTH, image_to_image
from playground.diffusion.sample import Frame
from playground.ui.i18n.text import Text, t
from playground.ui.tabs.edit.messages import EditNews, Panel, panel
from playground.ui.tabs.edit.stream import EditStream, Result, distance, standing
from playground.ui.widgets.request import Request

STRIP = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)


def at_one(
    request: Request, picture: Tensor, strength: float, result: Result
) -> Iterator[EditNews]:
    """Yield news of sampling from the picture at this strength, one a seed."""
    strength = STRENGTH.check("strength", strength)
    stream = EditStream()
    frames = _frames(request, picture, strength, request.seeds)

    def panels(frame: Frame) -> list[Panel]:
        result.sheets.append(frame.shown)
        now = panel("now", frame.shown, t("now, x"), frame.index, standing(frame))
        if frame.x0 is None:
            return [now]
        return [now, panel("guess", frame.x0, t("the guess, x0"), frame.index)]

    yield from stream.stream(frames, panels)
    off = distance(result.sheets[-1], picture)
    result.facts = {"strength": strength, "distance": off}
    yield stream.news(
        [],
        [
            t(
                "From {angle}° of 90° of noise: what is coarser than the noise is kept, what is "
                "finer is drawn anew.",
                angle=f"{strength * 90:.0f}",
            ),
            t("The end lies {off} from the picture (root mean square).", off=f"{off:.2f}"),
        ],
    )


def at_several(request: Request, picture: Tensor, result: Result) -> Iterator[EditNews]:
    """Yield news of the same noise at rising strengths, each a panel."""
    stream = EditStream()
    yield stream.news([panel("0.00", picture, t("strength 0: the picture"))])
    ends, distances = [picture[None]], [0.0]
    for strength in STRIP:
        key, caption = f"{strength:.2f}", t("strength {value}", value=f"{strength:g}")

        def panels(frame: Frame, key: str = key, caption: Text = caption) -> list[Panel]:
            if frame.index == frame.total:
                ends.append(frame.x)
            return [panel(key, frame.shown, caption, frame.index)]

        yield from stream.stream(_frames(request, picture, strength, request.seeds[:1]), panels)
        distances.append(distance(ends[-1], picture))
    result.sheets = [torch.cat(ends)]
    result.facts = {"strengths": [0.0, *STRIP], "distances": distances}
    yield stream.news(
        [],
        [
            t("One seed, more and more noise: first texture goes, then shapes, then the layout."),
            t("At strength 1 nothing of the picture is left."),
        ],
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
