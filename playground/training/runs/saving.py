"""Saving what is trained where the disk may be full: it is tried again, and training goes on."""

import time
from collections.abc import Callable

from playground.errors import InputError

PATIENCE = 600.0  # seconds in which somebody may make room for what has been trained
RETRY = 1.0  # seconds between two tries


def tried(do: Callable[[], object]) -> str:
    """Return why it could not be done for now, in a sentence; "" where it was."""
    try:
        do()
    except (InputError, OSError) as error:
        return str(error)
    return ""


def save_at_last(save: Callable[[], object], given_up: Callable[[], bool]) -> None:
    """Save, again and again until it works.

    Raises InputError with the reason once `given_up` says so, or PATIENCE is over.
    """
    until = time.monotonic() + PATIENCE
    while trouble := tried(save):
        if given_up() or time.monotonic() > until:
            raise InputError(trouble)
        time.sleep(RETRY)
