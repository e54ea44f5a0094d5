"""The app asks its own address directly, whatever proxy the environment names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

NAMES = [n for name in ("http", "https", "all") for n in (f"{name}_proxy", f"{name}_proxy".upper())]
NOT_BY = ("no_proxy", "NO_PROXY")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@contextmanager
def own_address_directly(*, outside: bool) -> Iterator[None]:
    """Keep proxies out meanwhile, for Gradio asks the app whether it is there as it starts.

    outside: other machines are asked, too, as for a tunnel, and those by the proxies.
    """
    before = {name: os.environ.get(name) for name in (*NAMES, *NOT_BY)}
    told = ",".join(_hosts(before)) if outside else "*"  # all: the system's own settings, too
    os.environ.update(dict.fromkeys(NOT_BY, told))
    if find_spec("socksio") is None:  # without it, to name a socks proxy is an error to httpx
        for name in NAMES:
            if os.environ.get(name, "").lower().startswith("socks"):
                del os.environ[name]
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _hosts(environment: dict[str, str | None]) -> list[str]:
    """Return the hosts that are asked directly, as httpx reads them: IPv6 without brackets."""
    told = ",".join(environment[name] or "" for name in NOT_BY)
    named = [one.strip().replace("[", "").replace("]", "") for one in told.split(",")]
    return [*dict.fromkeys([*(one for one in named if one), *LOOPBACK])]
