import pytest
import torch

import playground as pg
from playground.diffusion.editing import BetweenClasses, between_noises, image_to_image, slerp
from playground.errors import InputError

every_schedule = pytest.mark.parametrize("schedule", pg.schedules.names())


def last(frames):
    *_, end = frames
    return end


@every_schedule
def test_image_to_image_keeps_the_more_the_less_its_strength(schedule):
    data = torch.rand(6, 1, 8, 8) * 2 - 1
    ideal = pg.ideal_denoiser(data)
    weak = last(image_to_image(ideal, data[2], schedule, strength=0.2, steps=8, seeds=(0, 1)))
    for one in weak.x:
        torch.testing.assert_close(one, data[2], atol=1e-3, rtol=0)
    strong = last(image_to_image(ideal, data[2], schedule, strength=1.0, steps=8, seeds=range(20)))
    other = (strong.x - data[2]).flatten(1).abs().amax(1) > 0.1
    assert int(other.sum()) > 8  # 16.7 of 20 expected


def test_a_strength_is_the_same_noise_on_every_schedule(network):
    picture = torch.zeros(1, 16, 16)
    starts = [
        next(image_to_image(network, picture, name, strength=0.5, steps=3))
        for name in pg.schedules.names()
    ]
    for start in starts:
        seen = start.x / start.level.radius
        torch.testing.assert_close(seen, starts[0].x / starts[0].level.radius, atol=1e-4, rtol=0)
    for strength in (-0.1, 1.1, None, float("nan")):
        with pytest.raises(InputError, match="strength must be a number from 0 to 1"):
            image_to_image(network, picture, "cosine", strength=strength)
    with pytest.raises(InputError, match="stays as it is"):
        image_to_image(network, picture, "cosine", strength=0)


def test_slerp_keeps_the_norm_and_its_ends():
    a, b = torch.randn(2, 16, 3, 16, 16)
    for share in (0.1, 0.5, 0.8):
        mixed = slerp(a, b, share)
        assert float(mixed.std()) == pytest.approx(1, abs=0.02)
        assert float((a + share * (b - a)).std()) < 0.95
    assert torch.equal(slerp(a, b, 0.0), a)
    assert torch.equal(slerp(a, b, 1.0), b)
    torch.testing.assert_close(slerp(a, a, 0.3), a)
    torch.testing.assert_close(slerp(a, 2 * a, 0.5), 1.5 * a)
    shares = torch.linspace(0, 1, 16)
    torch.testing.assert_close(slerp(a, b, shares)[3:4], slerp(a[3:4], b[3:4], float(shares[3])))


def test_the_arc_between_two_seeds_begins_and_ends_with_theirs():
    made = between_noises(4, 9, [0.0, 0.5, 1.0], (1, 8, 8))
    assert torch.equal(made[0], pg.noise(torch.zeros(1, 8, 8), "flow", 1.0, 4))
    assert torch.equal(made[2], pg.noise(torch.zeros(1, 8, 8), "flow", 1.0, 9))


@pytest.mark.parametrize("by_embedding", [True, False])
def test_between_classes_begins_and_ends_with_theirs(network, by_embedding):
    inner = (
        network
        if by_embedding
        else pg.ideal_denoiser(torch.rand(9, 1, 16, 16), torch.arange(9) % 3)
    )
    between = BetweenClasses(inner, 0, 2, torch.tensor([0.0, 0.5, 1.0]))
    assert between.by_embedding == by_embedding
    x = torch.randn(1, 1, 16, 16)
    settings = {"steps": 3, "guidance": 2.0}
    many = last(
        pg.sample(between, "flow", x=x.repeat(3, 1, 1, 1), seeds=(0, 1, 2), cond=0, **settings)
    )
    assert many.nfe == 3 * 2 * (1 if by_embedding else 2)
    for place, cond in ((0, 0), (2, 2)):
        one = last(pg.sample(inner, "flow", x=x, seeds=(0,), cond=cond, **settings))
        torch.testing.assert_close(many.x[place : place + 1], one.x, atol=1e-4, rtol=1e-4)
    assert not torch.allclose(many.x[1], many.x[2])
    guesses = between(x.repeat(3, 1, 1, 1), torch.full((3,), 0.1), torch.ones(3), torch.zeros(3))
    assert not torch.allclose(guesses[0], guesses[1], atol=1e-3)
