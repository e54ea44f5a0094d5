import torch

import playground as pg
from playground.training.data.augment import CONDITIONS, REACH, augment


def pictures(n=64):
    return torch.rand(n, 3, 16, 16, generator=torch.Generator().manual_seed(0)) * 2 - 1


def test_unchanged_pictures_are_told_as_unchanged():
    x0 = pictures()
    same, told = augment(x0, 0.0, torch.Generator().manual_seed(1))
    assert torch.equal(same, x0)
    assert torch.equal(told, torch.zeros(64, CONDITIONS))


def test_what_is_told_undoes_the_change():
    x0 = pictures()
    moved, told = augment(x0, 1.0, torch.Generator().manual_seed(1))
    inner = slice(4, 12)  # away from the edge, which is repeated
    for before, after, (mirrored, right, down) in zip(x0, moved, told, strict=True):
        after = after.roll(
            (-round(float(down) * 16 / REACH), -round(float(right) * 16 / REACH)), (1, 2)
        )
        after = after.flip(2) if mirrored else after
        assert torch.equal(after[:, inner, inner], before[:, inner, inner])
    assert 0.2 < float(told[:, 0].mean()) < 0.8
    assert float(told.abs().max()) <= 1


def test_about_the_share_is_changed_and_a_seed_repeats_it():
    x0 = pictures(512)
    first = augment(x0, 0.25, torch.Generator().manual_seed(2))
    again = augment(x0, 0.25, torch.Generator().manual_seed(2))
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    changed = (first[0] != x0).flatten(1).any(1).float().mean()
    assert 0.15 < float(changed) < 0.32  # of those drawn, a few move by nothing


def test_a_run_learns_from_changed_pictures_and_samples_as_if_there_were_none(tiny):
    config = pg.TrainConfig(
        widths=(16, 16, 16), blocks=(1, 1, 1), batch=8, augment=0.5, steps=5, precision="float32"
    )
    run = pg.TrainingRun(config, tiny)
    list(run.steps())
    checkpoint = run.checkpoint()
    assert checkpoint.config.augments == CONDITIONS
    x = torch.randn(2, 1, 16, 16)
    level, cond = torch.full((2,), 0.7), torch.tensor([0, 1])
    log_snr = torch.zeros(2)
    network = checkpoint.build().network
    plain = network(x, log_snr, cond)
    assert torch.equal(plain, network(x, log_snr, cond, torch.zeros(2, CONDITIONS)))
    assert not torch.equal(plain, network(x, log_snr, cond, torch.ones(2, CONDITIONS)))
    assert checkpoint.build()(x, level, level, cond).shape == x.shape
