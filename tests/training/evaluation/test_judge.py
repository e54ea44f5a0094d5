import pytest
import torch

from playground.errors import InputError
from playground.training.data.dataset import Dataset
from playground.training.evaluation.judge import training


def bright_and_dark(count=120):
    labels = torch.arange(count) % 2
    noise = 0.3 * torch.randn(count, 1, 16, 16, generator=torch.Generator().manual_seed(0))
    x = noise + (labels.float() - 0.5)[:, None, None, None]
    return Dataset(x, labels, ("dark", "bright"), tuple(map(str, range(count))))


def test_it_learns_the_classes_and_is_the_same_each_time():
    data = bright_and_dark()
    shares, judges = zip(*training(data), strict=True)
    assert shares[-1] == 1.0
    assert list(shares) == sorted(shares)
    judge = judges[-1]
    assert judge.accuracy == 1.0
    assert judge.share(data.x[data.labels == 1], 1) == 1.0
    assert judge.share(data.x[data.labels == 1], 0) == 0.0
    *_, (_, again) = training(data)
    assert torch.equal(again(data.x), judge(data.x))


def test_equal_pictures_have_no_spread():
    *_, (_, judge) = training(bright_and_dark())
    one = torch.zeros(1, 1, 16, 16)
    assert judge.spread(one.expand(5, -1, -1, -1)) == pytest.approx(0, abs=1e-5)
    assert judge.spread(torch.cat([one, one + 1])) > 0.1


def test_pictures_without_classes_are_refused():
    with pytest.raises(InputError, match="no classes"):
        next(training(Dataset(torch.zeros(4, 1, 16, 16))))
