"""What a real Chromium sends, recorded from a visit: it is let in, and what all get is kept."""

import json
from pathlib import Path

import pytest

from playground.ui.runtime.access import Access
from playground.ui.runtime.allowance import Allowance
from playground.ui.runtime.caching import KeptAnswers
from playground.ui.runtime.door import Door
from playground.ui.runtime.hosts import Hosts
from playground.ui.runtime.same_origin import SameOrigin
from playground.ui.runtime.uploads import Uploads

from .asgi import Echo, ask

VISIT = json.loads((Path(__file__).parent / "chromium.json").read_text(encoding="utf-8"))
SAME_FOR_ALL = ("/assets/", "/static/", "/theme.css")


def layers(app, bound, key=None):
    kept = KeptAnswers(app, everyone=True)
    door = Door(Uploads(kept, Allowance()), Access(key))
    return SameOrigin(door, Hosts(bound), any_host=key is not None)


def told(one, host):
    headers = {
        name.replace("-", "_"): v.replace("HOST", host) for name, v in one["headers"].items()
    }
    return {"path": one["path"], "method": one["method"], **headers}


@pytest.mark.parametrize("one", VISIT, ids=[f"{one['method']} {one['path']}" for one in VISIT])
@pytest.mark.parametrize(
    ("bound", "host", "key"),
    [
        ("127.0.0.1", "localhost:7860", None),
        ("127.0.0.1", "127.0.0.1:7861", None),
        ("0.0.0.0", "192.168.4.1:7860", "k" * 32),
        ("0.0.0.0", "hall.university.example", "k" * 32),
        ("::1", "[::1]:7860", None),
    ],
)
def test_a_visit_is_let_in_and_the_second_one_answered_from_memory(one, bound, host, key):
    app = Echo()
    layer = layers(app, bound, key)
    for _ in range(2):
        assert ask(layer, **told(one, host)).status == 200
    kept = one["path"].startswith(SAME_FOR_ALL) or one["path"] == "/"
    assert len(app.asked) == (1 if kept else 2)


def test_the_recording_has_what_once_missed():
    """Module scripts and cross-origin styles, which carry an origin."""
    with_origin = [one["path"] for one in VISIT if "origin" in one["headers"]]
    assert any(path.startswith("/assets/") and path.endswith(".js") for path in with_origin)
    assert any(path.endswith(".css") for path in with_origin)
    assert any(path.startswith("/static/playground/") for path in with_origin)


@pytest.mark.parametrize("one", VISIT, ids=[f"{one['method']} {one['path']}" for one in VISIT])
def test_the_same_visit_sent_on_by_another_site_is_refused(one):
    app = Echo()
    asked = told(one, "127.0.0.1:7860") | {"origin": "http://evil.example"}
    asked["sec_fetch_site"] = "cross-site"
    assert ask(layers(app, "127.0.0.1"), **asked).status == 403
    assert app.asked == []
