"""The journey of samples on the principal directions of the training pictures."""

import pytest
import torch

import playground as pg
from playground.errors import InputError
from playground.studio.journey import LEAST, MOST, journey, thinned


@pytest.fixture(scope="module")
def data():
    made = torch.Generator().manual_seed(0)
    codes = torch.randn(60, 3, generator=made) * torch.tensor([3.0, 2.0, 1.0])
    directions = torch.linalg.qr(torch.randn(64, 3, generator=made))[0].T
    return (codes @ directions).view(60, 1, 8, 8)


def frames(data, steps=6, count=4, schedule="cosine"):
    who = pg.ideal_denoiser(data)
    return list(pg.sample(who, schedule, steps=steps, seeds=range(count)))


def test_the_directions_are_those_in_which_the_pictures_vary(data):
    found = journey(frames(data), data)
    assert found.share == pytest.approx(1, abs=1e-5)  # three directions were put in
    spread = found.places.std(0)
    assert spread[0] > spread[1] > spread[2]
    assert torch.allclose(found.places.mean(0), torch.zeros(3), atol=1e-4)
    apart = torch.pdist(found.places)  # nothing is lost of their distances
    assert torch.allclose(apart, torch.pdist(data.flatten(1)), atol=1e-3)


@pytest.mark.parametrize("schedule", ["cosine", "flow", "edm"])
def test_every_way_begins_in_one_ball_and_ends_at_a_training_picture(data, schedule):
    found = journey(frames(data, 30, 40, schedule), data)
    start = found.paths[:, 0]
    assert 0.6 < float(start.std()) < 1.5  # projected noise is noise of the same spread
    nearest = torch.cdist(found.paths[:, -1], found.places).min(1).values
    assert float(nearest.median()) < 0.1  # the ideal denoiser remembers


def test_of_many_frames_some_are_kept_the_ends_among_them(data):
    made = frames(data, 200, 16)
    kept = thinned(made)
    assert len(kept) == MOST // 16
    assert (kept[0].index, kept[-1].index) == (0, 200)
    assert len(thinned(frames(data, 20, 100))) == LEAST
    assert journey(made, data).steps == [frame.index for frame in kept]


def test_too_few_pictures_or_others_are_told_of(data):
    made = frames(data)
    with pytest.raises(InputError, match="more than 3"):
        journey(made, data[:3])
    with pytest.raises(InputError, match="size"):
        journey(made, torch.zeros(9, 1, 16, 16))
