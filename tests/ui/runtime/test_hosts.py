"""The names of an app, and those that another site could have pointed at it."""

import socket

import pytest

from playground.ui.runtime.hosts import Hosts, Place, is_loopback, place


@pytest.mark.parametrize(
    "text, expected",
    [
        ("localhost:7860", Place("localhost", 7860)),
        ("LocalHost.", Place("localhost", None)),
        ("[::1]:7860", Place("::1", 7860)),
        ("https://people.example:443/play", Place("people.example", None)),
        ("http://people.example:8443", Place("people.example", 8443)),
        ("name:port", Place("", None)),
        ("", Place("", None)),
    ],
)
def test_host_and_port(text, expected):
    assert place(text) == expected


@pytest.mark.parametrize("bound", ["127.0.0.1", "localhost", "::1"])
def test_on_a_loopback_address_only_loopback_names_are_its_own(bound):
    hosts = Hosts(bound)
    here = ["localhost", "LOCALHOST:7860", "127.0.0.1:7860", "127.9.9.9", "[::1]:80", "a.localhost"]
    assert all(hosts.has(name) for name in here)
    others = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.7", ""]
    assert not any(hosts.has(name) for name in [*others, socket.gethostname() + ".evil.example"])


def test_what_a_loopback_address_is_called_in_ipv4_within_ipv6():
    assert is_loopback("::ffff:127.0.0.1")
    assert not is_loopback("::ffff:10.0.0.7")


def test_on_every_address_it_has_names_that_no_site_can_have():
    hosts = Hosts("0.0.0.0")
    here = [
        "192.168.1.20:7860",
        "[fe80::1]",
        "laptop",
        "laptop.local:80",
        "localhost",
        "pc.home.arpa",
    ]
    assert all(hosts.has(name) for name in [*here, socket.gethostname()])
    assert not any(hosts.has(name) for name in ("evil.example", "192.168.1.20.evil.example", ""))


def test_an_address_that_it_was_given_is_its_own():
    hosts = Hosts("127.0.0.1", ["https://people.example/play", "/play"])
    assert hosts.has("people.example")
    assert not hosts.has("abc.tunnel.example")
    hosts.add("https://abc.tunnel.example")
    assert hosts.has("abc.tunnel.example")
