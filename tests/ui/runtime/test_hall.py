"""The app as it runs for a hall, asked by programs with and without the presenter's key."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from playground.library import ASSETS
from playground.training.config import TrainConfig
from playground.training.runs import manager
from playground.ui.runtime.access import KEY_HEADER, REFUSED

from .test_enforcement import KEPT_BACK, KEPT_BACK_IN_THE_PAGE

pytestmark = pytest.mark.timeout(180)


class Hall(NamedTuple):
    address: str
    key: str
    runs: object

    def ask(self, path, body=None, key=None, **headers):
        """Status and text of one request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        named |= {"Content-Type": "application/json"} if data else {}
        named |= {KEY_HEADER: key} if key else {}
        asked = urllib.request.Request(self.address + path, data, named)
        try:
            with urllib.request.urlopen(asked, timeout=60) as told:
                return told.status, told.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def call(self, name, *values, key=None):
        """What an endpoint answers: its error, or its data."""
        _, text = self.ask(f"/gradio_api/run/{name}", {"data": values}, key)
        told = json.loads(text)
        return told.get("error") or told.get("data") or text


@pytest.fixture(scope="module")
def hall(tmp_path_factory, free_port):
    runs = tmp_path_factory.mktemp("hall")
    command = [sys.executable, "-m", "playground", "--no-browser", "--runs", str(runs)]
    command += ["--host", "0.0.0.0", "--port", str(free_port())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    found = re.search(r"is at http://localhost:(\d+)/\?key=(\S+)", process.stdout.readline())
    yield Hall(f"http://127.0.0.1:{found[1]}", found[2], runs)
    process.terminate()
    process.wait(20)


@pytest.fixture
def run(hall, tiny):
    made = manager.create(hall.runs, "my secret run", tiny, TrainConfig(steps=1))
    yield made
    if made.path.exists():
        manager.delete(made)


def test_the_audience_is_refused_by_every_endpoint_that_trains_or_deletes(hall, run):
    _, text = hall.ask("/gradio_api/info")
    names = {name.strip("/") for name in json.loads(text)["named_endpoints"]}
    assert names >= KEPT_BACK
    for name in KEPT_BACK:
        assert hall.call(name, run.name) == str(REFUSED)
    assert run.path.exists()
    assert str(REFUSED) not in hall.call("serving_status")


def test_no_private_event_is_open_that_its_button_would_refuse(hall, run):
    """Events without a public name have a number, by which anyone can call them."""
    config = json.loads(hall.ask("/config")[1])
    private = [one for one in config["dependencies"] if one["api_visibility"] == "private"]
    assert len(private) > 30
    before = sorted(hall.runs.rglob("*"))
    for one in private:
        body = {"data": [run.name] * len(one["inputs"]), "fn_index": one["id"]}
        for path in (f"run/{one['api_name']}", "queue/join"):
            status, _ = hall.ask(f"/gradio_api/{path}", {**body, "session_hash": "abc"})
            assert status < 600
    assert [one for one in before if not one.exists()] == []


def test_functions_that_parts_of_the_page_call_are_refused(hall):
    config = json.loads(hall.ask("/config")[1])
    found = [
        (one["id"], name)
        for one in config["components"]
        for name in one["props"].get("server_fns") or ()
    ]
    assert {name for _, name in found} >= KEPT_BACK_IN_THE_PAGE
    for number, name in found:
        asked = {"component_id": number, "fn_name": name, "session_hash": "a", "data": "{}"}
        status, text = hall.ask("/gradio_api/component_server", asked)
        assert (str(REFUSED) in text) == (name in KEPT_BACK_IN_THE_PAGE), (name, status, text[:200])


def test_the_page_tells_the_audience_no_run_and_no_place_of_files(hall, run):
    for path in ("/", "/config", "/gradio_api/info"):
        _, text = hall.ask(path)
        assert run.name not in text
        assert str(hall.runs) not in text


def test_the_key_gives_all_rights(hall, run):
    (listed,) = hall.call("train_list", key=hall.key)
    assert [one["name"] for one in listed] == [run.name]
    assert str(REFUSED) in hall.call("train_list", key=hall.key[:-1])
    hall.call("train_delete", run.name, key=hall.key)
    assert not run.path.exists()


def test_a_program_of_the_audience_samples_and_does_not_train(hall):
    audience = Client(hall.address, verbose=False)
    picture = handle_file(ASSETS / "pictures" / "cat.jpg")
    _, facts = audience.predict(picture, "flow", 0.25, 3, api_name="/noise")
    assert facts["alpha"] == 0.75
    with pytest.raises(AppError, match=re.escape(str(REFUSED))):
        audience.predict(api_name="/train_list")
    presenter = Client(hall.address, verbose=False, headers={KEY_HEADER: hall.key})
    assert presenter.predict(api_name="/train_list") == []


def test_no_file_of_the_presenter_s_is_served(hall, run):
    links = hall.runs / ".links"
    links.mkdir(exist_ok=True)
    (links / "0.png").write_text("secret")
    for path in (run.path / "config.json", links / "0.png", hall.runs, "/etc/passwd"):
        for route in (f"file={path}", f"file/{path}", f"file={path}/../config.json"):
            status, text = hall.ask(f"/gradio_api/{route}".replace(" ", "%20"))
            assert status in (403, 404), route
            assert "secret" not in text.replace(str(path), "")


def test_what_is_uploaded_never_runs_in_the_page(hall):
    """A script of the audience's, opened by the presenter, would have the presenter's rights."""
    upload = f"{hall.address}/gradio_api/upload"
    for name in ("a.html", "a.svg", "a.xhtml", "a.xml", "a.js", "a.txt", "a.pdf"):
        script = b"<html><script>document.title = 'ran'</script></html>"
        answer = httpx.post(upload, files={"files": (name, script)}, trust_env=False)
        (path,) = answer.json()
        got = httpx.get(f"{hall.address}/gradio_api/file={path}", trust_env=False).headers
        shown = got["content-type"].partition(";")[0]
        assert got["content-disposition"].startswith("attachment") or shown == "text/plain"
        assert got["x-content-type-options"] == "nosniff"


def test_no_error_tells_where_the_app_lies(hall):
    file = {"path": "x", "meta": {"_type": "gradio.FileData"}}
    said = hall.call("noise", file, "flow", 0.25, 3, "{}", None)
    assert "not uploaded" in said
    assert str(Path.cwd()) not in said
    assert "/" not in said


def test_another_site_has_no_rights_even_in_the_presenter_s_browser(hall):
    """The browser sends the cookie along, and from where."""
    ask = "/gradio_api/run/train_list", {"data": []}, hall.key
    assert hall.ask(*ask, Origin=hall.address)[0] == 200
    for origin in ("http://evil.example", "null"):
        status, told = hall.ask(*ask, Origin=origin)
        assert status == 403
        assert told.endswith(".")
