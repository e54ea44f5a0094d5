"""The key, the cookies and the marks that say who may do what."""

import functools
from contextlib import suppress

from playground.ui.runtime.access import (
    KEY_HEADER,
    ROLE,
    VISITOR,
    Access,
    Role,
    acting_as,
    current_role,
    open_to_all,
    role_in,
    role_needed,
)
from playground.ui.runtime.guard import for_all, guarded
from playground.ui.runtime.queueing import in_turn


def test_without_a_key_everybody_is_the_presenter():
    assert Access().role({}, {}) is Role.PRESENTER
    assert Access().link("http://here/") == "http://here/"


def test_only_the_key_makes_a_presenter():
    access = Access.keyed()
    key = access.key
    assert access.role({}, {}) is Role.AUDIENCE
    assert access.role({}, {access.presenter_cookie: key}) is Role.PRESENTER
    assert access.role({KEY_HEADER: [key]}, {}) is Role.PRESENTER
    for wrong in ("", key[:-1], key + "x", "ключ"):
        assert access.role({KEY_HEADER: [wrong]}, {access.presenter_cookie: wrong}) is Role.AUDIENCE


def test_keys_are_long_and_each_app_has_its_own():
    keys = {Access.keyed().key for _ in range(20)}
    assert len(keys) == 20
    assert all(len(key) >= 32 for key in keys)


def test_the_presenter_s_link_keeps_the_rest_of_the_address():
    access = Access("secret")
    assert access.link("http://here:7860") == "http://here:7860/?key=secret"
    assert access.link("http://here/?present=1") == "http://here/?present=1&key=secret"


def test_a_visitor_s_name_is_made_by_this_app_alone():
    access = Access.keyed()
    cookie = access.new_visitor()
    name = access.visitor({access.visitor_cookie: cookie})
    assert cookie.startswith(f"{name}.")
    for forged in (cookie + "0", "me." + cookie.partition(".")[2], "", "me"):
        assert access.visitor({access.visitor_cookie: forged}) is None
    assert Access.keyed().visitor({access.visitor_cookie: cookie}) is None


def test_what_is_not_marked_is_the_presenter_s():
    def handler():
        return 1

    assert role_needed(guarded(handler)) is Role.PRESENTER
    assert role_needed(for_all(handler)) is Role.AUDIENCE
    assert role_needed(in_turn(for_all(handler), str)) is Role.AUDIENCE
    assert role_needed(in_turn(guarded(handler), str)) is Role.PRESENTER
    assert role_needed(functools.partial(open_to_all(handler))) is Role.AUDIENCE


def test_a_request_that_nothing_has_let_in_gives_no_rights():
    assert role_in({"type": "http"}) is Role.AUDIENCE
    assert role_in({"type": "http", ROLE: Role.PRESENTER, VISITOR: "x"}) is Role.PRESENTER


def test_the_app_works_by_itself_with_all_rights_or_for_somebody():
    assert current_role() is Role.PRESENTER
    with acting_as(Role.AUDIENCE):
        assert current_role() is Role.AUDIENCE
    with suppress(ZeroDivisionError), acting_as(Role.AUDIENCE):
        1 / 0  # noqa: B018
    assert current_role() is Role.PRESENTER
