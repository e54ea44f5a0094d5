"""What the Race tab computes without a page."""

import json

import pytest

from playground.library import SHIPPED, Library
from playground.studio import reference
from playground.studio.lanes import read_lanes
from playground.studio.presets import presets
from playground.studio.racing import race
from playground.ui.context import Context
from playground.ui.page.contracts import to_json
from playground.ui.tabs.race import service
from playground.ui.tabs.race.race_stream import KEPT, race_news
from playground.ui.tabs.race.setup import SetupForm


@pytest.fixture
def context(tmp_path):
    return Context(Library(runs=tmp_path, checkpoints=(SHIPPED,)))


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(reference, "CALLS", 30)
    monkeypatch.setattr(reference, "ROUGH", 4)
    monkeypatch.setattr(service, "first_model", lambda models: "digits")


def test_the_first_race_is_finished_marked_and_measured_roughly(context, quick):
    first = service.first_race(context)
    assert service.first_race(context) is first
    news = first.wait()
    lanes = json.loads(news.lineup)["lanes"]
    assert [lane["sampler"] for lane in lanes] == [x["sampler"] for x in presets()[0]["lanes"]]
    assert news.lanes_done
    assert news.reference.known
    assert not news.reference.final  # the fine one is for who asks
    assert all(lane.points for lane in news.lanes)
    for lane in range(len(lanes)):
        mine = [frame for frame in news.frames if frame.lane == lane]
        assert [frame.index for frame in mine] == list(range(mine[0].total + 1))
    assert "digits" in str(news.made)
    answer = service.answer_first(context)
    assert json.loads(json.dumps(answer)) == json.loads(to_json(news))


def test_a_race_that_cannot_be_run_keeps_nobody_waiting(tmp_path, monkeypatch):
    context = Context(Library(runs=tmp_path, checkpoints=(SHIPPED,)))
    monkeypatch.setattr(service, "first_model", lambda models: "gone")
    assert service.first_race(context).wait() is None
    assert service.answer_first(context) == {"waiting": ""}


def test_what_lanes_will_do_is_told_or_why_they_cannot():
    plan = service.plan({"budget": 9, "lanes": ["heun", "ddpm:3"]}, 1)
    assert [(one.steps, one.calls, one.stochastic, one.by_hand) for one in plan.lanes] == [
        (5, 9, False, False),
        (3, 3, True, True),
    ]
    assert service.plan(["ddim"], 1).error.startswith("A race has 2 to 6 lanes")


def test_of_long_lanes_some_frames_are_kept_and_always_the_last(context, quick):
    setup = SetupForm("digits", "any", pictures=1).setup(context)
    lanes = read_lanes(["ddim:130", "ddim:5"], setup.calls_each)
    frames = [
        frame
        for news, _ in race_news(race(setup, lanes, rough=False), pace=0)
        for frame in news.frames
    ]
    long = [frame.index for frame in frames if frame.lane == 0]
    assert long[0] == 0
    assert long[-1] == 130
    assert KEPT <= len(long) <= KEPT + 2
    assert [frame.index for frame in frames if frame.lane == 1] == [0, 1, 2, 3, 4, 5]
