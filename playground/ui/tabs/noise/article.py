"""What the view of the article's formulas asks of the server: the field's side of it."""

import torch

from playground.bundled import SIDE
from playground.diffusion import schedules
from playground.diffusion.registry import Knob
from playground.diffusion.sample import sample
from playground.library import Library
from playground.sources import PICTURES, ideal_with
from playground.studio import article
from playground.ui.i18n.text import t
from playground.ui.media.pictures import EXAMPLES, picture
from playground.ui.tabs.noise.guess import data_address, guesser
from playground.ui.tabs.noise.messages import Drawn, OnePassRequest, Reversed, ReverseRequest
from playground.ui.widgets.knobs import SEED

T = Knob(0.7, 0.0, 1.0)
CALLS = Knob(1, 1, 50, 1, "Network calls.")
TIMES = 10  # that the article's loops run
ANY_PICTURE = next(iter(EXAMPLES))


def reverse(request: ReverseRequest) -> Reversed:
    """Return the way back from x_t by DDIM with the ideal denoiser, and its error."""
    x0 = picture(request.path)[0]
    chosen = schedules.get(request.schedule, **request.knobs)
    time, seed = T.check("t", request.t), SEED.check("seed", request.seed)
    found = article.reverse(x0, _known(x0), chosen, time, seed)
    return Reversed(data_address(found), article.error(found, article.small(x0)))


def errors(given: str | None, name: str, time: float, seed: int) -> dict[str, float]:
    """Return errors to the picture, in 255ths: of x_t, of the article's ways, of the field's."""
    x0, chosen = picture(given or ANY_PICTURE)[0], schedules.get(name)
    level, less = chosen.level(T.check("t", time)), article.small(x0)
    noise = article.small_noise(seed, (3, SIDE, SIDE))
    noised, forward = (
        level.alpha * less + level.sigma * noise,
        article.code_forward(less, noise, 10),
    )
    found = {
        "noised": noised,
        "article_inverse_of_noised": article.code_inverse(noised, TIMES),
        "article_forward": forward,
        "article_inverse_of_its_forward": article.code_inverse(forward, TIMES),
        "grey": torch.zeros_like(less),
        "field_reverse": article.reverse(x0, _known(x0), chosen, time, seed),
    }
    return {what: article.error(x, less) for what, x in found.items()}


def one_pass(library: Library, request: OnePassRequest) -> Drawn:
    """Return a picture from pure noise in so many calls, by whoever guesses at the left."""
    chosen = schedules.get(request.schedule, **request.knobs)
    calls, by = int(CALLS.check("calls", request.calls)), request.by
    who = guesser(library, by, picture(request.path or ANY_PICTURE)).denoiser
    seeds = [SEED.check("seed", request.seed)]
    *_, last = sample(who, chosen, "ddim", steps=calls, seeds=seeds)
    name = t("the ideal denoiser of the bundled pictures") if by == PICTURES else by
    if calls == 1:
        return Drawn(data_address(last.x[0]), t("1 call of {name}", name=name))
    return Drawn(data_address(last.x[0]), t("{calls} calls of {name}", calls=calls, name=name))


def _known(x0: torch.Tensor) -> torch.Tensor:
    return ideal_with(x0).data
