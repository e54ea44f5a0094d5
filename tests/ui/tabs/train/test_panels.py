"""What the Train tab says of a run."""

import json
from dataclasses import replace

import pytest

from playground.errors import InputError
from playground.library import Library
from playground.training.config import TrainConfig
from playground.training.runs import manager, worker
from playground.ui.app import build
from playground.ui.context import Context
from playground.ui.tabs.train import copies, history, loss, service

CONFIG = TrainConfig(widths=(16,), blocks=(1,), batch=8, steps=4, precision="float32")


@pytest.fixture
def context(tmp_path, tiny):
    """A context with a finished run, `cats`, and one that never ran, `dogs`."""
    worker.train(manager.create(tmp_path, "cats", tiny, replace(CONFIG, held_out=0.25)))
    manager.create(tmp_path, "dogs", tiny, CONFIG)
    return Context(Library(tmp_path, ()))


def line(step, train, held_out):
    return {"step": step, "seconds": 1.0, "train": train, "held_out": held_out}


@pytest.mark.parametrize(
    "held_out, train, said",
    [
        (None, [3, 2, 1], "No picture is held out"),
        ([3, 2, 1.5, 2], [3, 2, 1.5, 1], "starts to remember"),
        ([3, 2, 1.5, 1.4], [3, 2, 1.2, 0.9], "does better on pictures it trains on"),
        ([3, 2, 1.5, 1.4], [3, 2, 1.5, 1.35], "Both fall together"),
    ],
)
def test_the_sentence_follows_from_the_losses(held_out, train, said):
    unseen = held_out or [None] * len(train)
    lines = [
        line(step, [t, t], h and [h, h])
        for step, (t, h) in enumerate(zip(train, unseen, strict=True), 1)
    ]
    assert said in " ".join(map(str, loss.says(lines)))


def test_a_loss_that_rises_everywhere_is_not_called_remembering():
    lines = [line(1, [1.0], [1.0]), line(2, [2.0], [2.0])]
    assert "remember" not in " ".join(map(str, loss.says(lines)))


def test_bands_copies_and_history_are_told_as_facts(context):
    bands = service.bands(context, "cats")
    names = [band["name"] for band in bands["bands"]]
    assert (names[0], names[-1]) == ("hardly any noise", "almost only noise")
    assert [len(bands["losses"][-1][part]) for part in ("train", "held_out")] == [5, 5]
    found = service.copies(context, "cats")
    assert (found["count"], found["copies"], len(found["matches"])) == (32, 0, 32)
    assert found["shares"][-1]["step"] == 4
    past = service.history(context, "cats")
    assert past["rows"] == [4]
    assert past["models"] == [{"step": 4, "model": "cats @ 4"}]
    assert [point[0] for point in past["loss"]] == [1, 2, 3, 4]
    json.dumps([bands, found, past])


def test_a_run_without_anything_to_show_yet(context):
    assert service.bands(context, "dogs")["losses"] == []
    assert service.copies(context, "dogs")["shares"] == []
    assert service.history(context, "dogs")["rows"] == []
    with pytest.raises(InputError, match="wait a few seconds"):
        history.kept_model(context, "dogs", 3)


def test_an_unknown_run_gets_the_near_ones(context):
    for facts in (service.bands, service.copies, service.history):
        with pytest.raises(InputError, match="did you mean cats"):
            facts(context, "cat")


def test_a_row_is_told_and_what_is_none_is_refused(context):
    row = history.row_of(context)
    told = row(json.dumps({"run": "cats", "step": 4}))["says"][0]
    assert told["key"] == "after {time}"
    assert told["values"]["time"].startswith("0:0")
    assert row(json.dumps({"run": "cats", "step": "ideal"}))["png"]
    for asked in ({"run": "cats", "step": 5}, {"run": "../cats", "step": 4}):
        assert row(json.dumps(asked)) == {"error": "This row is gone."}
    for asked in ("{}", "4", json.dumps({"run": "cats", "step": "../x"})):
        assert set(row(asked)) == {"error"}


def test_the_kept_model_nearest_on_a_log_scale_is_opened(context):
    run = manager.folder(context.library.runs, "cats")
    for step in (10, 1000):
        run.snapshot(step).write_bytes(run.snapshot(4).read_bytes())
    assert history.kept_model(context, "cats", 90) == "cats @ 10"
    assert history.kept_model(context, "cats", 110) == "cats @ 1000"
    assert history.kept_model(context, "cats", None) == "cats @ 1000"


def test_what_few_pictures_do_is_told_plainly():
    about = {"pictures": 12, "count": 32, "copies": 1, "share": 1 / 32}
    about |= {"held_out": 0, "held_out_share": None}
    assert str(copies.headline(about)) == "1 of 32 samples is a copy."
    assert "little but remember" in str(copies.warning(about))
    assert copies.warning(about | {"pictures": 50}) is None
    assert "nothing to compare" in str(copies.base_rate(about))
    held = about | {"held_out": 10, "held_out_share": 0.1}
    assert "1 of 10 held-out pictures" in str(copies.base_rate(held))
    assert "would count as one" in str(copies.base_rate(held))


def test_every_part_can_be_driven_by_a_program(tmp_path):
    named = build(Context(Library(tmp_path))).get_api_info()["named_endpoints"]
    assert {"/train_bands", "/train_copies", "/train_history", "/train_open"} <= set(named)
