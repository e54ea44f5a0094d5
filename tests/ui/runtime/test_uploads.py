"""Uploads of the audience are refused before they are read."""

import json

import gradio as gr
import pytest
from starlette.testclient import TestClient

from playground.ui.runtime.access import ROLE, VISITOR, Role
from playground.ui.runtime.allowance import MEGABYTE, Allowance, Limits
from playground.ui.runtime.uploads import FULL, UPLOAD, Uploads

from .asgi import Echo, ask


class As:
    """What comes from this role, as the door lets it in."""

    def __init__(self, app, role):
        self.app, self.role = app, role

    async def __call__(self, scope, receive, send):
        await self.app({**scope, ROLE: self.role, VISITOR: "me"}, receive, send)


@pytest.fixture
def app():
    return Echo(json.dumps(["/tmp/a"]).encode())


@pytest.fixture
def layer(app):
    return As(Uploads(app, Allowance(Limits(uploads=3, megabytes=4))), Role.AUDIENCE)


def upload(layer, size, path=UPLOAD):
    return ask(layer, path=path, method="POST", content_length=str(size))


def test_so_many_and_so_much(layer, app):
    assert upload(layer, 5 * MEGABYTE).status == 413
    for _ in range(3):
        assert upload(layer, MEGABYTE).status == 200
    answer = upload(layer, 1)
    assert answer.status == 413
    assert answer.body.endswith(b".")
    assert len(app.asked) == 3


def test_each_file_of_one_upload_counts(layer, app):
    app.body = json.dumps(["/tmp/a", "/tmp/b", "/tmp/c"]).encode()
    assert upload(layer, 10).status == 200
    assert upload(layer, 10).status == 413


def test_what_does_not_say_how_large_it_is_is_refused(layer, app):
    assert ask(layer, path=UPLOAD, method="POST").status == 411
    assert ask(layer, path=UPLOAD, method="POST", content_length="-1").status == 411
    assert app.asked == []


def test_no_other_request_is_larger_than_any_of_the_page(layer):
    assert upload(layer, 100 * MEGABYTE, "/gradio_api/queue/join").status == 413
    assert upload(layer, MEGABYTE, "/gradio_api/queue/join").status == 200


def test_the_presenter_uploads_what_they_like(app):
    layer = As(Uploads(app, Allowance(Limits(uploads=0, megabytes=0))), Role.PRESENTER)
    assert upload(layer, 500 * MEGABYTE).status == 200
    assert ask(layer, path=UPLOAD, method="POST").status == 200


@pytest.mark.parametrize("role", Role)
def test_a_full_disk_is_told(small_disk, monkeypatch, role):
    """Gradio's own answer is that something failed."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(small_disk.path / "gradio"))
    (small_disk.path / "gradio").mkdir()
    with gr.Blocks() as page:
        gr.File()
    page.max_file_size = None  # as `launch` sets it
    layer = As(Uploads(gr.routes.App.create_app(page), Allowance()), role)
    small_disk.fill()
    picture = {"files": ("a.png", bytes(2_000_000), "image/png")}
    answer = TestClient(layer, raise_server_exceptions=True).post(UPLOAD, files=picture)
    assert (answer.status_code, answer.text) == (507, str(FULL))
    small_disk.free()
    assert TestClient(layer).post(UPLOAD, files=picture).status_code == 200


def test_another_failure_stays_one():
    async def fails(scope, receive, send):
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        upload(As(Uploads(fails, Allowance()), Role.PRESENTER), 1)
