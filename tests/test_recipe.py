"""Settings as JSON: the round trip, what strangers may send, and the same pictures again."""

import json
import shutil
from dataclasses import asdict, replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import playground as pg
from playground.errors import InputError
from playground.library import SHIPPED, Library
from playground.making import resolve
from playground.recipe import LONGEST, MOST, Recipe
from playground.spaces.images import to_bytes


def values(knob):
    """Values that a knob takes."""
    if knob.choices:
        return st.sampled_from(knob.choices)
    low, high = max(knob.low, -1e3), min(knob.high, 1e3)
    return st.integers(int(low), int(high)) if knob.whole else st.floats(low, high)


@st.composite
def entries(draw, registry):
    name = draw(st.sampled_from(registry.names()))
    knobs = registry.entry(name).knobs
    some = draw(st.sets(st.sampled_from(sorted(knobs)))) if knobs else ()
    return name, {k: draw(values(knobs[k])) for k in sorted(some)}


@st.composite
def recipes(draw):
    (sampler, of_sampler), (schedule, of_schedule) = (
        draw(entries(registry)) for registry in (pg.samplers, pg.schedules)
    )
    kind, of_kind = draw(entries(pg.guidance))
    names = st.text(min_size=1, max_size=20).filter(
        lambda t: t.isprintable() and t[:1] not in "/\\"
    )
    try:
        return Recipe(
            draw(names),
            draw(names),
            draw(st.floats(-1000, 1000)),
            kind,
            of_kind,
            schedule,
            of_schedule,
            sampler,
            of_sampler,
            draw(st.integers(1, 10_000)),
            tuple(draw(st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=5))),
            draw(st.sampled_from(["", "0" * 64])),
        )
    except InputError as error:  # two knobs that do not go together
        assert "must" in str(error)  # noqa: PT017
        return Recipe("digits")


@given(recipes())
@settings(max_examples=60, deadline=None)
def test_json_and_back_is_the_same(recipe):
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert recipe.to_json().isascii()
    assert Recipe.from_json(recipe.to_json(indent=1)).line == recipe.line


def test_the_longest_recipe_is_read_and_one_picture_more_refused():
    seeds = tuple(range(2**63 - MOST, 2**63))
    recipe = Recipe("m" * 400, "k" * 400, seeds=seeds)
    assert len(recipe.to_json()) < LONGEST / 3
    assert Recipe.from_json(recipe.to_json()) == recipe
    with pytest.raises(InputError, match="At most 1,024"):
        replace(recipe, seeds=(*seeds, 0))


PLAIN = json.loads(Recipe("digits").to_json())


def changed(**words):
    return json.dumps(PLAIN | words)


def without(*names):
    return json.dumps({k: v for k, v in PLAIN.items() if k not in names})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("[" * 50_000, "no JSON"),
        ("1" * 5000, "no JSON"),
        ("[]", "no settings"),
        ("{}", "no settings"),
        (" " * (LONGEST + 1), "far too long"),
        (changed(version=2), "version 2"),
        (changed(version=True), "version True"),
        (without("version"), "version None"),
        (without("steps"), "lack steps"),
        (changed(stepz=3), "did you mean steps"),
        (changed(sampler="eulr"), "eulr"),
        (changed(sampler=["euler"]), "sampler must be a text"),
        (changed(schedule="cosin"), "did you mean cosine"),
        (changed(guidance_kind="intervall"), "did you mean interval"),
        (changed(guidance=float("nan")), "NaN is no number"),
        (changed(guidance=float("inf")), "Infinity is no number"),
        (changed(guidance=1e300), "within 1,000"),
        (changed(guidance=10**400), "must be a number"),
        (changed(guidance="2"), "guidance must be a whole number or a number"),
        (changed(guidance=True), "guidance must be"),
        (changed(steps=10**9), "steps must be"),
        (changed(steps=2.0), "steps must be a whole number"),
        (changed(seeds=[]), "at least one"),
        (changed(seeds=[-1]), "0 or more"),
        (changed(seeds=[2**63]), "0 or more"),
        (changed(seeds=[1.5]), "0 or more"),
        (changed(seeds=["1"]), "0 or more"),
        (changed(seeds=[True]), "0 or more"),
        (changed(seeds=[0] * (MOST + 1)), "At most"),
        (changed(seeds=7), "seeds must be a list"),
        (changed(schedule_knobs={"rho": 10**400}), "rho"),
        (changed(schedule_knobs={"rho": [7]}), "numbers or words"),
        (changed(schedule_knobs={"rho": True}), "numbers or words"),
        (changed(schedule_knobs={"spacing": "karas"}), "did you mean karras"),
        (changed(schedule_knobs={"eta": 1}), "eta"),
        (changed(schedule_knobs=[]), "schedule_knobs must be knobs by name"),
        (changed(model=""), "The model must be a name"),
        (changed(model="a\x00b"), "printable"),
        (changed(model="\\\\far\\share\\m.safetensors"), "on this machine"),
        (changed(fingerprint="abc"), "sha256"),
        (changed(stopped_at=99), "stopped_at must be from 0 to 20"),
    ],
)
def test_what_a_stranger_s_settings_may_hold_is_one_sentence(text, said):
    with pytest.raises(InputError) as caught:
        Recipe.from_json(text)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 700


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(PLAIN)), json_values)
@settings(max_examples=200, deadline=None)
def test_any_value_in_any_place_is_read_or_refused(name, value):
    try:
        recipe = Recipe.from_json(json.dumps(PLAIN | {name: value}))
    except InputError:
        return
    assert Recipe.from_json(recipe.to_json()) == recipe


