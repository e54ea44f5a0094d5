"""A port to serve on, or one sentence that says why not."""

import errno
import socket

import pytest

from playground.cli import ports
from playground.cli.ports import free_port
from playground.errors import InputError


def reason(*given, **more):
    with pytest.raises(InputError) as told:
        free_port(*given, **more)
    assert str(told.value).endswith(".")
    return str(told.value)


def listening(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family)
    held.bind((host, 0))
    held.listen()
    return held


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "0.0.0.0"])
def test_a_port_is_found_at_each_kind_of_address(host):
    try:
        assert free_port(host, None, at_random=True) > 0
    except InputError:
        if host != "::1":
            raise
        pytest.skip("this machine has no IPv6")


def test_a_taken_port_is_told():
    with listening("127.0.0.1") as held:
        assert "taken" in reason("127.0.0.1", held.getsockname()[1])


def test_an_address_of_another_machine_is_told_as_such():
    assert "another machine" in reason("198.51.100.7", 7860)


def test_a_name_that_is_none_is_told():
    assert "no address" in reason("no.such.host.invalid", 7860)


def test_a_port_that_needs_rights_is_told(monkeypatch):
    def refuse(self, address):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(ports.socket.socket, "bind", refuse)
    told = reason("127.0.0.1", 80)
    assert "rights" in told
    assert "taken" not in told


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_no_such_port(port):
    assert str(port) in reason("127.0.0.1", port)
