"""Who gets in: the printed link, its cookie, and what the audience may ask for."""

import pytest

from playground.ui.runtime.access import KEY_HEADER, ROLE, VISITOR, Access, Role
from playground.ui.runtime.door import Door

from .asgi import Echo, ask

KEY = "k" * 32
API = "/gradio_api"


@pytest.fixture
def app():
    return Echo()


@pytest.fixture
def door(app):
    return Door(app, Access(KEY))


def presenter(door, **request):
    return ask(door, cookie=f"a=b; {door.access.presenter_cookie}={KEY}", **request)


def test_the_printed_link_becomes_a_cookie_and_leaves_the_address(door, app):
    answer = ask(door, query=f"tab=race&key={KEY}&hide=a%20b")
    assert answer.status == 303
    assert answer.headers["location"] == "/?tab=race&hide=a+b"
    (cookie,) = answer.cookies
    assert KEY in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert app.asked == []
    ask(door, cookie=cookie.partition(";")[0])
    assert app.asked[0][ROLE] is Role.PRESENTER


def test_over_https_the_cookie_goes_by_https_alone(door):
    assert "; Secure" in ask(door, query=f"key={KEY}", scheme="https").cookies[0]


@pytest.mark.parametrize("root", ["/play", "https://people.example/play/"])
def test_below_a_proxy_s_path_link_and_cookie_stay_there(app, root):
    answer = ask(Door(app, Access(KEY), root), query=f"key={KEY}")
    assert answer.headers["location"] == "/play/"
    assert "Path=/play" in answer.cookies[0]


def test_a_wrong_key_is_told_in_a_sentence(door, app):
    answer = ask(door, query="key=other")
    assert (answer.status, answer.cookies, app.asked) == (403, [], [])
    assert b"Traceback" not in answer.body
    assert KEY.encode() not in answer.body


def test_programs_give_the_key_in_a_header(door, app):
    ask(door, path=f"{API}/monitoring", **{KEY_HEADER.replace("-", "_"): KEY})
    assert app.asked[0][ROLE] is Role.PRESENTER


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", path) for path in ("/monitoring", "/monitoring/summary", "/docs", "/runs")),
        *(("GET", f"{API}/{name}") for name in ("token", "stream/a/1/2/playlist.m3u8", "mcp/sse")),
        *(("GET", f"{API}/{name}") for name in ("profiling/traces", "runs", "dev/reload")),
        *(("POST", f"{API}/{name}") for name in ("process_recording", "stream/a", "mcp/")),
        *(("PUT", "/"), ("DELETE", f"{API}/upload"), ("POST", "/config"), ("POST", "/monitoring")),
    ],
)
def test_routes_that_the_page_does_not_need_are_the_presenter_s(door, app, method, path):
    answer = ask(door, path=path, method=method)
    assert answer.status == 403
    assert answer.body == b"Only the presenter can do this here."
    assert app.asked == []
    assert presenter(door, path=path, method=method).status == 200


@pytest.mark.parametrize(
    "path", ["deep_link", "proxy=http://a.example", "file=http://a.example", "vibe-edit/"]
)
def test_what_nobody_needs_is_nobody_s(door, app, path):
    assert presenter(door, path=f"{API}/{path}").status == 404
    assert app.asked == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", path) for path in ("/", "/config", "/assets/a.js", "/static/playground/1/a.js")),
        *(("GET", f"{API}/{name}") for name in ("info", "heartbeat/abc", "queue/data", "call/a/1")),
        *(("GET", f"{API}/{name}") for name in ("file=/tmp/gradio/a/b.png", "upload_progress")),
        *(("POST", f"{API}/{name}") for name in ("queue/join", "call/noise", "run/noise")),
        *(("POST", f"{API}/{name}") for name in ("upload", "component_server", "cancel", "reset")),
    ],
)
def test_what_looking_on_needs_goes_through(door, app, method, path):
    assert ask(door, path=path, method=method).status == 200
    assert app.asked[0][ROLE] is Role.AUDIENCE


def test_a_new_visitor_is_given_a_name_once(door, app):
    (cookie,) = ask(door).cookies
    assert ask(door, path="/config").cookies == []
    again = ask(door, cookie=cookie.partition(";")[0])
    assert again.cookies == []
    assert app.asked[-1][VISITOR] == cookie.partition("=")[2].partition(".")[0]
    assert ask(door, path="/config").status == 200
    assert app.asked[-1][VISITOR] == "address 10.0.0.9"  # who keeps no cookies


def test_nobody_names_themselves(door, app):
    """What a request says of rights in its own words counts for nothing."""
    ask(door, path="/config", playground_role="PRESENTER", cookie=f"{ROLE}=1; {VISITOR}=x")
    assert app.asked[0][ROLE] is Role.AUDIENCE


def test_no_websocket_is_open_to_the_audience(door, app):
    told = ask(door, path=f"{API}/ws", kind="websocket")
    assert told[0]["type"] == "websocket.close"
    assert app.asked == []
    presenter(door, path=f"{API}/ws", kind="websocket")
    assert len(app.asked) == 1


def test_where_no_key_is_needed_an_address_may_say_key(app):
    door = Door(app, Access())
    assert ask(door, query="key=1").status == 200
    assert app.asked[0][ROLE] is Role.PRESENTER
    assert ask(door, path="/monitoring").status == 200
