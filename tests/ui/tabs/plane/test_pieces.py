"""Long answers in pieces."""

import threading

import pytest

from playground.errors import InputError
from playground.serving.ahead import StoppedError, stopping
from playground.ui.tabs.plane import pieces, race, sampling
from playground.ui.tabs.plane.request import PlaneRequest


def test_work_comes_in_pieces_and_rests_while_nobody_asks(monkeypatch, small, new_session):
    monkeypatch.setattr(pieces, "PIECE", 0.0)
    session, ask = new_session(), PlaneRequest.read({**small, "who": "exact"})
    message, count = None, 1
    found = pieces.piece(session, "sample", sampling.sampled(ask, session))
    while found.more:
        found, count = pieces.piece(session, "sample", None), count + 1
        message = found.message or message
    assert message.nfe == small["steps"] < count
    with pytest.raises(InputError, match="begin"):
        pieces.piece(session, "sample", None)
    gone = threading.Event()
    token = stopping.set(gone)
    work = pieces.whole(race.lane(ask, session))
    next(work)
    gone.set()  # its page closed
    with pytest.raises(StoppedError):
        list(work)
    stopping.reset(token)
