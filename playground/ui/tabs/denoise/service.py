"""What the Denoise tab computes: films, pictures for programs, and the journeys of films."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from playground import export
from playground.errors import InputError, unknown
from playground.sources import find
from playground.ui.context import Context
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import download_path
from playground.ui.media.film import messages, waiting_message
from playground.ui.media.film_cache import Film
from playground.ui.media.frame_queries import film_of
from playground.ui.media.messages import JourneyShown
from playground.ui.page.contracts import plain
from playground.ui.tabs.denoise.beside_ideal import beside, some_pictures
from playground.ui.tabs.denoise.journey import shown, standalone
from playground.ui.widgets.request import SamplingForm

VIEWS = ("x", "x0", "eps", "change", "journey")  # of the player


def waiting(place: Text | None) -> tuple[Any, gr.HTML]:
    """Return what the player shows while the request waits for its turn."""
    return gr.skip(), gr.HTML(frames=waiting_message(place))


class Denoising:
    """The handlers, in this context."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def generate(self, form: SamplingForm, beside_ideal: bool) -> Iterator[tuple[Film, gr.HTML]]:
        """Yield the film, which grows, and its newest frame for the player."""
        request = form.request(self.context)
        name = f"{request.model}-{request.seeds[0]}".replace(": ", "-")
        film = Film(name, request.note, recipe=request.recipe, labels=request.labels)
        guided = json.dumps(request.guided)
        ideal = beside(request) if beside_ideal else None
        pictures = partial(some_pictures, request.source, cost=ideal is not None)
        for message in messages(request.frames(), film, ideal, pictures):
            yield film, gr.HTML(frames=message, guided=guided)

    def denoise(self, form: SamplingForm) -> tuple[str, dict[str, Any]]:
        """Return the pictures side by side as a PNG, and the settings that made them."""
        request = form.request(self.context)
        take = export.Take(settings=request.recipe.to_json())
        for last in request.frames():
            take.add(last, last_only=True)
        path = download_path("samples.png")
        export.written(path, take, "png")
        return path, {
            "guidance": repr(request.guidance),
            "nfe": last.nfe,
            "seeds": list(request.seeds),
            "steps": request.steps,
            "schedule": repr(request.schedule),
            "sampler": repr(request.sampler),
        }

    def journey_of(self, question: dict[str, Any]) -> Any:
        """Return the journey of the run that the page shows, as the page is sent it."""
        run = str(question.get("run"))
        return plain(self._journey(run, film_of(run)))

    def save_journey(self, film: Film) -> tuple[str, dict[str, Any]]:
        """Return the journey of a film as one HTML file, and its paths for programs."""
        about = self._journey(film.key, film)
        facts = {"steps": list(about.steps), "share": about.share, "paths": about.paths}
        return standalone(about, str(film.made.line)), facts

    def _journey(self, run: str, film: Film | None) -> JourneyShown:
        if film is None or film.recipe is None:
            raise InputError("This run is gone; press Generate again.")
        return shown(run, film, find(film.recipe.model, self.context.library))


def view_of(value: str) -> dict[str, str]:
    """Return what the player shows, as a link tells it; InputError for what cannot be."""
    try:
        view = json.loads(value)["view"]
    except (ValueError, TypeError, KeyError):
        return {}
    if view not in VIEWS:
        raise unknown("view", str(view), VIEWS)
    return {"view": view}
