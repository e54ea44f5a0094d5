"""What was made, made again from its file, on the command line."""

import json

import numpy as np
import pytest

from playground.cli.making import changed, seeds_of
from playground.errors import InputError
from playground.recipe import Recipe

pytestmark = pytest.mark.timeout(120)


def test_the_same_pixels_come_from_any_of_the_files(playground, at):
    common = ("--checkpoints", "models")
    how = ("-n", 3, "--steps", 4, "--sampler", "euler_ancestral", "--knob", "eta=0.5", "--seed", 5)
    how = (*how, "--class", "one of each", "--guidance", 2)
    first = playground("sample", "tiny", *common, *how, "-o", "a.gif", "--json", cwd=at)
    assert first.returncode == 0, first.stderr
    facts = json.loads(first.stdout)
    assert facts["files"] == ["a.gif", "a.json"]
    done = playground("export", "a.gif", *common, "-o", "b.mp4", cwd=at)
    assert done.returncode == 0, done.stderr
    done = playground("sample", "--from", "b.mp4", *common, "-o", "c.npz", "--json", cwd=at)
    again = json.loads(done.stdout)
    for name in ("sampler", "schedule", "guidance", "seeds", "steps", "nfe"):
        assert again[name] == facts[name]
    done = playground(
        *("sample", "--from", "a.json", *common, "--pick", 2, "--schedule", "cosine"),
        *("-o", "d.npz"),
        cwd=at,
    )
    assert done.returncode == 0, done.stderr
    with np.load(at / "c.npz") as whole, np.load(at / "d.npz") as one:
        assert one["seeds"].tolist() == [whole["seeds"][1]] == [6]
        assert json.loads(str(one["settings"]))["schedule"] == "cosine"
    (at / "models" / "tiny.safetensors").unlink()
    done = playground("sample", "--from", "c.npz", *common, cwd=at)
    assert done.returncode == 2
    assert "'tiny' that made these pictures is not here" in done.stderr


BEFORE = Recipe(
    "tiny",
    sampler="ddim",
    sampler_knobs={"eta": 0.5},
    schedule="cosine",
    schedule_knobs={"s": 0.02},
    seeds=(4, 5, 6),
    fingerprint="0" * 64,
    stopped_at=3,
)


def test_an_option_changes_one_setting_and_what_hangs_on_it():
    assert changed(BEFORE, {"steps": None, "seeds": BEFORE.seeds}, {}) == BEFORE
    steps = changed(BEFORE, {"steps": "50"}, {})
    assert (steps.steps, steps.stopped_at, steps.sampler_knobs["eta"]) == (50, None, 0.5)
    other = changed(BEFORE, {"sampler": "ddpm"}, {"s": 0.03})
    assert "eta" not in other.sampler_knobs
    assert other.schedule_knobs["s"] == 0.03
    assert other.fingerprint == BEFORE.fingerprint
    assert changed(BEFORE, {"sampler": "ddim"}, {}).sampler_knobs["eta"] == 0.5
    assert changed(BEFORE, {"model": "emoji"}, {}).fingerprint == ""
    with pytest.raises(InputError, match="eat"):
        changed(BEFORE, {}, {"eat": 1})


@pytest.mark.parametrize(
    ("first", "count", "want"),
    [(None, None, (4, 9)), (7, None, (7, 8)), (None, 3, (4, 5, 6)), (0, 1, (0,))],
)
def test_seeds_follow_the_first_where_it_is_given(first, count, want):
    assert seeds_of((4, 9), first, count) == want


@pytest.mark.parametrize(("first", "count"), [(-1, None), (2**63, None), (0, 0), (0, 1025)])
def test_seeds_that_cannot_be(first, count):
    with pytest.raises(InputError):
        seeds_of((4,), first, count)
