"""The Fork tab driven by gradio_client; the tree of a client is its own session's."""

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from PIL import Image

SETTINGS = {"model": "digits", "class_name": "3", "sampler": "ddim", "guidance": 1.0}


@pytest.fixture
def own(client):
    """A session of its own, so that each test has an empty tree."""
    return Client(client.src, verbose=False)


def start(client, **more):
    return client.predict(api_name="/fork_start", **SETTINGS | {"steps": 8} | more)


def go_on(client, film=0, step=3, **more):
    sent = {"film": film, "step": step, "paint": "", "rest": 0} | SETTINGS | more
    return client.predict(api_name="/fork_continue", **sent)


def test_a_branch_with_nothing_changed_ends_where_its_parent_does(own):
    *_, facts, picture = start(own)
    assert (facts["number"], facts["parent"], facts["total"], facts["nfe"]) == (0, None, 8, 8)
    *_, branch, again = go_on(own)
    assert (branch["parent"], branch["step"], branch["total"]) == (0, 3, 5)
    assert branch["off"] < 1e-5
    assert "exactly where its parent does" in branch["note"]
    assert Image.open(picture).tobytes() == Image.open(again).tobytes()


def test_what_was_changed_is_told_and_changes_the_end(own, stroke):
    start(own)
    facts = [
        go_on(own, class_name="8", guidance=3.0)[-2],
        go_on(own, schedule="cosine")[-2],
        go_on(own, paint=stroke)[-2],
        go_on(own, rest=12)[-2],
        go_on(own, film=1, step=2, sampler="heun", class_name="8", guidance=3.0)[-2],
    ]
    titles = [one["title"] for one in facts]
    assert titles[0] == "class 3 → 8, guidance 1 → 3"
    assert titles[1] == "schedule edm → cosine"
    assert titles[2] == "painted"
    assert titles[3] == "12 steps for 5"
    assert titles[4] == "sampler ddim → heun"
    assert facts[4]["parent"] == 1
    assert facts[3]["total"] == 12
    assert all(one["off"] > 1e-3 for one in facts)


def test_a_seed_matters_only_where_noise_is_drawn(own):
    start(own)
    *_, facts, _ = go_on(own, seed=5)
    assert facts["off"] < 1e-5
    assert "adds no noise" in facts["note"]
    start(own, sampler="ddpm")
    *_, same, _ = go_on(own, film=2, sampler="ddpm")
    assert same["off"] < 1e-5
    *_, other, _ = go_on(own, film=2, sampler="ddpm", seed=5)
    assert other["off"] > 0.01


def test_a_sampler_that_remembers_says_what_a_branch_lost(own):
    start(own, sampler="dpmpp_2m")
    *_, facts, _ = go_on(own, sampler="dpmpp_2m")
    assert facts["off"] > 1e-5
    assert "remembers earlier guesses" in facts["note"]


def test_twenty_of_forty_steps_beside_twenty(own):
    job = own.submit(api_name="/fork_halfway", **SETTINGS)
    job.result()
    *_, facts, _ = go_on(own, film=0, step=20)  # the 40-step film, taken up where it stopped
    assert (facts["step"], facts["total"]) == (20, 20)


@pytest.mark.parametrize(
    "act, said",
    [
        (lambda c: go_on(c), "start one first"),
        (lambda c: (start(c), go_on(c, step=8)), "clean"),
        (lambda c: (start(c), go_on(c, step=99)), "0 to 8"),
        (lambda c: (start(c), go_on(c, film=7)), "1 films"),
        (lambda c: (start(c), go_on(c, step="x")), "step must be"),
        (lambda c: (start(c), go_on(c, rest=-1)), "steps from here must be"),
        (lambda c: (start(c), go_on(c, model="emoji", class_name="any")), "another size"),
        (lambda c: (start(c), go_on(c, paint="file:///etc/passwd")), "cannot be read"),
        (lambda c: (start(c), go_on(c, paint="data:image/png;base64,eA==")), "not a picture"),
        (lambda c: start(c, steps=201), "at most 200 steps"),
    ],
)
def test_bad_input_gets_a_plain_sentence(own, act, said):
    with pytest.raises((AppError, ValueError)) as caught:
        act(own)
    assert said in str(caught.value)
    assert "Traceback" not in str(caught.value)
