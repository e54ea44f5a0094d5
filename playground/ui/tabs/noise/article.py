"""What the view of the article's formulas asks of the server: the field's side of it."""

from typing import Any

import torch

from playground.bundled import SIDE
from playground.diffusion import schedules
from playground.diffusion.registry import Knob
from playground.diffusion.sample import sample
from playground.library import Library
from playground.sources import PICTURES, ideal_with
from playground.studio import article
from playground.ui.media.pictures import EXAMPLES, picture
from playground.ui.tabs.noise.service import data_address, guesser
from playground.ui.widgets.knobs import SEED

T = Knob(0.7, 0.0, 1.0)
CALLS = Knob(1, 1, 50, 1, "Network calls.")
TIMES = 10  # that the article's loops run
ANY_PICTURE = next(iter(EXAMPLES))


def reverse_message(ask: dict[str, Any]) -> dict[str, Any]:
    """The way back from x_t by DDIM with the ideal denoiser, and its error in 255ths."""
    x0 = picture(ask["path"])[0]
    chosen = schedules.get(ask["schedule"], **ask["knobs"])
    t, seed = T.check("t", ask["t"]), SEED.check("seed", ask["seed"])
    found = article.reverse(x0, _known(x0), chosen, t, seed)
    return {"picture": data_address(found), "error": article.error(found, article.small(x0))}


def errors(given: str | None, name: str, t: float, seed: int) -> dict[str, float]:
    """Errors to the picture, in 255ths: of x_t, of the article's ways, and of the field's."""
    x0, chosen = picture(given or ANY_PICTURE)[0], schedules.get(name)
    level, less = chosen.level(T.check("t", t)), article.small(x0)
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
        "field_reverse": article.reverse(x0, _known(x0), chosen, t, seed),
    }
    return {what: article.error(x, less) for what, x in found.items()}


def one_pass_message(library: Library, ask: dict[str, Any]) -> dict[str, str]:
    """A picture from pure noise in so many calls, by whoever guesses at the left."""
    chosen = schedules.get(ask["schedule"], **ask["knobs"])
    calls, by = int(CALLS.check("calls", ask["calls"])), ask["by"]
    who, _ = guesser(library, by, picture(ask["path"] or ANY_PICTURE))
    seeds = [SEED.check("seed", ask["seed"])]
    *_, last = sample(who, chosen, "ddim", steps=calls, seeds=seeds)
    name = "the ideal denoiser of the bundled pictures" if by == PICTURES else by
    times = "1 call" if calls == 1 else f"{calls} calls"
    return {"picture": data_address(last.x[0]), "caption": f"{times} of {name}"}


def _known(x0: torch.Tensor) -> torch.Tensor:
    return ideal_with(x0).data
