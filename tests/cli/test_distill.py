"""`playground distill` as a person runs it."""

import json

import pytest

pytestmark = pytest.mark.timeout(120)


def test_distil_then_go_on_then_sample(playground, at):
    shape = ("--checkpoints", "models", "--batch", 2, "--json")
    done = playground("distill", "tiny", "-o", "runs/fast", "--steps", 1, *shape, cwd=at)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "finished"
    done = playground(
        "distill", "tiny", "-o", "runs/fast", "--steps", 2, "--resume", *shape, cwd=at
    )
    assert json.loads(done.stdout)["step"] == 2
    done = playground(
        *("sample", "fast", "--schedule", "flow", "--sampler", "consistency", "--steps", 2),
        *("-n", 1, "-o", "out.png", "--json"),
        cwd=at,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["nfe"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("emojy", "-o", "runs/x"), "emoji"),
        (("emoji", "-o", "models"), "exists already"),
        (("emoji", "-o", "runs/none", "--resume"), "no file"),
        (("emoji", "-o", "runs/x", "--minutes", "-1"), "minutes"),
    ],
)
def test_what_cannot_be_is_one_sentence(playground, at, words, said):
    done = playground("distill", *words, cwd=at)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (at / "runs/x").exists()
