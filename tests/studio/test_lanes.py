import json

import pytest

import playground as pg
from playground.errors import InputError
from playground.studio.cost import cost, steps_for
from playground.studio.lanes import FEWEST, MOST, read_lanes
from playground.studio.presets import presets

every_sampler = pytest.mark.parametrize("sampler", pg.samplers.names())


@every_sampler
@pytest.mark.parametrize("schedule", ["edm", "cosine"])
def test_the_foreseen_calls_are_those_made(setup, sampler, schedule):
    if sampler == "adaptive":
        pytest.skip("its steps depend on what the network says")
    for steps in (1, 2, 7):
        sampled = setup.frames(pg.samplers.get(sampler), pg.schedules.get(schedule), steps)
        *_, last = sampled
        foreseen = cost(pg.samplers.get(sampler), pg.schedules.get(schedule), steps)
        assert foreseen.guesses == last.nfe


@every_sampler
@pytest.mark.parametrize("budget", [1, 2, 9, 40])
def test_equal_budgets_are_met_within_one_steps_calls(sampler, budget):
    made, curve = pg.samplers.get(sampler), pg.schedules.get("edm")
    steps = steps_for(made, curve, budget)
    needed, one_more = (cost(made, curve, n).guesses for n in (steps, steps + 1))
    assert steps == 1 or needed <= budget
    assert one_more > budget or one_more == needed  # such as one that chooses its own steps


def test_who_draws_noise_is_found_out():
    def stochastic(name, **knobs):
        return cost(pg.samplers.get(name, **knobs), pg.schedules.get("edm"), 5).stochastic

    assert not stochastic("ddim")
    assert stochastic("ddim", eta=0.5)
    assert stochastic("ddpm")
    assert not stochastic("dpmpp_2m")


def test_words_and_json_mean_the_same():
    words = ["ddim(eta=0.5)@cosine(s=0.01):12", "heun"]
    objects = [
        {
            "sampler": "ddim",
            "sampler_knobs": {"eta": 0.5},
            "schedule": "cosine",
            "schedule_knobs": {"s": 0.01},
            "steps": 12,
        },
        {"sampler": "heun", "steps": None},
    ]
    said = [lane.about for lane in read_lanes(words, budget=19)]
    told = json.dumps({"budget": 19, "lanes": objects})
    assert [lane.about for lane in read_lanes(told)] == said
    assert (said[0]["steps"], said[0]["by_hand"]) == (12, True)
    assert (said[1]["steps"], said[1]["calls"], said[1]["by_hand"]) == (10, 19, False)


def test_guidance_halves_the_steps():
    assert [lane.steps for lane in read_lanes(["ddim", "heun"], 2, 20)] == [10, 5]
    assert [lane.calls for lane in read_lanes(["ddim", "heun"], 2, 20)] == [20, 18]


@pytest.mark.parametrize(
    "given, said",
    [
        ("nonsense", "JSON"),
        ("3", "list"),
        ('["ddim"]', f"{FEWEST} to {MOST}"),
        (["ddim"] * 7, "7"),
        (["ddim", "eulr"], "Lane 2"),
        (["ddim", "ddim:0"], "steps"),
        (["ddim", "ddim@cosin"], "cosine"),
        (["ddim", "ddim(eta=9)"], "eta"),
        (["ddim", "ddim(eta)"], "by name"),
        (["ddim", "ddim(eta=nan)"], "eta"),
        (["ddim", "rm -rf"], "is no lane"),
        (["ddim", {"schedule": "edm"}], "needs a sampler"),
        (["ddim", {"sampler": ["ddim"]}], "sampler"),
        (["ddim", {"sampler": "ddim", "sampler_knobs": [1]}], "by name"),
        (["ddim", {"sampler": "ddim", "steps": "many"}], "steps"),
        ({"budget": 0, "lanes": ["ddim", "heun"]}, "budget"),
    ],
)
def test_bad_lanes_get_one_sentence(given, said):
    with pytest.raises(InputError) as caught:
        read_lanes(given)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_preset_is_a_race():
    names = []
    for preset in presets():
        lanes = read_lanes(preset)
        assert FEWEST <= len(lanes) <= MOST
        names.append(preset["name"])
    assert len(set(names)) == 4
    assert {lane.stochastic for lane in read_lanes(presets()[-1])} == {True, False}
    assert [lane.steps for lane in read_lanes(presets()[2])] == [5, 10, 20, 40]
