"""Runs handled by a program, as the page does: renamed, duplicated, continued, queued, deleted."""

import json
import time
from dataclasses import replace

import pytest
from gradio_client import handle_file
from gradio_client.exceptions import AppError

from playground.library import ASSETS
from playground.training import presets
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.runs import lineage, manager, speed, worker

CONFIG = TrainConfig(
    widths=(16, 16),
    blocks=(1, 1),
    batch=8,
    minutes=2.0,
    augment=0.6,
    schedule="laplace",
    schedule_knobs={"b": 0.7},
    precision="float32",
)
DRAWN = {"source": "bundled digits", "files": None, "size": 16, "colour": "grey"}


@pytest.fixture
def made(runs_dir, tiny):
    """A trained run, `made`; all runs are deleted at the end."""
    run = manager.create(runs_dir, "made", tiny, replace(CONFIG, minutes=None, steps=2))
    worker.train(run)
    run.write("config.json", json.loads(json.dumps(CONFIG.__dict__)))
    yield run
    for name in manager.names(runs_dir):
        manager.delete(manager.folder(runs_dir, name))


def value(update):
    return update["value"] if isinstance(update, dict) else update


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_run_is_renamed(client, made, runs_dir):
    assert value(client.predict("made", "other name", api_name="/train_rename")) == "other-name"
    assert manager.names(runs_dir) == ["other-name"]
    for name, said in (("", "a letter or a digit"), ("..", "a letter or a digit")):
        with pytest.raises(AppError, match=said):
            client.predict("other-name", name, api_name="/train_rename")
    with pytest.raises(AppError, match="There is no run called"):
        client.predict("made", "x", api_name="/train_rename")


def test_a_duplicate_fills_in_what_starts_the_same_again(client, made, runs_dir):
    told = [value(one) for one in client.predict("made", api_name="/train_duplicate")]
    source, of_run, size, colour, preset, invented, start, like, name, schedule, knobs = told
    assert (source, of_run, int(size), colour) == ("an earlier run", "made", 16, "grey")
    assert (preset, invented, like, name) == ("2 minutes", "invent more", "made", "made-2")
    run, _ = client.predict(
        source=source,
        files=None,
        size=16,
        colour=colour,
        of_run=of_run,
        preset=preset,
        invent=invented,
        start=start,
        like=like,
        name=name,
        schedule=schedule,
        schedule_knobs=knobs,
        api_name="/train_start",
    )
    again = manager.folder(runs_dir, value(run))
    assert again.config() == CONFIG
    assert Dataset.load(again.data).fingerprint() == Dataset.load(made.data).fingerprint()


def test_continue_queue_and_start_on_a_busy_machine(client, made, runs_dir):
    run, status = client.predict("made", **DRAWN, api_name="/train_continue")
    assert value(run) == "made-more"
    more = manager.folder(runs_dir, "made-more")
    assert len(Dataset.load(more.data)) == 24 + 1797
    assert status["state"] in ("starting", "running")
    _, status = client.predict(**DRAWN, name="second", api_name="/train_start")
    assert status["state"] == "waiting"
    assert "number 1 of 1 in the queue, after made-more" in status["message"]
    client.predict(**DRAWN, name="third", api_name="/train_start")
    order = client.predict(api_name="/train_queue")
    assert order == {"training": ["made-more"], "waiting": ["second", "third"]}
    third = manager.folder(runs_dir, "third").config()
    assert (third.augment, third.schedule) == (0, "")  # 1,797 pictures are many
    with pytest.raises(AppError, match="did you mean cosine"):
        client.predict(**DRAWN, schedule="cosin", api_name="/train_start")
    # while one trains, nothing is measured
    facts = client.predict(size=16, colour="grey", pictures=1797, api_name="/train_speed")
    assert not facts.get("measured")
    with pytest.raises(AppError, match="16x16 grey, the new ones 32x32 grey"):
        client.predict("made", **{**DRAWN, "size": 32}, api_name="/train_continue")


def test_files_go_with_the_last_run_made_of_them(client, made, runs_dir):
    file = handle_file(ASSETS / "pictures" / "cat.jpg")
    start = {"source": "my files", "files": [file], "size": 16, "colour": "grey"}
    for name in ("one", "two"):
        client.predict(**start, name=name, api_name="/train_start")
    (path,) = lineage.uploads(manager.folder(runs_dir, "one"))
    assert manager.folder(runs_dir, "one").config().augment == 0.3  # one picture is few
    client.predict("one", api_name="/train_delete")
    assert path.exists()
    client.predict("two", api_name="/train_delete")
    assert not path.exists()


def test_the_speed_is_told_before_a_start(client, runs_dir):
    figures = dict.fromkeys(presets.PRESETS, 100.0)
    speed._keep(runs_dir, "3x64", figures)
    facts = client.predict(size=64, colour="colour", pictures=50, api_name="/train_speed")
    assert facts["measured"]
    assert [one["preset"] for one in facts["presets"]] == list(presets.PRESETS)
    assert facts["presets"][0]["looks"] == 240  # 120 s of 100 images/s on 50 pictures
    assert facts["suggested"]["preset"] in facts["says"]
    for bad in ({"size": 16, "colour": "red"}, {"size": 16, "colour": None}):
        with pytest.raises((AppError, ValueError)):
            client.predict(**bad, pictures=5, api_name="/train_speed")


@pytest.mark.parametrize("endpoint", ["rename", "duplicate", "continue", "delete", "stop"])
def test_an_unknown_run_is_one_sentence(client, endpoint):
    values = {"rename": ["new"], "continue": ["draw", None, 16, "grey"]}.get(endpoint, [])
    with pytest.raises(AppError, match="There is no run called 'nothing'"):
        client.predict("nothing", *values, api_name=f"/train_{endpoint}")


def test_all_runs_are_listed_and_compared(client, made):
    (one,) = client.predict(api_name="/train_list")
    assert (one["name"], one["pictures"], one["step"]) == ("made", 24, 2)
    (curve,) = client.predict(names=["made"], over="seconds", api_name="/train_compare")
    assert curve["name"] == "made"


def test_every_parameter_has_a_plain_name(client):
    named = client.view_api(return_format="dict")["named_endpoints"]
    for endpoint, about in named.items():
        for parameter in about["parameters"]:
            assert not parameter["parameter_name"].startswith("param_"), endpoint
    wanted = ["start", "stop", "status", "rename", "duplicate", "continue", "queue", "speed"]
    assert {f"/train_{name}" for name in wanted} <= set(named)
