"""Who may do what: the presenter everything, the audience what changes nothing for others."""

import contextvars
import functools
import hashlib
import hmac
import inspect
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.types import Scope

from playground.texts import t
from playground.ui.runtime.gradio_internals import current_scope

F = TypeVar("F", bound=Callable[..., Any])
KEY = "key"  # of the presenter's link
KEY_HEADER = "x-playground-key"  # by which programs give it
ROLE, VISITOR = "playground.role", "playground.visitor"  # in a request's scope
REFUSED = t("Only the presenter can do this here.")
_OPEN = "__open_to_all__"


class Role(IntEnum):
    """What somebody is to this app; who is more may do all that who is less may."""

    AUDIENCE = 0
    PRESENTER = 1


def open_to_all(handler: F) -> F:
    """Mark what the audience, too, may have done; all else is the presenter's."""
    setattr(handler, _OPEN, True)
    return handler


def role_needed(handler: Callable[..., Any]) -> Role:
    """Return who may have this handler called: the presenter, where nothing is said of it."""
    while not getattr(handler, _OPEN, False):
        if isinstance(handler, functools.partial):
            handler = handler.func
        elif inspect.ismethod(handler):
            handler = handler.__func__
        elif hasattr(handler, "__wrapped__"):
            handler = handler.__wrapped__
        else:
            return Role.PRESENTER
    return Role.AUDIENCE


def role_in(scope: Scope | None) -> Role:
    """Return who asks by this request; what the app does by itself has none, and all rights.

    A request that no `Door` has let in gives no rights.
    """
    return Role.PRESENTER if scope is None else Role(scope.get(ROLE, Role.AUDIENCE))


_acting = contextvars.ContextVar("_acting", default=Role.PRESENTER)


@contextmanager
def acting_as(role: Role) -> Iterator[None]:
    """Do what is done meanwhile without a request of its own for this role."""
    before = _acting.set(role)
    try:
        yield
    finally:
        _acting.reset(before)


def current_role() -> Role:
    """Return for whom the work at hand is done."""
    scope = current_scope()
    return _acting.get() if scope is None else role_in(scope)


def current_visitor() -> str | None:
    """Return the name of the one of the audience for whom the work at hand is done, if it is."""
    scope = current_scope()
    return None if scope is None or role_in(scope) >= Role.PRESENTER else str(scope.get(VISITOR))


class Access:
    """The presenter's key, and whom a request shows to be who; without one, all are presenters."""

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self._sign = secrets.token_bytes(32)
        name = hashlib.sha256((key or "").encode()).hexdigest()[:8]
        # of one host, apps on other ports are sent the same cookies
        self.presenter_cookie, self.visitor_cookie = f"presenter-{name}", f"visitor-{name}"

    @classmethod
    def keyed(cls) -> "Access":
        """Return that of a new key, which cannot be guessed."""
        return cls(secrets.token_urlsafe(24))

    def is_key(self, given: str) -> bool:
        """Return whether this is the presenter's key."""
        return self.key is not None and hmac.compare_digest(given.encode(), self.key.encode())

    def role(self, headers: Mapping[str, list[str]], cookies: Mapping[str, str]) -> Role:
        """Return who sends these headers and cookies."""
        if self.key is None:
            return Role.PRESENTER
        shown = [cookies.get(self.presenter_cookie, ""), *headers.get(KEY_HEADER, ())]
        return Role.PRESENTER if any(self.is_key(one) for one in shown) else Role.AUDIENCE

    def new_visitor(self) -> str:
        """Return the cookie of a visitor who has none: a name that only this app can make up."""
        name = secrets.token_urlsafe(12)
        return f"{name}.{self._signature(name)}"

    def visitor(self, cookies: Mapping[str, str]) -> str | None:
        """Return the name in a visitor's cookie; None where this app did not make it."""
        name, _, sign = cookies.get(self.visitor_cookie, "").partition(".")
        known = name and hmac.compare_digest(sign.encode(), self._signature(name).encode())
        return name if known else None

    def _signature(self, name: str) -> str:
        return hmac.new(self._sign, name.encode(), "sha256").hexdigest()[:32]

    def link(self, address: str) -> str:
        """Return the address that gives all rights; where no key is needed, as it is."""
        if self.key is None:
            return address
        parts = urlsplit(address)
        query = [*parse_qsl(parts.query, keep_blank_values=True), (KEY, self.key)]
        return parts._replace(path=parts.path or "/", query=urlencode(query)).geturl()
