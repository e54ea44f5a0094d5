"""Saving what is trained where the disk may be full: it is tried again, and training goes on."""

import time
from collections.abc import Callable

from playground.errors import InputError
from playground.os_errors import sentence
from playground.texts import NOTHING, Text

PATIENCE = 600.0  # seconds in which somebody may make room for what has been trained
RETRY = 1.0  # seconds between two tries


def tried(do: Callable[[], object]) -> Text:
    """Return why it could not be done for now, in a sentence; NOTHING where it was."""
    try:
        do()
    except (InputError, OSError) as error:
        return sentence(error)
    return NOTHING


def save_at_last(save: Callable[[], object], given_up: Callable[[], bool]) -> None:
    """Save, again and again until it works.

    Raises InputError with the reason once `given_up` says so, or PATIENCE is over.
    """
    until = time.monotonic() + PATIENCE
    while trouble := tried(save):
        if given_up() or time.monotonic() > until:
            raise InputError.of(trouble)
        time.sleep(RETRY)
