"""All pages' films within one bound of memory: the one untouched for longest goes first."""

import threading
import weakref

from playground.ui.media.film_cache import Film

LIMIT = 256 << 20  # bytes; 80 films as the page opens, or two of the largest


class Shelf:
    """Knows the films that are kept, oldest first; it keeps none itself."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self._films: list[weakref.ref[Film]] = []
        self._lock = threading.Lock()

    def touch(self, film: Film) -> None:
        """Tell that this film grew; others forget their frames where there is no more room."""
        with self._lock:
            alive = [found for ref in self._films if (found := ref()) and found is not film]
            sizes = [one.size for one in alive]
            room = self.limit - film.size
            while alive and sum(sizes) > room:
                alive.pop(0).forget()
                sizes.pop(0)
            self._films = [weakref.ref(one) for one in (*alive, film)]


SHELF = Shelf()
