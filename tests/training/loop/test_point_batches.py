import pytest
import torch

from playground.diffusion import schedules
from playground.diffusion.levels import mix
from playground.models.network import unit_level
from playground.training.data import clouds
from playground.training.data.dataset import Dataset
from playground.training.loop.batches import Batches
from playground.training.loop.point_batches import PointBatches, in_order, spread, stable


def generator():
    return torch.Generator().manual_seed(0)


def batch_of(data, kind=PointBatches, **changes):
    return kind(data, clouds.config(**changes), len(data.class_names)).draw(generator())


def test_numbers_are_uniform_over_many_shifts_and_lie_evenly_in_each():
    g = generator()
    several = torch.stack([spread(64, 3, g) for _ in range(400)])
    assert ((several >= 0) & (several < 1)).all()
    assert torch.allclose(several[:, 5].mean(0), torch.full((3,), 0.5).double(), atol=0.06)
    for numbers in several[:5]:
        gaps = numbers.sort(0).values.diff(dim=0)
        assert gaps.max() < 1.01 / 64  # chance alone would leave gaps of about 5 / 64
    assert not torch.equal(several[0], several[1])


def test_in_order_neighbours_are_near_and_classes_are_together():
    x, labels = torch.randn(4000, 2, generator=generator()), torch.arange(4000) % 3
    order = in_order(x, labels)
    assert torch.equal(order.sort().values, torch.arange(4000))
    assert (labels[order].diff() >= 0).all()
    steps = x[order].diff(dim=0).norm(dim=1).median()
    assert steps < 0.1 * x.diff(dim=0).norm(dim=1).median()


def test_each_noised_point_stays_and_its_target_is_the_mean_of_what_it_may_come_from():
    x0, eps = (torch.randn(64, 2, generator=generator()) + shift for shift in (0, 1))
    phi = torch.linspace(0, torch.pi / 2, 64)
    level = unit_level(phi)
    mean, noise = stable(x0, eps, phi)
    x = mix(x0, eps, *level)
    assert torch.allclose(mix(mean, noise, *level), x, atol=1e-5)
    weights = torch.stack(
        [(-(x - level[0][:, None] * d).square().sum(1) / (2 * level[1] ** 2)).exp() for d in x0], 1
    )
    by_hand = weights @ x0 / weights.sum(1, keepdim=True)
    some = phi > 0.1  # where exp does not vanish in float32
    assert torch.allclose(mean[some], by_hand[some], atol=1e-4)
    assert torch.allclose(mean[0], x0[0], atol=1e-4)  # nearly clean
    assert torch.allclose(mean[-1], x0.mean(0), atol=1e-4)  # pure noise


def test_the_mean_target_is_unbiased_and_varies_less():
    # data on two points: E[x0 | x] at x = alpha x0 + sigma eps is a tanh
    g, phi = generator(), torch.full((8,), 0.9)
    alpha, sigma = unit_level(phi)
    off = {True: [], False: []}
    for _ in range(4000):
        x0 = torch.randint(2, (8, 1), generator=g).float() * 2 - 1
        eps = torch.randn(8, 1, generator=g)
        x = mix(x0, eps, alpha, sigma)
        right = (x * (alpha / sigma.square())[:, None]).tanh()
        for settled, made in ((True, stable(x0, eps, phi)[0]), (False, x0)):
            off[settled].append((made - right) * torch.cat([x, x.abs()], 1))  # wherever x is
    errors = {settled: torch.cat(parts) for settled, parts in off.items()}
    assert (errors[True].mean(0).abs() < 4 * errors[True].std(0) / 32000**0.5).all()
    assert (errors[True].std(0) < 0.6 * errors[False].std(0)).all()


def test_told_a_class_a_target_is_of_that_class_alone():
    x0 = torch.tensor([[-1.0, 0.0], [1.0, 0.0]]).repeat(500, 1)
    data = Dataset(x0, torch.arange(1000) % 2, ("A", "B"))
    batch = batch_of(data, label_dropout=0.5)
    told = batch.cond >= 0
    assert 0.4 < told.float().mean() < 0.6
    assert torch.allclose(batch.x0[told, 0], 2.0 * batch.cond[told] - 1, atol=1e-6)
    assert (batch.x0[~told, 0].abs() < 0.5).any()


@pytest.mark.parametrize("kind", [PointBatches, Batches])
def test_both_ways_of_drawing_see_the_same_noised_points_on_the_whole(kind):
    data = clouds.named("moons").free.data
    batch = batch_of(data, kind, batch=1024)
    x = mix(batch.x0, batch.eps, *unit_level(batch.phi))
    # E[cos^2] = E[sin^2] = 1/2, and both data and noise have a mean square of 1
    assert float(x.square().mean()) == pytest.approx(1, abs=0.1)
    assert float(batch.phi.mean()) == pytest.approx(torch.pi / 4, abs=0.01)


@pytest.mark.parametrize("name", ["cosine", "edm", "drawn"])
def test_levels_are_those_of_the_schedule_at_the_same_t(name):
    data = clouds.named("moons").free.data
    even, drawn = batch_of(data), batch_of(data, schedule=name)
    alpha, sigma = schedules.get(name)(even.phi.double() / (torch.pi / 2))
    assert not torch.allclose(even.phi, drawn.phi, atol=0.01)
    assert torch.allclose(drawn.phi.double(), torch.atan2(sigma, alpha), atol=1e-4)
