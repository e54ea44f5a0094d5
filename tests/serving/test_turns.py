import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from playground.serving.turns import Turns


def run(work):
    """What comes of it, in a thread without an event loop: a browser's may run in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


async def served(turns, asked, seconds=0.0):
    """The order in which requests of these users get their turn, all asked for while all wait."""
    order = []

    async def one(user, number):
        with turns.request(user) as turn:
            await turn.wait()
            order.append((user, number))
            await asyncio.sleep(seconds)

    numbers = Counter()
    tasks = []
    with ExitStack() as before:
        for place in range(turns.at_once):
            before.enter_context(turns.request(f"before {place}"))
        for user in asked:
            tasks.append(asyncio.create_task(one(user, numbers[user])))
            numbers[user] += 1
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    return order


def test_one_who_asks_for_much_delays_others_by_one_turn_only():
    turns = Turns(1)
    order = run(served(turns, ["greedy"] * 20 + ["shy", "late"]))
    assert [user for user, _ in order[:4]] == ["greedy", "shy", "late", "greedy"]
    assert [n for user, n in order if user == "greedy"] == list(range(20))  # each keeps its order


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_turns_go_round(at_once):
    users = [f"user {i}" for i in range(6)]
    order = run(served(Turns(at_once), [u for u in users for _ in range(5)], 0.001))
    for round_ in range(1, 5):  # nobody is more than two turns ahead of anybody else
        had = Counter(user for user, _ in order[: 6 * round_])
        assert max(had.values()) - min(had[u] for u in users) <= 2


def test_no_more_than_the_places_and_half_of_them_to_one():
    async def main():
        turns = Turns(4)
        most, mine = [], []

        async def one(user):
            with turns.request(user) as turn:
                await turn.wait()
                most.append(turns.working)
                mine.append(turns._working[user])
                await asyncio.sleep(0.001)

        await asyncio.gather(*(one("a") for _ in range(10)), *(one(f"b{i}") for i in range(10)))
        assert max(most) == 4
        assert max(mine) == 2
        assert (turns.working, turns.waiting, turns._served) == (0, 0, {})  # nothing is kept

    run(main())


def test_one_who_goes_away_holds_nobody_up():
    async def main():
        turns = Turns(1)
        with turns.request("a") as first:
            await first.wait()
            with turns.request("gone"):
                pass
            with turns.request("b") as second:
                places = turns.places("b", second, 0.001)
                assert await anext(places) == 0
        with turns.request("c") as third:
            await asyncio.wait_for(third.wait(), 1)

    run(main())


def test_places_are_those_that_come_true():
    async def main():
        turns = Turns(1)
        order, told = [], {}

        async def one(user, number):
            with turns.request(user) as turn:
                told[user, number] = turns.place(user, turn) if not turn.is_set() else -1
                await turn.wait()
                order.append((user, number))

        with turns.request("working") as first:
            await first.wait()
            tasks = []
            for user, number in [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("c", 0)]:
                tasks.append(asyncio.create_task(one(user, number)))
                await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        assert told["a", 0] == 0
        assert told["a", 2] == 2
        assert told["b", 0] == order.index(("b", 0)) == 1
        assert told["c", 0] == order.index(("c", 0)) == 2

    run(main())
