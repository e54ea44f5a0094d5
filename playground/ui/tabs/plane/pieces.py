"""Long answers in pieces, so that work ends soon after its page has closed or asks no more."""

import time
from collections.abc import Iterator
from typing import Any

from playground.errors import InputError
from playground.serving.ahead import StoppedError, stopped
from playground.ui.tabs.plane.sessions import Room

Answer = dict[str, Any]
PIECE = 0.3  # seconds of work an answer to the page; a network call more at most


def piece(room: Room, what: str, begun: Iterator[Answer | None] | None) -> Answer:
    """Begin this work, or go on with the room's, for PIECE seconds.

    The last thing that it made, or {} for none; "more" tells that it has not ended. A page goes on
    by asking again; work for which nobody asks rests, and the next of its kind takes its place.
    """
    if begun is not None:
        room.works[what] = begun
    work = room.works.pop(what, None)
    if work is None:
        raise InputError("There is nothing to go on with; begin it first.")
    until, last = time.perf_counter() + PIECE, None
    for made in work:
        last = made or last
        if time.perf_counter() >= until:
            room.works[what] = work
            return {**(last or {}), "more": True}
    return last or {}


def whole(work: Iterator[Answer | None]) -> Iterator[Answer]:
    """All that it makes; StoppedError between two network calls once its request has ended."""
    for made in work:
        if made is not None:
            yield made
        elif stopped():
            raise StoppedError
