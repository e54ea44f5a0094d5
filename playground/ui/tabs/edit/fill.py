"""Inpainting: what is masked is drawn anew, the rest stays."""

from collections.abc import Iterator

from torch import Tensor

from playground.diffusion.inpainting import ROUNDS, STRETCH, inpaint
from playground.diffusion.sample import Frame
from playground.ui.tabs.edit.messages import Made, Panel, Teller, at, panel
from playground.ui.widgets.request import Request


def fill(
    request: Request, picture: Tensor, where: Tensor, rounds: int, stretch: int, made: Made
) -> Iterator[str]:
    """Messages of drawing the masked part, one picture a seed."""
    rounds, stretch = ROUNDS.check("rounds", rounds), STRETCH.check("jump", stretch)
    teller = Teller()
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
        made.sheets.append(frame.shown)
        now = panel("now", frame.shown, "now, x", frame.index, at(frame))
        if frame.x0 is None:
            return [now]
        return [now, panel("guess", frame.x0, "the guess, x0, its known part set", frame.index)]

    yield from teller.stream(frames, panels)
    known = ~where.expand_as(made.sheets[-1])
    off = (made.sheets[-1] - picture)[known].abs()
    largest = float(off.max()) if off.numel() else 0.0
    made.facts = {
        "nfe": nfe,
        "masked_share": float(where.float().mean()),
        "known_off": largest,
    }
    again = (
        f" Each stretch of {stretch} was walked {rounds} times, which cost {nfe} calls in all."
        if rounds > 1
        else ""
    )
    yield teller.message(
        [],
        f"The known part differs from the picture by {largest:g}: at every step the guess is "
        f"replaced there by the picture itself.{again}",
    )
