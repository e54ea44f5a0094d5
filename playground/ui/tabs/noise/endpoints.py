"""The Noise tab for other programs: a noised picture, a guess, the levels of a schedule."""

import math
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.diffusion import schedules
from playground.diffusion.registry import Knob
from playground.diffusion.sample import noise
from playground.files import write_atomically
from playground.library import Library
from playground.sources import PICTURES
from playground.spaces.images import to_pil
from playground.ui.context import Context
from playground.ui.media.downloads import download_path
from playground.ui.media.pictures import picture as picture_of
from playground.ui.runtime.guard import for_all
from playground.ui.tabs.noise import article, service
from playground.ui.tabs.noise.guess import guess
from playground.ui.tabs.noise.messages import GuessRequest, OnePassRequest
from playground.ui.widgets.knobs import SEED, knob_settings

T = Knob(0.3, 0.0, 1.0)  # 0 is the clean picture


def noised(
    given: str | None, name: str, t: Any, seed: Any, set_knobs: Any, step: Any
) -> tuple[str, dict[str, Any]]:
    """Return the path of a noised picture and its level; `step` of the schedule counts before t."""
    chosen = schedules.get(name, **knob_settings(name, set_knobs))
    time = _time(t, step, service.last_step(chosen.knobs))
    number = int(SEED.check("seed", seed))
    x = noise(picture_of(given)[0], chosen, time, number)
    target = download_path(f"noised-{name}-{time:.3f}-{number}.png")
    write_atomically(target, lambda p: to_pil(x).save(p, "PNG"))
    level = chosen.level(time)
    finite = math.isfinite(level.log_snr)  # JSON knows no infinity: at both ends it is null
    return target, {
        "alpha": level.alpha,
        "sigma": level.sigma,
        "alpha_bar": level.alpha**2,
        "snr_db": 10 * level.log_snr / math.log(10) if finite else None,
        "t": time,
        "schedule": repr(chosen),
        "seed": number,
    }


def guessed(library: Library) -> Callable[..., tuple[str, dict[str, str]]]:
    """Return what guesses the original of a noised picture: the guess's path and its caption."""

    def guessed(
        given: str | None, name: str, t: Any, seed: Any, by: str, set_knobs: Any
    ) -> tuple[str, dict[str, str]]:
        knobs = knob_settings(name, set_knobs)
        time, number = T.check("t", t), int(SEED.check("seed", seed))
        x, made_by = guess(library, GuessRequest(given, name, knobs, number, by, time))
        target = download_path("guess.png")
        write_atomically(target, lambda p: to_pil(x).save(p, "PNG"))
        return target, {"caption": str(made_by.caption)}

    return guessed


def levels(schedule: str, knobs: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a schedule's alpha, sigma and log-SNR at every step (null: log-SNR is infinite)."""
    chosen, (alpha, sigma) = service.levels(schedule, knob_settings(schedule, knobs))
    log_snr = (2 * (alpha.log() - sigma.log())).tolist()
    return {
        "schedule": repr(chosen),
        "alpha": alpha.tolist(),
        "sigma": sigma.tolist(),
        "log_snr": [value if math.isfinite(value) else None for value in log_snr],
    }


def reconstruct(
    picture: str | None = None, schedule: str = "cosine", t: float = 0.7, seed: int = 0
) -> dict[str, float]:
    """Return errors to the picture, in 255ths: of it noised, of the article's and the field's."""
    return article.errors(picture, schedule, t, int(SEED.check("seed", seed)))


def offer(context: Context) -> None:
    """Offer what no button stands for."""

    def one_pass(
        schedule: str = "cosine", calls: int = 1, seed: int = 0, by: str = PICTURES
    ) -> dict[str, Any]:
        """Return a picture from pure noise in so many calls, as a data address, and who drew it."""
        asked = OnePassRequest(None, schedule, {}, seed, calls, by)
        drawn = article.one_pass(context.library, asked)
        return {"picture": drawn.picture, "caption": str(drawn.caption)}

    gr.api(for_all(levels), api_name="levels")
    gr.api(for_all(reconstruct), api_name="reconstruct")
    gr.api(for_all(one_pass), api_name="one_pass")


def _time(t: Any, step: Any, last: int) -> float:
    """Return t in [0, 1] as given, or of the step k/T where a step is given."""
    if step is not None:
        return float(Knob(0, 0, last).check("step", step)) / last
    return float(T.check("t", t))
