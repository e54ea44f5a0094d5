"""`playground race` and `playground grid` in the terminal, each at its smallest."""

import json

import pytest
from PIL import Image

pytestmark = pytest.mark.timeout(300)
COMMON = ("--checkpoints", "models", "--class", "Flags", "-n", 2, "--seed", 5)


def test_a_race_tells_cost_and_distance_of_every_lane(playground, at):
    lanes = ("--lane", "ddim:2", "--lane", "heun@cosine(s=0.01)", "--lane", "ddpm:3")
    done = playground("race", "tiny", *lanes, "--calls", 6, *COMMON, "--json", cwd=at)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["model"], told["seeds"]) == ("tiny", [5, 6])
    assert [(one["steps"], one["nfe"]) for one in told["lanes"]] == [(2, 2), (3, 5), (3, 3)]
    assert [one["stochastic"] for one in told["lanes"]] == [False, False, True]
    assert "s=0.01" in told["lanes"][1]["schedule"]
    assert all(one["distance"] > 0 for one in told["lanes"])


def test_a_grid_becomes_a_picture_with_its_settings_beside(playground, at):
    axes = ("--rows", "sampler=ddim,heun", "--columns", "steps=1,2,3")
    done = playground("grid", "tiny", *axes, *COMMON, "-o", "out/g.png", "--json", cwd=at)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [one["nfe"] for one in told["cells"]] == [1, 2, 3, 1, 3, 5]
    assert told["cells"] == json.loads((at / "out" / "g.json").read_text())["cells"]
    with Image.open(at / "out" / "g.png") as sheet:
        assert sheet.width > 3 * 32
