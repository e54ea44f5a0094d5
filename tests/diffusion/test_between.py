import pytest
import torch

import playground as pg
from playground.diffusion.between import Between, sample_between

DATA = torch.randn(5, 1, 4, 4, generator=torch.Generator().manual_seed(3))
LABELS = torch.tensor([0, 0, 1, 1, 1])


@pytest.mark.parametrize("sampler", ["ddim", "ddpm", "dpmpp_2m"])
def test_at_a_whole_seed_it_is_the_sample_of_that_seed(sampler: str) -> None:
    denoiser, cond = pg.ideal_denoiser(DATA, LABELS), torch.tensor([0, 1, 1])
    *_, expected = pg.sample(
        denoiser, "flow", sampler, steps=3, seeds=range(7, 10), cond=cond, guidance=2.0
    )
    *_, found = sample_between(
        denoiser, "flow", sampler, steps=3, seed=7.0, count=3, cond=cond, guidance=2.0
    )
    assert torch.equal(found, expected.x)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9])
def test_between_two_seeds_it_is_standard_noise(share: float) -> None:
    noise = Between(40 + share, 4)((10_000,))
    assert noise.mean(1).abs().max() < 0.05
    assert (noise.std(1) - 1).abs().max() < 0.05


def test_every_draw_moves_without_a_jump() -> None:
    def drawn(seed: float) -> torch.Tensor:
        source = Between(seed, 2)
        return torch.stack([source((50,)) for _ in range(3)])

    for seed in (3.0, 3.5, 3.999999):
        assert (drawn(seed) - drawn(seed + 1e-6)).abs().max() < 1e-4
    first, second = drawn(3.0)[:2]
    assert (first - second).abs().max() > 0.5  # fresh noise at every draw
    assert torch.equal(drawn(3.0)[:, 1], drawn(4.0)[:, 0])  # each turns into the next one


@pytest.mark.parametrize("seed", [-1.0, float("nan"), float("inf")])
def test_a_seed_that_is_none_is_refused(seed: float) -> None:
    with pytest.raises(pg.InputError, match="seed"):
        Between(seed, 1)
