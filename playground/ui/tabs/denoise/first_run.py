"""The film that a page shows before anybody pressed Generate: made once, the same for everybody."""

import logging
import threading
from functools import lru_cache

from playground import machine
from playground.errors import InputError
from playground.sources import choices
from playground.ui.context import Context
from playground.ui.i18n.text import t
from playground.ui.media.film import messages, waiting_message
from playground.ui.media.film_cache import Film
from playground.ui.tabs.denoise.beside_ideal import some_pictures
from playground.ui.widgets.model_choice import first_model
from playground.ui.widgets.request import SamplingForm

log = logging.getLogger(__name__)


class FirstRun:
    """Made in a thread of its own when it is first asked for; it stays until the app ends."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.film = Film()
        self._news = waiting_message(t("The first pictures are being made."))
        self._lock = threading.Lock()
        self._making: threading.Thread | None = None

    def begin(self) -> threading.Thread:
        """Have it made, once."""
        with self._lock:
            if self._making is None:
                self._making = threading.Thread(target=self._make, daemon=True)
                self._making.start()
        return self._making

    def news(self) -> str:
        """Return the newest message of it for the player, which asks for the frames between."""
        self.begin()
        return self._news

    def _make(self) -> None:
        machine.keep_threads()
        model = first_model(choices(self.context.library))
        try:
            request = SamplingForm(model).request(self.context)
            film = self.film
            film.name, film.recipe, film.labels = model, request.recipe, request.labels
            made = t("made on this machine: {settings}", settings=request.recipe.line)
            pictures = some_pictures(request.source, cost=False)
            for message in messages(request.frames(), film, data=pictures, made=made):
                self._news = message
        except InputError as error:
            self._news = waiting_message(t("{why}", why=str(error)))
        except Exception:
            log.exception("The first run failed")
            self._news = waiting_message(t("The first pictures could not be made."))


@lru_cache(maxsize=4)
def first_run(context: Context) -> FirstRun:
    """Return the one of this app."""
    return FirstRun(context)
