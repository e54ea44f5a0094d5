"""Races and grids driven by gradio_client, as another program would."""

import csv
import json
import time
from pathlib import Path

import pytest
from gradio_client.exceptions import AppError
from PIL import Image

LANES = ["ddim:3", {"sampler": "heun", "schedule": "cosine"}, "ddpm:2"]
COMMON = {"model": "digits", "class_name": "any", "guidance": 1, "pictures": 1, "seed": 5}


def grid(**more):
    axes = {"rows": {"sampler": ["ddim", "heun"]}, "columns": {"steps": [2, 3]}}
    return json.dumps(axes | {"measured": False} | more)


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_race_streams_and_a_stopped_one_frees_its_place(client):
    lanes = json.dumps({"budget": 9, "lanes": LANES})
    job = client.submit(**COMMON, lanes=lanes, api_name="/race")

    def told():  # the facts of the newest message; while it waits for its turn there are none
        facts = [out[-1] for out in job.outputs() if isinstance(out[-1], list)]
        return facts[-1] if facts else [{"step": 0}]

    until(lambda: all(one["step"] for one in told()))
    facts = told()
    assert [(one["steps"], one["calls"]) for one in facts] == [(3, 3), (5, 9), (2, 2)]
    assert [one["stochastic"] for one in facts] == [False, False, True]
    job.cancel()
    until(lambda: client.predict(api_name="/serving_status")["working"] == 0)
    until(lambda: client.predict(api_name="/serving_status")["samplings"] == 0)


def test_grid_png_is_what_sample_makes(client):
    file, cells = client.predict(**COMMON, grid=grid(), api_name="/grid_png")
    assert [(one["row"], one["column"], one["nfe"]) for one in cells] == [
        *((0, 0, 2), (0, 1, 3)),
        *((1, 0, 3), (1, 1, 5)),
    ]
    assert Image.open(file["value"] if isinstance(file, dict) else file).width > 256


def test_what_was_filled_in_is_saved(client):
    with pytest.raises(AppError, match="nothing to save"):
        client.predict(api_name="/grid_save_csv")
    job = client.submit(**COMMON, grid=grid(), api_name="/grid")
    *_, last = job
    cells = last[-1]
    assert len(cells) == 4
    for kind in ("png", "csv", "json"):
        file = client.predict(api_name=f"/grid_save_{kind}")
        path = Path(file["value"] if isinstance(file, dict) else file)
        if kind == "png":
            assert Image.open(path).height > 256
        elif kind == "csv":
            assert [int(line["nfe"]) for line in csv.DictReader(path.open())] == [2, 3, 3, 5]
        else:
            assert json.loads(path.read_text())["cells"] == cells


@pytest.mark.parametrize(
    "endpoint, given, said",
    [
        ("race", {"lanes": '["ddim"]'}, "2 to 6"),
        ("race", {"lanes": '["ddim", "eulr"]'}, "Lane 2"),
        ("race", {"lanes": "nonsense"}, "JSON"),
        ("race", {"lanes": '["ddim", "heun"]', "model": "/etc/hostname"}, "hostname"),
        ("race", {"lanes": '["ddim", "heun"]', "pictures": 99}, "pictures"),
        ("race", {"lanes": '["ddim", "heun"]', "seed": -1}, "seed"),
        ("grid", {"grid": grid(columns={"class": [1, "eleventy"]})}, "eleventy"),
        ("grid", {"grid": grid(columns={"seed": list(range(40))})}, "at most 64"),
        ("grid_png", {"grid": grid(columns={"guidance": ["many"]})}, "guidance"),
    ],
)
def test_bad_input_gets_a_plain_sentence(client, endpoint, given, said):
    with pytest.raises((AppError, ValueError)) as caught:
        client.predict(**COMMON | given, api_name=f"/{endpoint}")
    assert said in str(caught.value)
    assert "Traceback" not in str(caught.value)