SOME = ("ddim", "ddpm", "euler_ancestral", "dpmpp_2m_sde", "sa_solver", "restart", "edm_stochastic")


@pytest.mark.parametrize("sampler", [name for name in SOME if name in pg.samplers.names()])
@pytest.mark.parametrize("model", ["digits", "ideal: digits"])
def test_a_picture_alone_is_as_it_was_in_the_batch(sampler, model, tmp_path):
    library = Library(tmp_path)
    recipe = Recipe(model, "one of each", 2.0, sampler=sampler, steps=4, seeds=(3, 4, 5, 40))
    *_, batch = resolve(recipe, library).frames()
    for number in (2, 4):
        alone = Recipe.from_json(recipe.picked(number).to_json())
        *_, last = resolve(alone, library).frames()
        torch.testing.assert_close(last.x[0], batch.x[number - 1], rtol=0, atol=1e-4)
        off = to_bytes(last.x[0]).int() - to_bytes(batch.x[number - 1]).int()
        assert off.abs().max() <= 1
    *_, again = resolve(Recipe.from_json(recipe.to_json()), library).frames()
    assert torch.equal(again.x, batch.x)


@pytest.mark.parametrize("number", [0, 5, -1])
def test_only_pictures_of_the_batch_can_be_picked(number):
    with pytest.raises(InputError, match="pictures 1 to 4"):
        Recipe("digits", seeds=(1, 2, 3, 4)).picked(number)


def test_what_was_stopped_is_made_as_far_as_it_went(tmp_path):
    library, recipe = Library(tmp_path), Recipe("ideal: digits", steps=6, sampler="ddpm")
    whole = list(resolve(recipe, library).frames())
    stopped = list(resolve(replace(recipe, stopped_at=2), library).frames())
    assert len(stopped) == 3
    assert torch.equal(stopped[-1].x, whole[2].x)
    assert replace(recipe, stopped_at=6).stopped_at is None


def test_a_model_that_changed_or_is_gone_is_told(tmp_path):
    file = tmp_path / "mine.safetensors"
    shutil.copy(SHIPPED / "digits.safetensors", file)
    library = Library(tmp_path / "runs", (tmp_path,))
    made = resolve(Recipe("mine", steps=1), library)
    assert len(made.recipe.fingerprint) == 64
    assert (
        made.recipe.fingerprint == resolve(Recipe("digits"), Library(tmp_path)).recipe.fingerprint
    )
    assert resolve(made.recipe, library).warnings == ()
    checkpoint = pg.Checkpoint.load(file)
    replace(checkpoint, name="another").save(file)
    (warning,) = resolve(made.recipe, library).warnings
    assert "mine" in warning
    assert "not the one" in warning
    file.unlink()
    with pytest.raises(InputError, match="'mine' that made these pictures is not here"):
        resolve(made.recipe, library)


def test_a_page_takes_no_path(tmp_path):
    recipe = Recipe(str(SHIPPED / "digits.safetensors"), steps=1)
    assert resolve(recipe, Library(tmp_path)).model == recipe.model
    with pytest.raises(InputError, match="no model called"):
        resolve(recipe, Library(tmp_path), ["digits"])


def test_every_setting_is_in_the_json():
    assert set(asdict(Recipe("digits"))) | {"format", "version"} == set(PLAIN)
