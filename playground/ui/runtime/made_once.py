"""What a page shows before anybody pressed a button: made once, the same for everybody."""

import logging
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from playground import machine
from playground.errors import InputError
from playground.ui.i18n.text import Text
from playground.ui.page.contracts import plain
from playground.ui.runtime.opening_work import turn

T = TypeVar("T")
log = logging.getLogger(__name__)


class MadeOnce(Generic[T]):
    """Made in a thread of its own when it is first asked for; it stays until the app ends.

    Nothing else of the kind is made meanwhile, and one core does it: people go first.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._made: T | None = None

    def begin(self) -> None:
        """Have it made, if nobody had before."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def wait(self) -> T | None:
        """Return it once it is made; None where that failed."""
        self.begin()
        assert self._thread is not None
        self._thread.join()
        return self._made

    def made(self) -> T | None:
        """Return it, or None while it is not there yet."""
        self.begin()
        return self._made

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self._thread is not None and not self._thread.is_alive()

    def message(self, of: Callable[[T], Any], waiting: Text) -> dict[str, Any]:
        """Return what the page is sent of it; {"waiting": ...} until then, "" where it failed."""
        made = self.made()
        if made is not None:
            return dict(plain(of(made)))
        return {"waiting": "" if self.is_over else plain(waiting)}

    def _work(self) -> None:
        machine.set_threads(1)
        try:
            with turn():
                self._made = self._make()
        except InputError:
            pass  # the page says why when somebody asks for the same
        except Exception:
            log.exception("What a page shows first could not be made")
