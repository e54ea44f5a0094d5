"""The app as it runs on a loopback address, asked as a page on the web would have a browser ask."""

import json
import urllib.error
import urllib.request

import pytest

from playground.training.config import TrainConfig
from playground.training.runs import manager

FOREIGN = "http://evil.example"


def answer(client, path, body=None, **headers):
    """Status and text of a raw request."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = None if body is None else json.dumps(body).encode()
    kind = {"Content-Type": "application/json"} if data else {}
    asked = urllib.request.Request(client.src.rstrip("/") + path, data, {**kind, **named})
    try:
        with urllib.request.urlopen(asked, timeout=60) as told:
            return told.status, told.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def run(runs_dir, tiny):
    made = manager.create(runs_dir, "kept", tiny, TrainConfig(steps=1))
    yield made
    if made.path.exists():
        manager.delete(made)


DELETE = "/gradio_api/call/train_delete"


def test_another_site_cannot_delete_a_run(client, run):
    for headers in ({"Origin": FOREIGN}, {"Origin": "null"}, {"Host": "evil.example"}):
        status, said = answer(client, DELETE, {"data": [run.name]}, **headers)
        assert status == 403
        assert said.endswith(".")
        assert "\n" not in said
    status, _ = answer(client, "/gradio_api/run/train_delete", {"data": [run.name]}, Origin=FOREIGN)
    assert status == 403
    assert run.path.exists()
    assert run.name in [one["name"] for one in client.predict(api_name="/train_list")]


def test_no_route_answers_another_site(client):
    asked = {"data": [], "fn_index": 0, "session_hash": "abc"}
    for path in ("queue/join", "component_server", "upload", "cancel", "reset", "call/noise"):
        assert answer(client, f"/gradio_api/{path}", asked, Origin=FOREIGN)[0] == 403
    for path in ("/", "/config", "/gradio_api/file=/etc/hostname", "/gradio_api/info"):
        assert answer(client, path, Host="evil.example")[0] == 403


def test_a_program_and_the_app_s_own_page_may(client, run):
    status, said = answer(client, DELETE, {"data": [run.name]}, Origin=client.src.rstrip("/"))
    assert status == 200
    event = json.loads(said)["event_id"]
    assert "event: complete" in answer(client, f"{DELETE}/{event}")[1]
    assert not run.path.exists()
