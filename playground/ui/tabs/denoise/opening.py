"""The film that the tab opens with, and that a page has until it makes one of its own."""

import json
from collections.abc import Iterator
from functools import lru_cache, partial

from playground.sources import choices
from playground.ui.context import Context
from playground.ui.i18n.text import t
from playground.ui.media.film import messages
from playground.ui.media.film_cache import Film
from playground.ui.runtime.made_once import MadeOnce
from playground.ui.tabs.denoise.beside_ideal import some_pictures
from playground.ui.widgets.model_choice import first_model
from playground.ui.widgets.request import SamplingForm


class FirstFilm(MadeOnce[str]):
    """The messages of the film, for the player; film: what there is of it, to be saved."""

    def __init__(self, context: Context) -> None:
        super().__init__(self._messages, t("The first pictures are being made."), json.loads)
        self.context = context
        self.film = Film()

    def _messages(self) -> Iterator[str]:
        model = first_model(choices(self.context.library))
        request = SamplingForm(model).request(self.context)
        film = self.film
        film.name, film.recipe, film.labels = model, request.recipe, request.labels
        made = t("made on this machine: {settings}", settings=request.recipe.line)
        pictures = partial(some_pictures, request.source, cost=False)
        yield from messages(request.frames(), film, data=pictures, made=made)


@lru_cache(maxsize=4)
def first_film(context: Context) -> FirstFilm:
    """Return the one of this app."""
    return FirstFilm(context)
