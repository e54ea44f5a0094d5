"""Many programs at once: nothing is lost or mixed up, and nobody waits for all of another's."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

import playground as pg
from playground import export
from playground.library import Library

USERS, EACH = 6, 5
WAYS = [("edm", "dpmpp_2m", 4), ("flow", "heun", 3), ("cosine", "ddim", 5)]


def settings(number):
    schedule, sampler, steps = WAYS[number % 3]
    kind = ("any", "3", "one of each")[number // 3 % 3]
    return "digits", kind, 2.0, schedule, sampler, steps, 1 + number % 2, 100 + number


def expected(number, path):
    _, kind, guidance, schedule, sampler, steps, count, seed = settings(number)
    seeds = range(seed, seed + count)
    cond = {"any": None, "3": [3] * count, "one of each": [s % 10 for s in seeds]}[kind]
    _, who = Library().load("digits")
    asked = {"steps": steps, "seeds": seeds, "cond": cond, "guidance": guidance}
    *_, last = pg.sample(who, schedule, sampler, **asked)
    export.save(path, [last.x])
    return pixels(path)


def pixels(path):
    with Image.open(path) as image:
        return np.asarray(image).astype(int)


@pytest.fixture(scope="module")
def served(client):
    """The files of all requests by number, asked for by all users at once."""
    with ThreadPoolExecutor(USERS) as pool:
        users = list(pool.map(lambda _: Client(client.src, verbose=False), range(USERS)))
    jobs = {}
    together = threading.Barrier(USERS)

    def ask(user):
        together.wait()
        for i in range(EACH):
            number = user * EACH + i
            jobs[number] = users[user].submit(*settings(number), api_name="/denoise")

    with ThreadPoolExecutor(USERS) as pool:
        list(pool.map(ask, range(USERS)))
    return {number: job.result(120)[0] for number, job in jobs.items()}


def test_none_is_lost_or_mixed_up(served, tmp_path):
    assert len(served) == USERS * EACH
    for number, file in served.items():
        found, own = pixels(file), expected(number, tmp_path / "own.png")
        assert found.shape == own.shape
        assert abs(found - own).max() <= 1  # of 255: one network call for many rounds differently


def until(client, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition(status := client.predict(api_name="/serving_status")):
        assert time.monotonic() < end, status
        time.sleep(0.05)


def test_one_who_asks_for_much_does_not_hold_others_up(client, served):
    """Twenty requests of one stand in the queue before four of others come, who end far earlier."""
    holders, greedy, *shy = [Client(client.src, verbose=False) for _ in range(6)]
    ended = []

    def ask(user, name):
        job = user.submit(*settings(0), api_name="/denoise")
        job.add_done_callback(lambda _: ended.append(name))
        return job

    long = [holders.submit(steps=1000, api_name="/denoise_stream") for _ in range(4)]
    long += [shy[0].submit(steps=1000, api_name="/denoise_stream") for _ in range(4)]
    until(client, lambda s: s["working"] == 8)
    jobs = [ask(greedy, "greedy") for _ in range(20)]
    until(client, lambda s: s["waiting"] == 20)
    jobs += [ask(user, "shy") for user in shy]
    until(client, lambda s: s["waiting"] == 24)
    for job in long:
        job.cancel()
    for job in jobs:
        job.result(120)
    last = max(i for i, name in enumerate(ended) if name == "shy")
    assert ended[:last].count("greedy") <= 14  # of 20


def test_calls_of_different_people_were_joined_and_nothing_is_left(client, served):
    status = client.predict(api_name="/serving_status")
    assert status["samplings"] == status["working"] == status["waiting"] == 0
    assert status["made"] < status["asked"]
