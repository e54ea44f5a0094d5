import pytest
import torch

from playground.training.data import duplicates as module
from playground.training.data.duplicates import duplicates


@pytest.mark.parametrize("channels, size", [(1, 16), (3, 20), (3, 64)])
def test_only_those_that_look_the_same_are_found(channels, size):
    x = torch.rand(9, channels, size, size) * 2 - 1
    x[7] = x[2] + 0.01 * torch.randn(channels, size, size)
    assert duplicates(x).nonzero().flatten().tolist() == [2, 7]


def test_it_does_not_matter_where_the_rows_are_parted(monkeypatch):
    x = torch.rand(23, 1, 16, 16)
    x[20], x[3] = x[1], x[22]
    whole = duplicates(x)
    assert whole.sum() == 4
    for rows in (1, 4, 20):
        monkeypatch.setattr(module, "ROWS", rows)
        assert torch.equal(duplicates(x), whole)


def test_a_single_picture_is_like_no_other():
    assert not duplicates(torch.zeros(1, 3, 32, 32)).any()
