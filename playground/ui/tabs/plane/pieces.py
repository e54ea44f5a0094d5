"""Long answers in pieces, so that work ends soon after its page has closed or asks no more."""

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from playground.errors import InputError
from playground.serving.ahead import StoppedError, stopped
from playground.ui.tabs.plane.sessions import PlaneSession

PIECE = 0.3  # seconds of work an answer to the page; a network call more at most


class Piece(NamedTuple):
    """The last message of some work, or None, and whether there is more to come."""

    message: Any
    more: bool


def piece(session: PlaneSession, kind: str, begun: Iterator[Any] | None) -> Piece:
    """Begin this work, or go on with the session's of that kind, for PIECE seconds.

    A page goes on by asking again; work for which nobody asks rests, and the next of its kind
    takes its place.
    """
    if begun is not None:
        session.works[kind] = begun
    work = session.works.pop(kind, None)
    if work is None:
        raise InputError("There is nothing to go on with; begin it first.")
    until, last = time.perf_counter() + PIECE, None
    for message in work:
        last = message or last
        if time.perf_counter() >= until:
            session.works[kind] = work
            return Piece(last, True)
    return Piece(last, False)


def whole(work: Iterator[Any]) -> Iterator[Any]:
    """Yield all messages; raise StoppedError between two network calls once the request ended."""
    for message in work:
        if message is not None:
            yield message
        elif stopped():
            raise StoppedError
