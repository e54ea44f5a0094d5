import json
from dataclasses import asdict, replace

import pytest
import torch

import playground as pg
from playground.checkpoint import read_tensors, write_tensors
from playground.errors import InputError
from playground.models.unet import LOG_SNR_LIMIT
from playground.models.wiener import Wiener
from playground.training.config import train_config
from playground.training.distributed import device

CONFIG = pg.TrainConfig(
    widths=(16, 16, 16), blocks=(1, 1, 1), batch=8, steps=20, warmup=5, precision="float32"
)


def go(run, count):
    for _, step in zip(range(count), run.steps(), strict=False):
        last = step
    return last


def state(run):
    average = {f"ema.{k}": v for k, v in run.ema.items()}
    return run.network.state_dict() | average | run.optimizers.tensors()


def test_resuming_goes_on_bit_for_bit(tiny, tmp_path):
    straight = pg.TrainingRun(CONFIG, tiny)
    go(straight, 20)
    broken = pg.TrainingRun(CONFIG, tiny)
    go(broken, 10)
    broken.save(tmp_path / "run.safetensors")
    resumed = pg.TrainingRun.resume(tmp_path / "run.safetensors", tiny)
    assert resumed.step == 10
    go(resumed, 10)
    a, b = state(straight), state(resumed)
    assert a.keys() == b.keys()
    assert all(torch.equal(a[k], b[k]) for k in a)
    assert torch.equal(straight.generator.get_state(), resumed.generator.get_state())


@pytest.mark.parametrize("levels", [{}, {"schedule": "drawn", "schedule_knobs": {"p3": 0.3}}])
def test_every_draw_goes_on_where_it_stopped(tiny, tmp_path, levels):
    config = replace(CONFIG, flip=True, held_out=0.25, label_dropout=0.5, **levels)
    straight = [step.loss for step in pg.TrainingRun(config, tiny).steps()]
    run, path = pg.TrainingRun(config, tiny), tmp_path / "run.safetensors"
    pieces = []
    for _ in range(4):
        torch.manual_seed(len(pieces))  # the global generator plays no part
        pieces += [step.loss for _, step in zip(range(5), run.steps(), strict=False)]
        run.save(path)
        run = pg.TrainingRun.resume(path, tiny)
    assert pieces == straight
    assert run.config == config
    assert run.progress() == 1.0
    assert list(run.steps()) == []


def test_resuming_keeps_the_precision_found_at_the_start(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(device, "fastest_precision", lambda: "bfloat16")
    config = replace(CONFIG, precision="auto")
    pg.TrainingRun(config, tiny).save(tmp_path / "run.safetensors")
    monkeypatch.setattr(device, "fastest_precision", lambda: "float32")
    again = pg.TrainingRun.resume(tmp_path / "run.safetensors", tiny, config)
    assert again.config.precision == "bfloat16"


def test_the_average_lags_behind_the_network(tiny):
    run = pg.TrainingRun(CONFIG, tiny)
    start = run.network.door.weight.detach().clone()
    go(run, 1)
    torch.testing.assert_close(run.ema["door.weight"], run.network.door.weight.detach())
    go(run, 15)
    now = run.network.door.weight.detach()
    assert 0 < (run.ema["door.weight"] - now).norm() < (start - now).norm()
    x, half = torch.randn(1, 1, 16, 16), torch.full((1,), 0.7)
    assert not torch.equal(run.denoiser()(x, half, half), run.denoiser(ema=False)(x, half, half))


def test_the_loss_falls(tiny):
    plain = replace(tiny, x=torch.ones_like(tiny.x) * (tiny.labels[:, None, None, None] - 0.5))
    run = pg.TrainingRun(replace(CONFIG, steps=60, flip=True), plain)
    losses = [step.loss for step in run.steps()]
    assert sum(losses[-10:]) < 0.7 * sum(losses[:10])


def test_each_step_tells_what_it_did(tiny):
    steps = list(pg.TrainingRun(replace(CONFIG, steps=3), tiny).steps())
    assert [s.step for s in steps] == [1, 2, 3]
    assert steps[-1].progress == 1.0
    assert all(s.images_per_second > 0 and s.loss > 0 for s in steps)
    assert steps[2].seconds > steps[0].seconds


def test_the_same_seed_trains_the_same_network(tiny):
    torch.manual_seed(1)
    a = pg.TrainingRun(CONFIG, tiny)
    go(a, 3)
    torch.manual_seed(2)
    b = pg.TrainingRun(CONFIG, tiny)
    go(b, 3)
    assert all(torch.equal(x, y) for x, y in zip(state(a).values(), state(b).values(), strict=True))
    c = pg.TrainingRun(replace(CONFIG, seed=5), tiny)
    assert not torch.equal(c.network.door.weight, a.network.door.weight)


def test_held_out_pictures_are_never_trained_on(tiny):
    run = pg.TrainingRun(replace(CONFIG, held_out=0.25), tiny)
    _, held = tiny.split(0.25, 0)
    assert len(run.seen) == 18
    for picture in held.x:
        assert not (run.seen.x == picture).flatten(1).all(1).any()


def test_a_run_of_other_pictures_is_refused(tiny, tmp_path):
    pg.TrainingRun(CONFIG, tiny).save(tmp_path / "run.safetensors")
    other = replace(tiny, x=tiny.x.flip(0))
    with pytest.raises(InputError, match="other pictures"):
        pg.TrainingRun.resume(tmp_path / "run.safetensors", other)
    for other in (
        replace(tiny, labels=1 - tiny.labels),
        replace(tiny, class_names=("odd", "even")),
        tiny.take(torch.arange(20)),
    ):
        with pytest.raises(InputError, match="other pictures"):
            pg.TrainingRun.resume(tmp_path / "run.safetensors", other)


def test_a_run_of_another_network_or_a_spoilt_file_is_refused(tiny, tmp_path):
    path = tmp_path / "run.safetensors"
    run = pg.TrainingRun(CONFIG, tiny)
    run.save(path)
    with pytest.raises(InputError, match="another network"):
        pg.TrainingRun.resume(path, tiny, replace(CONFIG, widths=(24, 24, 24)))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="damaged"):
        pg.TrainingRun.resume(path, tiny)
    run.checkpoint().save(path)
    with pytest.raises(InputError, match="holds no training run"):
        pg.TrainingRun.resume(path, tiny)


