"""What the Plane tab answers its page and other programs."""

import base64
import json

import pytest

from playground.errors import InputError
from playground.ui.tabs.plane import tab
from playground.ui.tabs.plane.facts import facts
from playground.ui.tabs.plane.sessions import PlaneSessions

SMALL = {"width": 16, "depth": 1, "count": 100, "steps": 4}


def test_the_page_is_told_what_can_be_chosen_and_sessions_do_not_pile_up():
    found = facts()
    assert {"moons", "checkerboard"} <= {name for name, _ in found.clouds}
    sessions = PlaneSessions()
    first = sessions.of("a")
    assert sessions.of("a") is first
    for number in range(50):
        sessions.of(str(number))
    assert sessions.of("a") is not first


def test_the_endpoints_train_sample_and_measure(client):
    ask = {**SMALL, "cloud": "moons", "seconds": 0.3}
    client.predict(ask, api_name="/plane_cloud")  # drawn once, which takes its time
    job = client.submit(ask, api_name="/plane_train")
    told = job.result(60)
    assert told["seconds"] >= 0.3
    sampled = client.predict({**ask, "sampler": "heun"}, api_name="/plane_sample")
    assert sampled["nfe"] == 7
    assert len(told["bands"]) == len(told["bands_floor"])
    told = client.predict({**ask, "as": "csv"}, api_name="/plane_save")
    assert base64.b64decode(told["data"]).startswith(b"x,y\n")
    figure = client.predict(ask, api_name="/plane_spacetime")
    assert {trace["type"] for trace in figure["data"]} == {"surface", "scatter3d"}
    told = client.predict({"cloud": "digits", "points": [[0, 0]]}, api_name="/plane_decode")
    assert len(told["pictures"][0]) == 16
    cloud = client.predict({"cloud": "rings", "count": 60}, api_name="/plane_cloud")
    assert len(cloud["points"]) == 60
    with pytest.raises(Exception, match="moons"):
        client.predict({"cloud": "moon"}, api_name="/plane_cloud")


def test_a_link_shows_the_tab_as_it_was_and_refuses_what_it_has_not():
    shown = tab._again('{"cloud": "rings", "t": "0.3"}', lambda _: None)
    assert json.loads(shown.value) == {"cloud": "rings", "t": "0.3"}
    for odd in ("[]", "x", '{"page": "1"}', '{"cloud": ["rings"]}'):
        with pytest.raises(InputError, match="Say what"):
            tab._again(odd, lambda _: None)
