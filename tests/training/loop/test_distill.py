import math
from itertools import pairwise
from pathlib import Path

import pytest
import torch

import playground as pg
from playground.library import SHIPPED
from playground.models.unet import UNet, UNetConfig
from playground.training.loop.distill import DistillConfig, DistillRun
from playground.training.loop.trajectories import Pool, jittered

TINY = UNetConfig(channels=1, size=16, classes=2, widths=(16, 16), blocks=(1, 1))
QUICK = {"pool": 16, "fresh": 8, "every": 4, "batch": 8, "teacher_steps": 4, "precision": "float32"}


@pytest.fixture(scope="module")
def teacher() -> pg.Checkpoint:
    torch.manual_seed(0)
    network = UNet(TINY)
    for weight in network.parameters():  # an untrained network's exit is zero: nothing to learn
        if not weight.any():
            torch.nn.init.normal_(weight, std=0.1)
    return pg.Checkpoint(TINY, network.state_dict(), "tiny", ("a", "b"), {"train": {"seed": 1}})


def test_a_jittered_path_falls_from_the_noisiest_level_to_clean() -> None:
    paths = [jittered(6, torch.Generator().manual_seed(i)) for i in range(20)]
    for levels in paths:
        assert len(levels) == 7
        assert levels[-1] == pg.Level(1.0, 0.0)
        assert all(a.angle > b.angle for a, b in pairwise(levels))
    assert len({levels[0] for levels in paths}) == 1
    assert len({levels[2] for levels in paths}) == 20


def test_the_pool_keeps_points_of_the_teachers_own_trajectories() -> None:
    target = torch.full((1, 4, 4), 0.25)  # a teacher that knows one picture: straight on the circle

    class Point:
        shape = (1, 4, 4)

        def __call__(self, x, alpha, sigma, cond=None):
            return target.expand(len(x), 1, 4, 4)

    pool = Pool(12, 5, (1, 4, 4), classes=3)
    generator = torch.Generator().manual_seed(0)
    pool.grow(Point(), 8, generator)
    assert len(pool) == 8
    pool.grow(Point(), 8, generator)
    assert len(pool) == 12
    points = pool.draw(64, generator)
    assert torch.allclose(points.end, target.expand_as(points.end), atol=1e-3)
    assert bool(((points.phi > 0) & (points.phi <= math.pi / 2 + 1e-6)).all())
    assert points.cond is not None
    assert set(points.cond.tolist()) <= {-1, 0, 1, 2}
    cos, sin = points.phi.cos()[:, None, None, None], points.phi.sin()[:, None, None, None]
    noise = (points.u - cos * points.end) / sin
    later = points.phi < 1.5
    assert 0.7 < float(noise[later].std()) < 1.3


def test_the_student_jumps_nearer_to_where_the_teacher_ends() -> None:
    teacher = pg.Checkpoint.load(SHIPPED / "digits.safetensors")
    run = DistillRun(teacher, DistillConfig(steps=40, warmup=5, ema=0.1, **QUICK))
    losses = [step.loss for step in run.steps()]
    assert run.progress() == 1
    assert sum(losses[-10:]) < 0.9 * sum(losses[:10])
    asked = {"seeds": range(30), "cond": torch.arange(30) % 10}
    *_, end = pg.sample(teacher.build(), "edm", "dpmpp_2m", steps=10, guidance=2.0, **asked)
    *_, before = pg.sample(teacher.build(), "flow", steps=1, **asked)
    *_, after = pg.sample(run.checkpoint().build(), "flow", steps=1, **asked)
    assert after.nfe == 1
    assert (after.x - end.x).square().mean() < 0.8 * (before.x - end.x).square().mean()


def test_it_goes_on_where_it_was_saved(teacher: pg.Checkpoint, tmp_path: Path) -> None:
    run = DistillRun(teacher, DistillConfig(steps=4, **QUICK))
    for _ in run.steps():
        pass
    run.save(tmp_path / "last.safetensors")
    again = DistillRun.resume(tmp_path / "last.safetensors", teacher, steps=6)
    assert again.step == 4
    for name, weight in run.network.state_dict().items():
        assert torch.equal(weight, again.network.state_dict()[name])
    assert [step.step for step in again.steps()] == [5, 6]


def test_the_student_is_an_ordinary_checkpoint(teacher: pg.Checkpoint, tmp_path: Path) -> None:
    run = DistillRun(teacher, DistillConfig(steps=1, **QUICK))
    for _ in run.steps():
        pass
    run.checkpoint("fast").save(tmp_path / "fast.safetensors")
    loaded = pg.Checkpoint.load(tmp_path / "fast.safetensors")
    assert loaded.config == teacher.config
    assert loaded.class_names == ("a", "b")
    assert loaded.recipe["teacher"] == "tiny"
    assert loaded.recipe["train"] == {"seed": 1}


def test_what_cannot_be_is_refused(teacher: pg.Checkpoint, tmp_path: Path) -> None:
    with pytest.raises(pg.InputError, match="guidance"):
        DistillConfig(guidance=-1)
    with pytest.raises(pg.InputError, match="file"):
        DistillRun.resume(tmp_path / "none.safetensors", teacher)
    run = DistillRun(teacher, DistillConfig(steps=1, **QUICK))
    run.save(tmp_path / "last.safetensors")
    torch.manual_seed(0)
    other = UNetConfig(channels=1, size=16, classes=2, widths=(8, 16), blocks=(1, 1))
    with pytest.raises(pg.InputError, match="another teacher"):
        DistillRun.resume(
            tmp_path / "last.safetensors",
            pg.Checkpoint(other, UNet(other).state_dict(), "other", ("a", "b")),
        )
