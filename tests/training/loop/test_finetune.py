from dataclasses import asdict, replace

import pytest
import torch

import playground as pg
from playground.errors import InputError
from playground.training.loop import finetune
from playground.training.runs import manager

SMALL = pg.TrainConfig(
    widths=(16, 16), blocks=(1, 1), batch=8, steps=12, warmup=3, precision="float32"
)


@pytest.fixture
def model(tiny):
    """A checkpoint after a few updates, of a network that no preset has."""
    run = pg.TrainingRun(SMALL, tiny)
    for _ in run.steps():
        pass
    return run.checkpoint("old", ema=False)


def config(model, dataset, **changes):
    plain = pg.TrainConfig(steps=6, precision="float32")
    return finetune.settings(plain, model, dataset, **{"batch": 8, **changes})


def begun(model, dataset, **changes):
    run = pg.TrainingRun(config(model, dataset, **changes), dataset)
    finetune.begin(run, model)
    return run


def test_the_network_is_the_models_and_the_budget_the_runs(model, tiny):
    found = config(model, tiny)
    assert (found.widths, found.blocks) == (SMALL.widths, SMALL.blocks)
    assert (found.batch, found.steps) == (8, 6)


@pytest.mark.parametrize("ema", [True, False])
def test_before_the_first_update_it_denoises_as_the_model(model, tiny, ema):
    x, level = torch.randn(4, 1, 16, 16), torch.full((4,), 0.7)
    cond = torch.tensor([0, 1, -1, 0])
    run = begun(model, tiny)
    assert torch.equal(
        run.denoiser(ema=ema)(x, level, level, cond), model.build()(x, level, level, cond)
    )


def test_it_knows_more_than_a_new_network(model, tiny):
    def first_loss(run):
        return next(run.steps()).loss

    assert first_loss(begun(model, tiny)) < first_loss(pg.TrainingRun(config(model, tiny), tiny))


@pytest.mark.parametrize("muon", [False, True])
def test_resuming_goes_on_bit_for_bit(model, tiny, tmp_path, muon):
    straight = begun(model, tiny, muon=muon)
    for _ in straight.steps():
        pass
    broken = begun(model, tiny, muon=muon)
    for _, _ in zip(range(3), broken.steps(), strict=False):
        pass
    broken.save(tmp_path / "run.safetensors")
    resumed = pg.TrainingRun.resume(tmp_path / "run.safetensors", tiny)
    for _ in resumed.steps():
        pass
    for a, b in (
        (straight.network.state_dict(), resumed.network.state_dict()),
        (straight.ema, resumed.ema),
        (straight.optimizers.tensors(), resumed.optimizers.tensors()),
    ):
        assert a.keys() == b.keys()
        assert all(torch.equal(a[k], b[k]) for k in a)


def test_pictures_of_another_colour_and_size_train(model):
    x = torch.rand(10, 3, 20, 20) * 2 - 1
    run = begun(model, pg.Dataset(x))
    assert all(step.loss > 0 for step in run.steps())
    assert run.checkpoint().build().shape == (3, 20, 20)


@pytest.mark.parametrize("wiener", [False, True])
def test_the_linear_guess_is_the_models_whatever_the_new_pictures_are(tiny, wiener):
    old = pg.TrainingRun(replace(SMALL, wiener=wiener), tiny).checkpoint("old")
    other = replace(tiny, x=0.5 * tiny.x.flip(-1) + 0.3)
    run = begun(old, other)
    assert run.config.wiener is wiener
    u = torch.randn(2, *tiny.shape)
    v = run.network(u, torch.zeros(2))
    torch.testing.assert_close(v, old.build().network(u, torch.zeros(2)))
    assert wiener == bool(v.abs().max() > 0)  # untrained, it says what the guess does


def test_another_network_is_refused(model, tiny):
    run = pg.TrainingRun(replace(SMALL, widths=(16, 32)), tiny)
    with pytest.raises(InputError, match="old has widths 16,16, the new run 16,32"):
        finetune.begin(run, model)


def test_a_model_that_cannot_be_adapted_is_refused_before_a_run_is_made(model, tiny):
    odd = replace(model, config=replace(model.config, patch=4))
    with pytest.raises(InputError, match="old do not fit its network"):
        config(odd, tiny)


def test_what_was_changed_for_a_model_can_be_told_from_other_choices(model, tiny):
    plain = asdict(pg.TrainConfig(batch=8, steps=6, flip=True))
    tuned = asdict(config(model, tiny, flip=True))
    changes = {name: value for name, value in tuned.items() if value != plain[name]}
    assert changes.keys() >= {"start", "widths", "muon", "adam_rate"}
    assert finetune.without(changes).keys() <= {"precision"}


def test_a_folder_begins_with_the_model_that_it_was_given(model, tiny, tmp_path):
    made = manager.create(tmp_path, "new", tiny, config(model, tiny), model)
    weights = made.open_run().network.state_dict()
    assert all(torch.equal(weights[name], model.weights[name]) for name in weights)
    assert made.config().start == "old"
