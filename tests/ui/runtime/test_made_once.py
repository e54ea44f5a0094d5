"""What tabs open with is made once, seen as it grows, and a failure is told in words."""

import threading

from playground.errors import InputError
from playground.ui.i18n.text import t
from playground.ui.runtime.made_once import MadeOnce


def fails(error):
    def make():
        raise error

    return MadeOnce(make)


def test_it_is_made_when_it_is_first_asked_for_and_never_again():
    made = []
    one = MadeOnce(lambda: made.append(1) or {"made": len(made)})
    assert made == []
    assert one.wait() == one.made() == {"made": 1}
    assert one.message() == {"made": 1}


def test_until_there_is_something_it_says_so_and_then_shows_what_there_is():
    may_begin, may_end = threading.Event(), threading.Event()
    seen = threading.Event()

    def make():
        may_begin.wait(30)
        yield 1
        seen.set()
        may_end.wait(30)
        yield 2

    one = MadeOnce(make, t("wait"), lambda made: {"made": made})
    assert one.message() == {"waiting": {"key": "wait"}}
    may_begin.set()
    assert seen.wait(30)
    assert one.message() == {"made": 1, "more": True}
    may_end.set()
    one.wait()
    assert one.message() == {"made": 2}


def test_why_it_cannot_be_made_is_told():
    one = fails(InputError("There is no model: train one first."))
    assert one.wait() is None
    assert one.message() == {"failed": "There is no model: train one first."}
    other = fails(ValueError("secret"))
    other.wait()
    assert "secret" not in other.message()["failed"]


def test_the_page_asks_by_one_name():
    ask = MadeOnce(lambda: {"made": 1}).asked_by_page()
    assert ask.__name__ == "opening"
    while "waiting" in (answer := ask("{}")):
        pass
    assert answer["made"] == 1
