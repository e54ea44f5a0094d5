"""Whatever proxy the environment names, httpx asks this machine directly."""

import httpx
import pytest

from playground.ui.runtime import proxies
from playground.ui.runtime.proxies import own_address_directly

HERE = ("http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1")


def is_direct(url):
    """Whether no proxy is asked for it."""
    with httpx.Client() as client:
        return client._transport_for_url(httpx.URL(url)) is client._transport


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch):
    for name in (*proxies.NAMES, *proxies.NOT_BY):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("outside", [True, False])
@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_PROXY": "http://proxy.example:1"},
        {"all_proxy": "http://proxy.example:1", "no_proxy": "a.example"},
        {"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": "a.example,[::1]"},
        {"ALL_PROXY": "socks5://proxy.example:1"},
    ],
)
def test_this_machine_is_asked_directly(monkeypatch, told, outside):
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    with own_address_directly(outside=outside):
        assert all(map(is_direct, HERE))
    for name, value in told.items():
        assert proxies.os.environ[name] == value
    assert ("no_proxy" in proxies.os.environ) == ("no_proxy" in told)


def test_others_are_asked_by_the_proxy_where_they_are_asked(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:1")
    monkeypatch.setenv("NO_PROXY", "a.example")
    with own_address_directly(outside=True):
        assert not is_direct("http://b.example")
        assert is_direct("http://a.example")
