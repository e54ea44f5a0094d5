"""The page says to its styles and scripts who looks at it."""

import pytest

from playground.ui.runtime.access import ROLE, Role
from playground.ui.runtime.role_mark import RoleMark

from .asgi import Echo, ask


@pytest.mark.parametrize("role", Role)
def test_the_page_is_marked_and_as_long_as_it_says(role):
    async def layer(scope, receive, send):
        await RoleMark(Echo())({**scope, ROLE: role}, receive, send)

    answer = ask(layer, accept_encoding="gzip")
    mark = f' data-role="{role.name.lower()}"'.encode()
    assert answer.body == b"<!doctype html><html" + mark + b" lang=en></html>"
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_all_else_is_as_it_was():
    body = b"<html lang=en>"
    answer = ask(RoleMark(Echo(body)), path="/config")
    assert answer.body == body
    assert int(answer.headers["content-length"]) == len(body)
