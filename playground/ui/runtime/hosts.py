"""Which addresses are this app's own, by the names that a browser calls it."""

import ipaddress
import socket
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

EVERY = ("0.0.0.0", "::")  # hosts that stand for every address of this machine
# endings that nobody can register: names within one machine, one house or one company
PRIVATE = (".localhost", ".local", ".localdomain", ".lan", ".home", ".internal", ".home.arpa")


class Place(NamedTuple):
    """A host and its port; None for the usual port of http or https."""

    host: str
    port: int | None


def place(text: str) -> Place:
    """Read "name:port", "[::1]:port" or an address with a scheme; an empty host for what is none.

    Case, a final dot and the usual ports (80 and 443) make no difference.
    """
    parts = urlsplit(text if "//" in text else f"//{text}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Place("", None)
    return Place(host.rstrip("."), None if port in (80, 443) else port)


def is_loopback(host: str) -> bool:
    """Return whether this host is reached from this machine alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    return address is not None and address.is_loopback


class Hosts:
    """The names of one app: of the address that it is bound to, and those that it was given.

    On a loopback address its names are this machine's loopback names. Elsewhere they are those that
    no other site can have: addresses, names without a dot, names of a private network and this
    machine's own; a site that points its own name at this machine has none of these.
    """

    def __init__(self, bound: str, known: Iterable[str] = ()) -> None:
        """bound: the host that is served on. known: further addresses that people open it by."""
        self.bound = place(_bracketed(bound)).host
        self.loopback = is_loopback(self.bound)
        self.known = {place(one) for one in known if "://" in one}

    def add(self, address: str) -> None:
        """Take in an address that was given only now, as that of a tunnel."""
        self.known.add(place(address))

    def has(self, named: str) -> bool:
        """Return whether `named`, a Host header, is one of this app's names."""
        host = place(named).host
        if host and host in {one.host for one in self.known}:
            return True
        if host == self.bound and host not in EVERY:
            return True
        if self.loopback:
            return is_loopback(host)
        return _is_none_of_others(host)


def _is_none_of_others(host: str) -> bool:
    if not host:
        return False
    if _address(host) is not None or "." not in host or host.endswith(PRIVATE):
        return True
    return host in _own_names()


@lru_cache(maxsize=1)
def _own_names() -> frozenset[str]:
    return frozenset(name.lower().rstrip(".") for name in (socket.gethostname(), socket.getfqdn()))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
