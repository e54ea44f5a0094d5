from dataclasses import replace

import pytest
import torch

import playground as pg
from playground.studio import reference
from playground.studio.lanes import read_lanes
from playground.studio.racing import race

LANES = ["ddim@edm", "heun@cosine", "dpmpp_2m@flow", "ddpm@linear:5"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(reference, "CALLS", 60)


def test_lanes_start_from_the_same_noise(setup):
    first = next(race(setup, read_lanes(LANES)))
    starts = [run.frame.x / run.frame.level.radius for run in first.runs]
    for start in starts[1:]:
        assert torch.allclose(start, starts[0], rtol=1e-6)
    assert first.moved is None
    assert [run.frame.nfe for run in first.runs] == [0] * 4


def test_lanes_keep_step_by_the_share_of_their_calls(setup):
    moved = set()
    for state in race(setup, read_lanes(LANES, budget=20)):
        if state.moved is not None:
            moved.add(state.moved)
            shares = [run.share for run in state.runs]
            # the coarsest lane makes a fifth of its calls in one step
            assert max(shares) - min(shares) <= 0.2 + 1e-9
    assert moved == {0, 1, 2, 3}
    assert all(run.done and run.frame.nfe == run.lane.calls for run in state.runs)


def test_what_a_lane_makes_is_what_sample_makes(setup):
    *_, state = race(setup, read_lanes(LANES))
    for run in state.runs:
        lane = run.lane
        *_, alone = pg.sample(
            setup.denoiser,
            lane.schedule,
            lane.sampler,
            steps=lane.steps,
            seeds=setup.seeds,
            cond=setup.cond,
        )
        assert torch.equal(run.frame.x, alone.x)


def test_distances_come_with_the_reference_and_at_once_the_next_time(setup):
    states = list(race(setup, read_lanes(LANES)))
    before = [s for s in states if s.reference is None]
    assert before
    last = states[-1]
    assert all(d is not None for run in last.runs for _, d in run.distances)
    assert last.progress.done == last.progress.total == 60
    assert any(0 < s.progress.done < 60 for s in before)
    again = list(race(setup, read_lanes(LANES)))
    assert all(s.reference is not None for s in again)
    for one, two in zip(last.runs, again[-1].runs, strict=True):
        assert one.distances == two.distances
        assert 0 <= one.network_seconds <= one.seconds


def test_a_rough_reference_comes_first_and_the_fine_one_goes_on_where_it_was_left(
    setup, monkeypatch
):
    monkeypatch.setattr(reference, "ROUGH", 12)
    whole = replace(setup, key=object())
    list(reference.compute(whole))
    for state in (states := race(setup, read_lanes(LANES))):
        if state.progress.done == 30:
            break
    states.close()
    assert state.progress.total == 72
    assert state.reference is not None
    assert not state.final
    assert reference.known(setup) is None
    assert torch.equal(reference.glimpse(setup), state.reference)
    again = list(race(setup, read_lanes(LANES)))
    assert again[1].runs[0].distances[0][1] is not None  # against the rough one, at once
    assert [s.progress.done for s in again if s.moved is None][1:] == [*range(31, 72), 72]
    assert again[-1].final
    assert torch.equal(again[-1].reference, reference.known(whole))
    for run in again[-1].runs:
        last = run.frame.x
        assert run.distance == reference.distance(last, again[-1].reference)


class Gaussian:
    """The exact denoiser of data from N(0.4, 0.5^2)."""

    shape = (1, 6, 6)

    def __call__(self, x, alpha, sigma, cond=None):
        a, s = (c[:, None, None, None] for c in (alpha, sigma))
        return 0.4 + a * 0.25 / (a**2 * 0.25 + s**2) * (x - a * 0.4)


def test_the_distance_of_the_references_own_settings_falls_with_calls(setup):
    setup = replace(setup, denoiser=Gaussian())  # the ideal one snaps to a picture
    own = f"{reference.SAMPLER}@{reference.SCHEDULE}"
    *_, state = race(setup, read_lanes([f"{own}:{n}" for n in (5, 15, 30, 60)]))
    far = [run.distance for run in state.runs]
    assert far[0] > far[1] > far[2] > far[3] == 0


def test_the_reference_of_a_picture_is_computed_once(setup):
    list(reference.compute(setup))
    more = replace(setup, seeds=(3, 4, 5), cond=(0, 1, 0))
    assert reference.known(setup) is not None
    assert reference.known(more) is None
    list(reference.compute(more))
    assert torch.equal(reference.known(more)[:2], reference.known(setup))
    assert reference.known(replace(setup, guidance=2.0)) is None
    assert reference.known(replace(setup, cond=(1, 1))) is None
    free = replace(setup, cond=None)
    list(reference.compute(free))
    assert reference.known(replace(free, guidance=3.0)) is not None  # guides to no class
    assert [p.done for p in reference.compute(setup)] == [60]


def test_closing_a_race_ends_every_lane(setup):
    states = race(setup, read_lanes(LANES))
    for _ in range(4):
        state = next(states)
    states.close()
    for run in state.runs:
        with pytest.raises(StopIteration):
            next(run._frames)


def test_long_lanes_are_measured_at_some_moments_and_at_the_end(setup):
    *_, state = race(setup, read_lanes(["ddim:250", "ddim:3"]))
    assert len(state.runs[0].distances) <= 100
    assert state.runs[0].distances[-1][0] == 250
    assert [nfe for nfe, _ in state.runs[1].distances] == [1, 2, 3]
