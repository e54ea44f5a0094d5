import math
from itertools import pairwise, product

import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler

import playground as pg
from playground.diffusion import schedules, spacings
from playground.errors import InputError

PEERS = {"linear": "linear", "scaled_linear": "scaled_linear", "cosine": "squaredcos_cap_v2"}
every_schedule = pytest.mark.parametrize("schedule", schedules.names())
every_spacing = pytest.mark.parametrize("spacing", spacings.names())


@every_schedule
@every_spacing
def test_a_grid_falls_strictly_from_start_to_clean(schedule, spacing):
    path = pg.schedules.get(schedule, spacing=spacing)
    for steps, start in product((1, 2, 7, 1000), (1.0, 0.37, 0.001)):
        grid = path.grid(steps, start)
        assert len(grid) == steps + 1
        assert grid[0] == pytest.approx(path.level(start), rel=1e-12, abs=1e-12)
        assert grid[-1] == (1.0, 0.0)
        assert all(b.angle < a.angle for a, b in pairwise(grid)), (steps, start)


@every_schedule
@every_spacing
def test_ten_thousand_steps_fall_strictly_too(schedule, spacing):
    grid = pg.schedules.get(schedule, spacing=spacing).grid(10_000)
    assert len(grid) == 10_001
    assert all(b.angle < a.angle for a, b in pairwise(grid))


@every_schedule
@every_spacing
def test_every_level_lies_on_the_path(schedule, spacing):
    path = pg.schedules.get(schedule, spacing=spacing)
    for level in path.grid(9)[:-1]:
        t = spacings.Line(path._path, 1.0).at_angle(torch.tensor(level.angle, dtype=torch.float64))
        assert level.radius == pytest.approx(math.hypot(*map(float, path._path(t))), rel=1e-6)


@pytest.mark.parametrize("timesteps", [1000, 50])
@pytest.mark.parametrize("steps", [1, 2, 3, 7, 10, 27, 50])
@pytest.mark.parametrize("schedule", PEERS)
@pytest.mark.parametrize("spacing", ["leading", "linspace", "trailing"])
def test_discrete_spacings_are_the_timesteps_of_diffusers(spacing, schedule, steps, timesteps):
    peer = DDIMScheduler(timesteps, timestep_spacing=spacing)
    peer.set_timesteps(steps)
    path = pg.schedules.get(schedule, timesteps=timesteps, spacing=spacing)
    # their timestep k is the level after k + 1 betas; our first is always t = 1, see `leading`
    wanted = [path.level((int(k) + 1) / timesteps) for k in peer.timesteps]
    assert path.grid(steps)[1:-1] == tuple(wanted[1:])
    if spacing != "leading" and steps > 1:
        assert path.grid(steps)[0] == wanted[0]


@pytest.mark.parametrize("start", [1.0, 0.5, 0.123])
@pytest.mark.parametrize("spacing", ["leading", "linspace", "trailing"])
def test_discrete_spacings_stay_on_discrete_steps_below_any_start(spacing, start):
    line = spacings.Line(pg.schedules.get("cosine")._path, start, 1000)
    k = 1000 * spacings.entry(spacing).function(line, 40)
    torch.testing.assert_close(k, k.round(), atol=1e-9, rtol=0)
    assert float(k.min()) >= 1 - 1e-9
    assert float(k.max()) <= 1000 * start + 1e-9


@pytest.mark.parametrize("steps", [2, 5, 20])
@pytest.mark.parametrize("schedule", ["linear", "scaled_linear"])
def test_karras_is_that_of_diffusers(schedule, steps):
    path = pg.schedules.get(schedule, spacing="karras")
    betas = {k: path.knobs[k] for k in ("beta_start", "beta_end")}
    peer = DPMSolverMultistepScheduler(
        1000, beta_schedule=PEERS[schedule], use_karras_sigmas=True, **betas
    )
    peer.set_timesteps(steps)
    got = [level.sigma / level.alpha for level in path.grid(steps)[:-1]]
    assert got == pytest.approx(peer.sigmas[:-1].tolist(), rel=1e-3)


def test_karras_along_edm_is_edm():
    for a, b in zip(
        pg.schedules.get("edm", spacing="karras").grid(18),
        pg.schedules.get("edm").grid(18),
        strict=True,
    ):
        assert a == pytest.approx(b, rel=1e-9)


@every_schedule
def test_log_snr_and_angle_are_even_in_what_they_say(schedule):
    grid = pg.schedules.get(schedule, spacing="log_snr").grid(30)
    steps = [b.log_snr - a.log_snr for a, b in pairwise(grid[1:-1])]
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-6)
    grid = pg.schedules.get(schedule, spacing="angle").grid(9)
    turns = [a.angle - b.angle for a, b in pairwise(grid)]
    even = turns[:-1] if turns[-1] > 1.5 * turns[0] else turns  # a floor may be above a turn
    assert even == pytest.approx([even[0]] * len(even), rel=1e-6)


def test_an_unknown_spacing_is_refused_in_words():
    with pytest.raises(InputError, match="did you mean karras"):
        pg.schedules.get("cosine", spacing="karas")


@every_spacing
def test_every_spacing_tells_its_source_and_use(spacing):
    entry = spacings.entry(spacing)
    assert entry.source
    assert entry.summary.endswith(".")
    assert "For: " in entry.function.__doc__


def test_optimised_spends_its_steps_as_its_table_says():
    table = spacings.OPTIMISED
    assert len(table) == 17
    grid = pg.schedules.get("flow", spacing="optimised").grid(16)
    got = [level.log_snr for level in grid[1:-1]]  # the first is pure noise
    assert got == pytest.approx(table[1:-1], abs=1e-6)


def test_optimised_begins_in_its_table_where_the_schedule_does():
    # scaled_linear ends at a log-SNR of -5.4: no step goes to what lies beyond
    path = pg.schedules.get("scaled_linear", spacing="optimised")
    share = [i / 16 for i in range(17)]
    spent = [torch.tensor(level.log_snr).clamp(max=12.43) for level in path.grid(8)[:-1]]
    at = [float(np.interp(float(v), spacings.OPTIMISED, share)) for v in spent]
    steps = [b - a for a, b in pairwise(at)]
    assert steps == pytest.approx([(1 - at[0]) / 8] * 7, rel=1e-5)