def test_its_denoiser_samples_and_does_not_change_with_training(tiny):
    run = pg.TrainingRun(CONFIG, tiny)
    go(run, 3)
    denoiser = run.denoiser()
    x, half = torch.randn(1, 1, 16, 16), torch.full((1,), 0.7)
    before = denoiser(x, half, half)
    go(run, 3)
    assert torch.equal(denoiser(x, half, half), before)
    *_, end = pg.sample(denoiser, "flow", steps=3, cond=1)
    assert end.x.shape == (1, 1, 16, 16)


@pytest.mark.parametrize(
    "wrong",
    [
        {"batch": 0},
        {"minutes": -1},
        {"minutes": float("nan")},
        {"steps": 0},
        {"seed": -1},
        {"warmup": 0},
        {"ema": 0.0},
        {"label_dropout": 1.5},
        {"widths": (10, 20, 30)},
        {"widths": (16, 16)},
        {"widths": (), "blocks": ()},
        {"blocks": (0, 1, 1)},
        {"precision": "float8"},
    ],
)
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        replace(CONFIG, **wrong)


@pytest.mark.parametrize(
    "schedule, knobs, why",
    [
        ("cosin", {}, "did you mean cosine"),
        ("cosine", {"z": 1}, "no knob of cosine"),
        ("cosine", {"s": 9}, "s must be a number from 0 to 0.1"),
        ("cosine", {"spacing": "karras"}, "spacing is for sampling"),
        ("", {"s": 0.01}, "Choose the schedule"),
    ],
)
def test_an_impossible_schedule_is_refused(schedule, knobs, why):
    with pytest.raises(InputError, match=why):
        replace(CONFIG, schedule=schedule, schedule_knobs=knobs)


def test_a_config_tells_every_knob_of_its_schedule():
    config = replace(CONFIG, schedule="drawn", schedule_knobs={"p3": "0.3"})
    usual = {name: knob.default for name, knob in pg.schedules.entry("drawn").knobs.items()}
    del usual["spacing"]
    assert config.schedule_knobs == usual | {"p3": 0.3}
    again = train_config(json.loads(json.dumps(asdict(config))))
    assert again == config
    assert hash(again) == hash(config)


def test_before_any_update_it_guesses_what_the_seen_pictures_spectrum_says(tiny):
    run = pg.TrainingRun(replace(CONFIG, held_out=0.25), tiny)
    alone = Wiener(*run.network_config.shape[:2], LOG_SNR_LIMIT)
    alone.fit(run.seen.x)
    u, log_snr = torch.randn(4, *tiny.shape), torch.linspace(-4, 4, 4)
    for weights in (run.network.state_dict(), run.ema):
        run.network.load_state_dict(weights)
        torch.testing.assert_close(run.network(u, log_snr), alone(u, log_snr))


@pytest.mark.parametrize("target", ["x0", "eps", "score"])
def test_other_targets_than_v_have_no_linear_guess(tiny, target):
    assert pg.TrainingRun(replace(CONFIG, target=target), tiny).network.wiener is None


def test_a_run_from_before_there_was_a_linear_guess_goes_on_without(tiny, tmp_path):
    path = tmp_path / "run.safetensors"
    straight = pg.TrainingRun(replace(CONFIG, wiener=False), tiny)
    go(straight, 3)
    straight.save(path)
    tensors, about = read_tensors(path, "training run")
    del about["train"]["wiener"]
    write_tensors(path, tensors, about)
    resumed = pg.TrainingRun.resume(path, tiny)
    assert resumed.network.wiener is None
    assert go(resumed, 2).loss == go(straight, 2).loss
