"""What tabs show first is made one at a time, and only on an idle machine."""

import threading

import pytest

from playground.ui.runtime import opening_work
from playground.ui.runtime.made_once import MadeOnce


def test_nothing_is_made_beside_another():
    at_work, most = [], []

    def make(number):
        at_work.append(number)
        most.append(len(at_work))
        threading.Event().wait(0.01)  # so that others could come in between
        at_work.remove(number)
        return number

    every = [MadeOnce(lambda i=i: make(i)) for i in range(5)]
    for one in every:
        one.begin()
    assert [one.wait() for one in every] == list(range(5))
    assert most == [1] * 5


def test_long_work_gives_way_to_who_came_later():
    order, begun, waits = [], threading.Event(), threading.Event()

    def long():
        begun.set()
        waits.wait(30)
        order.append("half")
        opening_work.give_way()
        order.append("whole")

    slow, quick = MadeOnce(long), MadeOnce(lambda: order.append("quick"))
    slow.begin()
    assert begun.wait(30)
    quick.begin()
    threading.Thread(target=lambda: (_until_two_wait(), waits.set())).start()
    slow.wait()
    quick.wait()
    assert order == ["half", "quick", "whole"]


def _until_two_wait():
    while len(opening_work._line) < 2:
        threading.Event().wait(0.01)


def test_only_a_calm_machine_is_calm_enough():
    loads = iter([10.0, 90.0, *[10.0] * 9, 55.0, *[10.0] * 10])
    opening_work.wait_for_calm(lambda seconds: next(loads))
    with pytest.raises(StopIteration):
        next(loads)


def test_what_fails_does_not_keep_the_rest_from_being_made(monkeypatch):
    monkeypatch.setattr(opening_work, "wait_for_calm", lambda: None)
    done = []
    opening_work.when_calm([lambda: 1 / 0, lambda: done.append(1)]).join(30)
    assert done == [1]
