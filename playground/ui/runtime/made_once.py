"""What a tab shows before anybody pressed a button: made once, the same for everybody."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from playground import machine
from playground.errors import UNEXPECTED, InputError
from playground.ui.i18n.text import Text, t
from playground.ui.page.contracts import plain
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering
from playground.ui.runtime.opening_work import turn
from playground.ui.runtime.saying import said

T = TypeVar("T")
log = logging.getLogger(__name__)
BEING_MADE = t("It is being made.")


class MadeOnce(Generic[T]):
    """Made in a thread of its own when it is first asked for; it stays until the app ends.

    Nothing else of the kind is made meanwhile, and one core does it: people go first.

    make: returns it, or yields it again and again as it grows, the last time whole. waiting: what
    the page says until there is something to see. shown: what the page is sent of it.
    """

    def __init__(
        self,
        make: Callable[[], T | Iterator[T]],
        waiting: Text = BEING_MADE,
        shown: Callable[[T], Any] = lambda made: made,
    ) -> None:
        self._make, self._waiting, self._shown = make, waiting, shown
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._made: T | None = None
        self._failed: InputError | Text | None = None

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
        """Return as much of it as there is; None while there is nothing yet."""
        self.begin()
        return self._made

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self._thread is not None and not self._thread.is_alive()

    def message(self) -> dict[str, Any]:
        """Return what the page is sent now, and have it made.

        {..., "more": True}: it may still grow. {"waiting": text}: there is nothing yet. {"failed":
        why}: nor will there be.
        """
        self.begin()
        over, made = self.is_over, self._made  # in this order, or the last part could be missed
        if made is not None:
            return dict(plain(self._shown(made))) | ({} if over else {"more": True})
        return {"failed": said(self._failed)} if over else {"waiting": plain(self._waiting)}

    def asked_by_page(self) -> Callable[[str], Any]:
        """Return the function `opening` that `page/kit/opening.js` asks until it is whole."""

        def opening(question: Any) -> dict[str, Any]:
            return self.message()

        return open_to_all(answering(opening))

    def _work(self) -> None:
        machine.set_threads(1)
        try:
            with turn():
                made = self._make()
                if isinstance(made, Iterator):
                    for self._made in made:
                        pass
                else:
                    self._made = made
        except InputError as error:
            self._failed = error
        except Exception:
            log.exception("What a page shows first could not be made")
            self._failed = UNEXPECTED
