"""What is refused because another site asks it, and what goes through all the same."""

import pytest

from playground.ui.runtime.hosts import Hosts
from playground.ui.runtime.same_origin import SameOrigin

from .asgi import Echo, ask

POST = {"path": "/gradio_api/call/train_delete", "method": "POST"}
HERE = {"host": "127.0.0.1:7860"}
FOREIGN = "http://evil.example"


@pytest.fixture
def app():
    return Echo()


@pytest.fixture
def local(app):
    return SameOrigin(app, Hosts("127.0.0.1"))


def refused(layer, **request):
    before = len(layer.app.asked)
    answer = ask(layer, **request)
    passed = len(layer.app.asked) > before
    assert passed == (answer.status == 200)
    if not passed:
        assert answer.status == 403
        assert answer.body.count(b".") >= 1
        assert b"Traceback" not in answer.body
    return not passed


def test_a_name_that_is_not_this_machine_s_is_refused(local):
    assert refused(local, host="evil.example")
    assert refused(local, host="evil.example:7860", origin="http://evil.example:7860", **POST)
    assert not refused(local, host="localhost:7860")


@pytest.mark.parametrize(
    "origin", [FOREIGN, "null", "http://127.0.0.1:3000", "https://127.0.0.1:1"]
)
@pytest.mark.parametrize(
    "path",
    [
        *("/gradio_api/call/train_delete", "/gradio_api/queue/join", "/gradio_api/upload"),
        *("/gradio_api/component_server", "/gradio_api/run/train_delete", "/login"),
    ],
)
def test_what_another_site_posts_is_refused(local, origin, path):
    assert refused(local, path=path, method="POST", origin=origin, **HERE)


def test_a_question_before_the_question_is_refused_too(local):
    """Else a page could be let send `X-Forwarded-Host`, and call itself ours."""
    request = {"origin": FOREIGN, "access_control_request_method": "POST", **HERE}
    assert refused(local, path=POST["path"], method="OPTIONS", **request)


def test_the_app_s_own_page_may_ask_by_whichever_name_it_was_opened(local):
    for name in ("127.0.0.1:7860", "localhost:9999", "[::1]:7860"):
        assert not refused(local, host=name, origin=f"http://{name}", **POST)
    assert not refused(local, origin="HTTP://127.0.0.1:7860", **HERE, **POST)


def test_programs_send_no_origin_and_are_let_through(local):
    assert not refused(local, **HERE, **POST)
    assert not refused(local, path="/gradio_api/upload", method="POST", **HERE)


def test_what_a_browser_says_of_another_site_counts_where_it_sends_no_origin(local):
    for site in ("cross-site", "same-site"):
        for asked in ({"dest": "image", "mode": "no-cors"}, {"dest": "iframe", "mode": "navigate"}):
            sent = {f"sec_fetch_{name}": value for name, value in asked.items()}
            assert refused(local, path="/config", sec_fetch_site=site, **sent, **HERE)
    own = {"sec_fetch_site": "same-origin", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}
    assert not refused(local, path="/gradio_api/file=/a.png", **own, **HERE)


def test_a_link_on_another_site_may_open_the_page_and_no_more(local):
    opens = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", **HERE}
    assert not refused(local, query="tab=race", sec_fetch_dest="document", **opens)
    assert refused(local, method="POST", path="/login", sec_fetch_dest="document", **opens)


def test_no_other_site_may_lay_its_buttons_over_ours(local):
    policy = ask(local, **HERE).headers["content-security-policy"]
    assert policy == "frame-ancestors 'self'"


def test_a_file_is_nothing_else_than_its_name_says(local):
    """What somebody uploaded must not become a script of this origin."""
    for path in ("/gradio_api/file=/tmp/a.txt", "/gradio_api/file//tmp/a.txt"):
        assert ask(local, path=path, **HERE).headers["x-content-type-options"] == "nosniff"


def test_a_websocket_of_another_site_is_refused(local, app):
    (answer,) = ask(local, kind="websocket", origin=FOREIGN, **HERE)
    assert answer["type"] == "websocket.close"
    assert app.asked == []
    ask(local, kind="websocket", origin="http://127.0.0.1:7860", **HERE)
    assert len(app.asked) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"host": "127.0.0.1:7860", "x_forwarded_host": "people.example"},
        {"host": "127.0.0.1:7860", "x_forwarded_host": "people.example, inner.example"},
        {"host": "people.example"},
    ],
)
def test_behind_a_proxy_its_page_may_ask(app, told):
    layer = SameOrigin(app, Hosts("127.0.0.1", ["https://people.example/play"]))
    assert not refused(layer, origin="https://people.example", **told, **POST)
    assert refused(layer, origin="https://people.example.evil.example", **told, **POST)


def test_a_proxy_that_tells_no_port_is_believed_for_any(local):
    told = {"x_forwarded_host": "people.example", **HERE}
    assert not refused(local, origin="https://people.example:8443", **told, **POST)


def test_where_a_name_alone_gives_no_rights_any_will_do(app):
    layer = SameOrigin(app, Hosts("0.0.0.0"), any_host=True)
    assert not refused(layer, host="hall.university.example")
    assert refused(layer, host="hall.university.example", origin=FOREIGN, **POST)
