"""What tests of the Plane tab ask for: small networks, few points."""

import pytest

from playground.library import Library
from playground.ui.tabs.plane import learning, sampling
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.sessions import PlaneSession

SMALL = {"width": 16, "depth": 1, "count": 100, "steps": 4}


@pytest.fixture
def small():
    return dict(SMALL)


@pytest.fixture
def new_session(tmp_path):
    """A session whose library holds nothing."""
    return lambda: PlaneSession(library=Library(tmp_path / "runs", ()))


@pytest.fixture
def last():
    def of(work):
        *_, message = work
        return message

    return of


@pytest.fixture
def go(last):
    def train(session, **given):
        request = PlaneRequest.read({**SMALL, "milliseconds": 1, **given})
        return last(learning.go(request, session))

    return train


@pytest.fixture
def sampled(last):
    return lambda given, session: last(sampling.sampled(PlaneRequest.read(given), session))
