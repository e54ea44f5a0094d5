"""What the Noise tab's scripts ask of the server, and the same for other programs."""

import math
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.sources import PICTURES
from playground.ui.context import Context
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering, for_all
from playground.ui.tabs.noise import article as article_scene
from playground.ui.tabs.noise import service as scene
from playground.ui.widgets.knobs import SEED, knob_settings


def asked_by_page(context: Context) -> list[Callable[[str], Any]]:
    """Functions of one JSON text, which the page calls by their names; errors come as words."""

    def guess(ask: dict[str, Any]) -> Any:
        return scene.guess_message(context.library, ask)

    def noise(ask: dict[str, Any]) -> Any:
        return {"noise": scene.noise_message(SEED.check("seed", ask.get("seed")))}

    def levels(ask: dict[str, Any]) -> Any:
        name = str(ask.get("schedule"))
        return scene.levels_message(name, knob_settings(name, ask.get("knobs")))

    def reverse(ask: dict[str, Any]) -> Any:
        return article_scene.reverse_message(ask)

    def one_pass(ask: dict[str, Any]) -> Any:
        return article_scene.one_pass_message(context.library, ask)

    answers = guess, noise, levels, reverse, one_pass
    return [open_to_all(answering(answer)) for answer in answers]


def levels(schedule: str, knobs: dict[str, Any] | None = None) -> dict[str, Any]:
    """Alpha, sigma and log-SNR of a schedule at every step (null where log-SNR is infinite)."""
    chosen, (alpha, sigma) = scene.levels(schedule, knob_settings(schedule, knobs))
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
    """Errors to the picture, in 255ths, of its noised version, of the article's and the field's."""
    return article_scene.errors(picture, schedule, t, SEED.check("seed", seed))


def offer(context: Context) -> None:
    """The endpoints of this tab that no button stands for."""

    def one_pass(
        schedule: str = "cosine", calls: int = 1, seed: int = 0, by: str = PICTURES
    ) -> dict[str, Any]:
        """A picture from pure noise in so many calls, as a data address, and who drew it."""
        ask = {"schedule": schedule, "knobs": {}, "calls": calls, "seed": seed, "by": by}
        return article_scene.one_pass_message(context.library, ask | {"path": None})

    gr.api(for_all(levels), api_name="levels")
    gr.api(for_all(reconstruct), api_name="reconstruct")
    gr.api(for_all(one_pass), api_name="one_pass")
