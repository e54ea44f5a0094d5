import dataclasses
from itertools import islice

import pytest
import torch

import playground as pg
from playground.diffusion import fields
from playground.errors import InputError
from playground.training.data import clouds
from playground.training.loop.run import TrainingRun

SMALL = {"widths": (64,), "blocks": (2,), "batch": 256, "precision": "float32"}


def trained(steps, cloud="moons", **changes):
    run = TrainingRun(clouds.config(steps=steps, **SMALL, **changes), clouds.named(cloud).free.data)
    for _ in run.steps():
        pass
    return run


def drawn(who, **more):
    *_, last = pg.sample(who, "flow", "dpmpp_2m", steps=12, seeds=range(400), **more)
    return last.x


def test_training_brings_samples_and_field_nearer_and_repeats_itself(tmp_path):
    cloud = clouds.named("moons").free
    short, long = trained(10), trained(150)
    assert cloud.distance(drawn(long.denoiser())) < 0.5 * cloud.distance(drawn(short.denoiser()))
    level, exact = pg.Level(0.8, 0.6), pg.ideal_denoiser(cloud.data.x[:1000])
    right, weight = (
        fields.guesses(exact, level, 12, 3.0),
        fields.density(cloud.data.x, level, 12, 3.0),
    )
    errors = [
        fields.error(fields.guesses(run.denoiser(), level, 12, 3.0), right, weight)
        for run in (short, long)
    ]
    assert errors[1] < 0.5 * errors[0]
    assert torch.equal(drawn(trained(10).denoiser()), drawn(short.denoiser()))
    long.checkpoint("points").save(tmp_path / "points.safetensors")
    again = pg.Checkpoint.load(tmp_path / "points.safetensors").build()
    assert torch.equal(drawn(again), drawn(long.denoiser()))


def test_a_run_on_points_resumes_bit_for_bit(tmp_path):
    cloud, config = clouds.named("moons"), clouds.config(steps=6, target="eps", **SMALL)
    through = TrainingRun(config, cloud.data)
    losses = [step.loss for step in through.steps()]
    half = TrainingRun(config, cloud.data)
    for step in half.steps():
        if step.step == 3:
            break
    half.save(tmp_path / "last.safetensors")
    rest = TrainingRun.resume(tmp_path / "last.safetensors", cloud.data)
    assert [step.loss for step in rest.steps()] == losses[3:]


def test_a_run_turns_to_other_data_but_not_to_other_classes():
    run = TrainingRun(clouds.config(**SMALL), clouds.named("moons").free.data)
    next(run.steps())
    run.turn_to(clouds.named("rings").free.data)
    next(run.steps())
    assert run.step == 2
    with pytest.raises(InputError, match="new run"):
        run.turn_to(clouds.named("rings").data)


def test_turned_to_other_data_samples_follow_however_long_the_run_was(tmp_path):
    cloud, run = clouds.named("checkerboard").free, trained(60)
    run.step, run.config = 3000, dataclasses.replace(run.config, steps=None)
    run.turn_to(cloud.data)
    for _ in islice(run.steps(), 60):
        pass
    now, average = (drawn(run.denoiser(ema=ema)) for ema in (False, True))
    assert cloud.distance(average) < 1.3 * cloud.distance(now)
    run.save(tmp_path / "last.safetensors")
    assert TrainingRun.resume(tmp_path / "last.safetensors", cloud.data).turned == 3000


def test_straightening_trains_on_pairs_of_noise_and_what_it_becomes():
    cloud = clouds.named("moons")
    run = TrainingRun(clouds.config(**SMALL), cloud.data)
    next(run.steps())
    pairs = clouds.straightened(run.denoiser(), cloud, 300, seed=1)
    assert torch.equal(pairs.noise, clouds.straightened(run.denoiser(), cloud, 300, seed=1).noise)
    run.turn_to(pairs)
    batch = run.batches.draw(torch.Generator().manual_seed(0))
    place = (batch.eps[:, None] == pairs.noise[None]).all(-1).float().argmax(1)
    assert torch.equal(batch.eps, pairs.noise[place])
    assert torch.equal(batch.x0, pairs.x[place])


def test_given_points_are_split_and_too_few_are_refused():
    points = torch.randn(50, 2).tolist()
    cloud = clouds.given(points)
    assert (len(cloud.data), len(cloud.held_out)) == (40, 10)
    drawn = clouds.given(points, as_drawn=True)
    assert any(torch.allclose(drawn.data.x[0], torch.tensor(p), atol=1e-4) for p in points)
    with pytest.raises(InputError, match="10 points or more"):
        clouds.given(points[:5])


def test_the_floor_is_that_of_real_points():
    cloud = clouds.named("moons")
    assert 0.02 < cloud.floor(500) < 0.15
    assert cloud.floor(2000) < cloud.floor(200)


def test_what_only_pictures_have_is_refused():
    with pytest.raises(InputError, match="Only pictures"):
        TrainingRun(clouds.config(flip=True), clouds.named("moons").data)
    with pytest.raises(InputError, match="one width"):
        TrainingRun(clouds.config(widths=(8, 8), blocks=(1, 1)), clouds.named("moons").data)
