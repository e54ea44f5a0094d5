"""The layer in front of Gradio: what it keeps, for whom, and what it leaves to the app."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from playground.ui.page.route import address
from playground.ui.runtime.access import ROLE, Role
from playground.ui.runtime.caching import KeptAnswers

PAGE = b'{"url": "http://here/gradio_api/file=/tmp/gradio/abc/cat.jpg"}' * 9
HOST = {"host": "here"}


class App:
    """Answers every path with its name, the page with what names a file; counts."""

    def __init__(self):
        self.asked = []

    async def __call__(self, scope, receive, send):
        path = scope["path"]
        self.asked.append(path)
        await asyncio.sleep(0)
        headers = [(b"content-type", b"text/x"), (b"content-length", b"1"), (b"etag", b"theirs")]
        status = 404 if "none" in path else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        body = PAGE if path == "/" else path.encode() * 50
        await send({"type": "http.response.body", "body": body[:20], "more_body": True})
        await send({"type": "http.response.body", "body": body[20:]})


async def ask(layer, path, query=b"", method="GET", role=Role.AUDIENCE, **headers):
    headers = {"accept-encoding": "gzip, deflate", **HOST, **headers}
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query}
    told = []

    async def send(message):
        told.append(message)

    await layer(scope | {"headers": raw, "scheme": "http", ROLE: role}, None, send)
    body = b"".join(one["body"] for one in told[1:])
    return told[0]["status"], {k.decode(): v.decode() for k, v in told[0]["headers"]}, body


def run(coroutine):
    """Its result. The browser's tests leave a loop of theirs running in this thread."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, coroutine).result()


def asks(layer, *calls):
    async def all_of_them():
        return [await ask(layer, *one) if isinstance(one, tuple) else await one for one in calls]

    return run(all_of_them())


@pytest.fixture
def app():
    return App()


@pytest.fixture
def layer(app):
    return KeptAnswers(app, everyone=True)


def test_many_who_ask_at_once_are_one_request(layer, app):
    async def crowd():
        return await asyncio.gather(*(ask(layer, "/assets/a.js") for _ in range(20)))

    answers = run(crowd())
    assert app.asked == ["/assets/a.js"]
    for status, headers, body in answers:
        assert (status, int(headers["content-length"])) == (200, len(body))
        assert gzip.decompress(body) == b"/assets/a.js" * 50
        assert headers["content-type"] == "text/x"
        assert "immutable" in headers["cache-control"]


def test_who_has_it_gets_nothing_but_that_it_is_the_same(layer):
    ((_, headers, _),) = asks(layer, ("/",))
    assert headers["cache-control"] == "no-cache"
    again, other = asks(
        layer, ask(layer, "/", if_none_match=headers["etag"]), ask(layer, "/", if_none_match='"x"')
    )
    assert (again[0], again[2]) == (304, b"")
    assert (other[0], gzip.decompress(other[2])) == (200, PAGE)


def test_files_that_the_page_names_are_kept_and_uploads_are_not(layer, app):
    named, upload = (
        f"/gradio_api/file=/tmp/gradio/{name}" for name in ("abc/cat.jpg", "abd/me.jpg")
    )
    asks(layer, ("/",), (named,), (named,), (upload,), (upload,))
    assert app.asked == ["/", named, upload, upload]


def test_what_differs_by_visitor_is_asked_of_the_app_each_time(layer, app):
    told = [
        ask(layer, "/", method="HEAD"),
        ask(layer, "/", query=b"deep_link=x"),
        ask(layer, "/assets/a.js", range="bytes=0-3"),
        ask(layer, "/assets/a.js", accept_encoding="identity"),
        ask(layer, "/assets/none.js"),
        ask(layer, "/gradio_api/startup-events"),
    ]
    expected = len(told) + 1  # what is refused was asked for the layer first
    asks(layer, *told)
    assert len(app.asked) == expected
    assert layer.kept == {}


def test_what_browsers_send_hits():
    """Chromium names the origin where a page asks for its own modules and styles."""
    origins, app = [], App()

    async def told(scope, receive, send):
        origins.append(dict(scope["headers"]).get(b"origin"))
        await app(scope, receive, send)

    layer = KeptAnswers(told, everyone=True)
    module = "/static/playground/0/page/kit/mount.js"
    answers = asks(
        layer,
        ask(layer, module, origin="http://here"),
        ask(layer, module),
        ask(layer, module, origin="https://here:8443"),
    )
    assert app.asked == [module]
    assert origins == [None]  # what is kept for all depends on nobody's
    assert len({body for _, _, body in answers}) == 1


def test_modules_of_this_version_stay_in_browsers(layer):
    ((_, headers, _),) = asks(layer, ("/" + address("page/kit/mount.js"),))
    assert "immutable" in headers["cache-control"]


def test_the_presenter_and_the_audience_have_a_page_each(layer, app):
    asks(layer, ("/",), ask(layer, "/", role=Role.PRESENTER), ask(layer, "/", role=Role.AUDIENCE))
    assert app.asked == ["/", "/"]


def test_each_address_of_the_page_has_its_own_and_a_link_has_the_same(layer, app):
    asks(layer, ask(layer, "/"), ask(layer, "/", host="there"), ask(layer, "/", query=b"tab=race"))
    assert app.asked == ["/", "/"]


def test_behind_a_password_only_gradio_s_own_files_are_kept(app):
    layer = KeptAnswers(app, everyone=False)
    asks(layer, ("/",), ("/",), ("/assets/a.js",), ("/assets/a.js",))
    assert app.asked == ["/", "/", "/assets/a.js"]


def test_the_oldest_goes_where_there_is_no_room(layer, app, monkeypatch):
    monkeypatch.setattr("playground.ui.runtime.caching.MOST", 100)  # bytes: two of these
    a, b, c = (f"/assets/{name}.js" for name in "abc")
    asks(layer, (a,), (b,), (c,), (c,), (a,))
    assert app.asked == [a, b, c, a]
    assert layer.size <= 100
