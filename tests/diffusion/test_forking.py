import math
from itertools import pairwise

import pytest
import torch

import playground as pg
from playground.diffusion import forking, samplers
from playground.diffusion.levels import CLEAN, Level
from playground.errors import InputError

every_schedule = pytest.mark.parametrize("schedule", pg.schedules.names())
every_sampler = pytest.mark.parametrize("sampler", pg.samplers.names())


@every_schedule
@pytest.mark.parametrize("t", [0.02, 0.3, 0.77, 1.0])
def test_t_at_finds_the_t_of_an_angle(schedule, t):
    path = pg.schedules.get(schedule)
    level = path.level(t)
    found = forking.t_at(path, level.angle)
    assert path.level(found).angle == pytest.approx(level.angle, abs=1e-9)


def test_t_at_stops_at_the_ends_of_a_schedule():
    edm = pg.schedules.get("edm")
    assert forking.t_at(edm, math.pi / 2) == 1
    assert forking.t_at(edm, 0.0) == pytest.approx(0, abs=1e-12)
    with pytest.raises(InputError, match="from 0"):
        forking.t_at(edm, 2.0)


@every_schedule
@pytest.mark.parametrize("before", ["cosine", "edm", "flow"])
def test_going_on_under_another_schedule_keeps_what_the_network_sees(schedule, before):
    now = pg.schedules.get(before).level(0.6)
    levels = forking.grid_from(pg.schedules.get(schedule), now, 7)
    x = torch.randn(2, 3, 4, 4) * now.radius
    moved = forking.retarget(x, now, levels[0])
    torch.testing.assert_close(moved / levels[0].radius, x / now.radius)
    assert levels[0].angle == pytest.approx(now.angle, abs=1e-12)
    assert levels[-1] == CLEAN
    assert len(levels) == 8
    assert all(a.angle >= b.angle for a, b in pairwise(levels))
    # it is a level of that schedule, and so is its radius
    own = pg.schedules.get(schedule)
    assert levels[0].radius == pytest.approx(
        own.level(forking.t_at(own, now.angle)).radius, rel=1e-6
    )


def test_pure_noise_and_the_last_noise_can_change_the_schedule_too():
    edm, flow = pg.schedules.get("edm"), pg.schedules.get("flow")
    top = forking.grid_from(edm, Level(0.0, 1.0), 5)
    assert top[0].alpha == 0
    assert top[0].radius == pytest.approx(80, rel=1e-3)
    low = forking.grid_from(edm, flow.level(1e-4), 5)  # below the smallest noise of edm
    assert len(low) == 2
    with pytest.raises(InputError, match="clean"):
        forking.grid_from(edm, CLEAN, 5)
    with pytest.raises(InputError, match="angles are the same"):
        forking.retarget(torch.zeros(1, 2), Level(0.6, 0.8), Level(0.8, 0.6))


def run(network, schedule, sampler, **more):
    counted = forking.Counted(pg.samplers.get(sampler), more.pop("used", 0))
    frames, used = [], []
    for frame in pg.sample(network, schedule, counted, seeds=(7,), **more):
        frames.append(frame)
        used.append(counted.used)
    return frames, used


@every_sampler
@pytest.mark.parametrize("schedule", ["edm", "flow"])
def test_a_fork_with_nothing_changed_is_the_undisturbed_run(network, schedule, sampler):
    steps, k = 9, 4
    whole, used = run(network, schedule, sampler, steps=steps)
    path = pg.schedules.get(schedule)
    levels = forking.grid_from(path, whole[k].level, steps - k)
    for mine, its in zip(levels, path.grid(steps)[k:], strict=True):
        assert mine == pytest.approx(its, abs=1e-8)
    x = forking.retarget(whole[k].x, whole[k].level, levels[0])
    rest, _ = run(network, schedule, sampler, x=x, grid=levels, used=used[k])
    off = max(float((a.x - b.x).abs().max()) for a, b in zip(rest, whole[k:], strict=True))
    if samplers.entry(sampler).remembers:  # what it had guessed before the fork is lost to it
        assert off > 1e-5
    else:
        assert off < 1e-5


def test_painting_gives_the_colour_at_the_level_s_own_noise():
    x = torch.randn(1, 1, 64, 64)
    where = torch.zeros(1, 64, 64, dtype=torch.bool)
    where[:, :32] = True
    level = Level(0.6, 0.8)
    made = forking.painted(x, torch.full((1, 64, 64), 0.5), where, level, seed=3)
    assert torch.equal(made[:, :, 32:], x[:, :, 32:])
    stroke = made[:, :, :32]
    assert float(stroke.mean()) == pytest.approx(0.6 * 0.5, abs=0.08)  # 4.5 standard errors
    assert float(stroke.std()) == pytest.approx(0.8, abs=0.06)
    again = forking.painted(x, torch.full((1, 64, 64), 0.5), where, level, seed=3)
    assert torch.equal(made, again)
    start = pg.noise(torch.zeros(1, 64, 64), "flow", 1.0, 3)[:, :32].flatten()
    eps = ((stroke[0] - 0.3) / 0.8).flatten()
    assert abs(float(torch.corrcoef(torch.stack([start, eps]))[0, 1])) < 0.1
