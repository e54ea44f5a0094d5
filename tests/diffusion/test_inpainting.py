import pytest
import torch

import playground as pg
from playground.diffusion.inpainting import Inpainted, Resampled, inpaint, renoise
from playground.diffusion.levels import Level
from playground.errors import InputError

every_sampler = pytest.mark.parametrize("sampler", pg.samplers.names())


@pytest.fixture
def picture():
    return torch.rand(1, 16, 16) * 2 - 1


@pytest.fixture
def known():
    made = torch.ones(1, 16, 16, dtype=torch.bool)
    made[:, 4:12, 4:12] = False
    return made


@every_sampler
@pytest.mark.parametrize("schedule, rounds", [("zero_snr", 1), ("edm", 3)])
def test_the_known_part_is_the_picture_exactly(network, picture, known, sampler, schedule, rounds):
    *_, end = inpaint(
        network,
        picture,
        known,
        schedule,
        sampler,
        rounds=rounds,
        stretch=2,
        steps=5,
        seeds=(0, 1),
        cond=1,
        guidance=2.0,
    )
    for one in end.x:
        assert torch.equal(one[known], picture[known])
        assert not torch.allclose(one[~known], picture[~known], atol=0.1)
    assert not torch.allclose(end.x[0], end.x[1])


@pytest.mark.parametrize("rounds, stretch", [(1, 1), (3, 1), (3, 2), (4, 5), (2, 20)])
def test_nfe_counts_every_walk_and_frames_only_the_last(network, picture, known, rounds, stretch):
    frames = list(
        inpaint(
            network,
            picture,
            known,
            "cosine",
            "ddim",
            rounds=rounds,
            stretch=stretch,
            steps=10,
        )
    )
    assert len(frames) == 11
    assert frames[-1].nfe == 10 * rounds
    assert sum(len(f.asked) for f in frames) == 10 * rounds


@every_sampler
@pytest.mark.parametrize("rounds", [1, 3])
def test_the_known_part_has_the_level_s_own_noise_on_the_way(sampler, rounds):
    picture = torch.linspace(-1, 1, 4000).reshape(1, 40, 100)
    known = torch.ones_like(picture, dtype=torch.bool)
    known[:, :, :10] = False
    ideal = pg.ideal_denoiser(torch.zeros(1, 1, 40, 100))
    frames = inpaint(ideal, picture, known, "flow", sampler, rounds=rounds, steps=6)
    for frame in list(frames)[:-1]:
        eps = (frame.x[0][known] - frame.level.alpha * picture[known]) / frame.level.sigma
        assert float(eps.std()) == pytest.approx(1, abs=0.06)


def test_renoising_gives_the_forward_marginal():
    g = torch.Generator().manual_seed(0)
    now, then = Level(0.8, 0.6), Level(0.3, 0.9)
    eps = torch.randn(20000, generator=g)
    x = now.alpha * 0.5 + now.sigma * eps
    made = renoise(x, now, then, lambda: torch.randn(20000, generator=g))
    assert float(made.mean()) == pytest.approx(then.alpha * 0.5, abs=0.03)
    assert float(made.std()) == pytest.approx(then.sigma, abs=0.03)
    noise = renoise(x, Level(0.0, 1.0), Level(0.0, 2.0), lambda: torch.full((20000,), torch.nan))
    torch.testing.assert_close(noise, 2 * x)


def test_what_cannot_be_filled_in_is_refused(network, picture, known):
    with pytest.raises(InputError, match="Nothing is masked"):
        inpaint(network, picture, torch.ones_like(known), "cosine")
    with pytest.raises(InputError, match="the model's size"):
        Inpainted(network, picture[:, :8], known)
    for rounds in (0, 21, 1.5):
        with pytest.raises(InputError, match="rounds must be"):
            Resampled(pg.samplers.get("ddim"), rounds)
