"""Inpainting: what is masked is drawn anew, the rest stays."""

from collections.abc import Iterator

from torch import Tensor

from playground.diffusion.inpainting import ROUNDS, STRETCH, inpaint
from playground.diffusion.sample import Frame
from playground.ui.i18n.text import t
from playground.ui.tabs.edit.messages import EditNews, Panel, panel
from playground.ui.tabs.edit.stream import EditStream, Result, standing
from playground.ui.widgets.request import Request


def fill(
    request: Request, picture: Tensor, where: Tensor, rounds: int, stretch: int, result: Result
) -> Iterator[EditNews]:
    """Yield news of drawing the masked part, one picture a seed."""
    rounds, stretch = ROUNDS.check("rounds", rounds), STRETCH.check("jump", stretch)
    stream = EditStream()
    frames = request.served(
        lambda who: inpaint(
            who,
            picture,
            ~where,
            request.schedule,
            request.sampler,
            rounds=rounds,
            stretch=stretch,
            steps=request.steps,
            seeds=request.seeds,
            cond=request.cond,
            guidance=request.guidance,
        )
    )
    nfe = 0

    def panels(frame: Frame) -> list[Panel]:
        nonlocal nfe
        nfe = frame.nfe
        result.sheets.append(frame.shown)
        now = panel("now", frame.shown, t("now, x"), frame.index, standing(frame))
        if frame.x0 is None:
            return [now]
        caption = t("the guess, x0, its known part set")
        return [now, panel("guess", frame.x0, caption, frame.index)]

    yield from stream.stream(frames, panels)
    known = ~where.expand_as(result.sheets[-1])
    off = (result.sheets[-1] - picture)[known].abs()
    largest = float(off.max()) if off.numel() else 0.0
    result.facts = {
        "nfe": nfe,
        "masked_share": float(where.float().mean()),
        "known_off": largest,
    }
    words = [
        t(
            "The known part differs from the picture by {off}: at every step the guess is "
            "replaced there by the picture itself.",
            off=f"{largest:g}",
        )
    ]
    if rounds > 1:
        walked = "Each stretch of {steps} was walked {n} times, which cost {calls} calls in all."
        words.append(t(walked, steps=stretch, n=rounds, calls=nfe))
    yield stream.news([], words)
