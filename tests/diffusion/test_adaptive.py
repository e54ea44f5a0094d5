"""The sampler that chooses its own steps: error against tolerance, independence, and its end."""

import math

import pytest
import torch

import playground as pg
from playground.diffusion.levels import Level

MEAN, STD = 0.4, 0.5


class Gaussian:
    """The exact denoiser of data from N(MEAN, STD^2)."""

    shape = (1,)

    def __call__(self, x, alpha, sigma, cond=None):
        a, s = alpha[:, None], sigma[:, None]
        return MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (x - a * MEAN)


class Rough:
    """A denoiser that no step is short enough for."""

    shape = (3,)

    def __init__(self, guess):
        self.guess = guess

    def __call__(self, x, alpha, sigma, cond=None):
        return self.guess(x)


def exact(x, start, end):
    def spread(level):
        return math.sqrt(level.alpha**2 * STD**2 + level.sigma**2)

    return end.alpha * MEAN + (x - start.alpha * MEAN) * spread(end) / spread(start)


def adaptive(tolerance):
    return pg.samplers.get("adaptive", tolerance=tolerance)


def starts(grid, count=9):
    return grid[0].radius * torch.linspace(-2, 2, count, dtype=torch.float64)[:, None]


@pytest.mark.parametrize("schedule", ["cosine", "flow", "edm"])
def test_the_error_falls_with_the_tolerance(schedule):
    grid = pg.schedules.get(schedule).grid(10)
    x, errors, calls = starts(grid), [], []
    for tolerance in (0.1, 1e-2, 1e-3, 1e-4, 1e-5):
        run = pg.sample(Gaussian(), schedule, adaptive(tolerance), x=x, seeds=range(9), grid=grid)
        *_, end = run
        errors.append(float((end.x - exact(x, grid[0], end.level)).abs().max()))
        calls.append(end.nfe)
        assert errors[-1] < tolerance
    assert errors == sorted(errors, reverse=True)
    assert calls == sorted(calls)


@pytest.mark.parametrize("schedule", ["zero_snr", "linear", "edm"])
@pytest.mark.parametrize("steps", [1, 7, 200])
def test_frames_lie_on_the_path_whatever_the_levels(schedule, steps):
    grid = pg.schedules.get(schedule).grid(steps)
    x = starts(grid)
    frames = list(pg.sample(Gaussian(), schedule, adaptive(1e-4), x=x, seeds=range(9), grid=grid))
    for frame in frames[1:]:
        on_path = exact(x, grid[0], frame.level)
        assert float((frame.x - on_path).abs().max()) < 1e-3 * frame.level.radius
        a, s = frame.level
        best = MEAN + a * STD**2 / (a**2 * STD**2 + s**2) * (on_path - a * MEAN)
        assert float((frame.x0 - best).abs().max()) < 0.01
    assert frames[-1].nfe < 80  # its own steps, not the grid's


def test_it_ends_where_a_fine_heun_ends(network):
    *_, reference = pg.sample(network, "edm", "heun", steps=60, seeds=(1,))
    *_, end = pg.sample(network, "edm", adaptive(1e-3), steps=3, seeds=(1,))
    assert float((end.x - reference.x).abs().max()) < 0.02 * float(reference.x.abs().max())


def test_a_sample_takes_its_own_steps_whatever_the_batch():
    # far apart in difficulty: from the middle between two pictures, and from the side of one
    ideal = pg.ideal_denoiser(torch.tensor([[1.0, 0.2], [-1.0, 0.3]]))
    x = torch.tensor([[0.02, 0.1], [2.0, 0.0], [-0.7, 3.0]], dtype=torch.float64)
    grid = pg.schedules.get("flow").grid(9)
    together = list(pg.sample(ideal, "flow", adaptive(1e-3), x=x, seeds=(0, 1, 2), grid=grid))
    calls = []
    for i in range(3):
        alone = list(
            pg.sample(ideal, "flow", adaptive(1e-3), x=x[i : i + 1], seeds=(i,), grid=grid)
        )
        for one, all_of_them in zip(alone, together, strict=True):
            torch.testing.assert_close(all_of_them.x[i : i + 1], one.x, atol=1e-9, rtol=1e-9)
        calls.append(alone[-1].nfe)
    assert len(set(calls)) > 1
    assert together[-1].nfe == max(calls)  # the batch asks as often as its hardest sample


def test_a_frame_tells_where_it_asked():
    frames = list(pg.sample(Gaussian(), "flow", adaptive(1e-3), steps=50, seeds=range(4)))
    assert sum(len(f.asked) for f in frames) == frames[-1].nfe
    assert any(len(f.asked) == 0 for f in frames[1:])  # many frames lie within one step
    asked = torch.cat([f.asked for f in frames])
    assert torch.equal(asked[0], torch.tensor([[0.0, 1.0]] * 4, dtype=torch.float64))
    torch.testing.assert_close(asked.norm(dim=2), torch.ones(asked.shape[:2]).double())


@pytest.mark.parametrize(
    "guess, most",
    [
        (lambda x: torch.sin(1e4 * x), 1200),
        (torch.sign, 1200),
        (lambda x: x * math.nan, 100),
        (lambda x: 1e30 * x, 100),
    ],
)
@pytest.mark.parametrize("schedule, steps", [("cosine", 1), ("flow", 12)])
def test_it_ends_whatever_the_denoiser_does(guess, most, schedule, steps):
    run = pg.sample(Rough(guess), schedule, adaptive(1e-5), steps=steps, seeds=(0, 1))
    frames = list(run)
    assert len(frames) == steps + 1
    assert frames[-1].nfe <= most


def test_from_and_to_a_level_on_the_way():
    now, then = Level(0.6, 0.8), Level(0.96, 0.28)
    x = starts([now])
    *_, end = pg.sample(
        Gaussian(), "flow", adaptive(1e-5), x=x, seeds=range(9), grid=[now, now, then]
    )
    torch.testing.assert_close(end.x, exact(x, now, then), atol=1e-4, rtol=0)
    *_, end = pg.sample(Gaussian(), "flow", adaptive(1e-3), x=x, seeds=range(9), grid=[(1, 0)] * 3)
    assert torch.isfinite(end.x).all()
