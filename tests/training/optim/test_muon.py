"""Muon: near-orthogonal updates, whatever the gradient's scale and shape."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from playground.training.optim.muon import Muon, orthogonal


@given(st.integers(1, 24), st.integers(1, 8), st.floats(1e-4, 1e4), st.integers(0, 99))
def test_singular_values_come_near_one(rows, columns, scale, seed):
    g = torch.Generator().manual_seed(seed)
    update = scale * torch.randn(rows, columns, 3, 3, generator=g)
    values = torch.linalg.svdvals(orthogonal(update).flatten(1))
    first = torch.linalg.svdvals(update.flatten(1))
    kept = values[first > 0.02 * first.max()]
    assert kept.min() > 0.3
    assert kept.max() < 1.3


def test_the_singular_vectors_stay():
    g = torch.Generator().manual_seed(0)
    update = torch.randn(6, 2, 3, 3, generator=g, dtype=torch.float64)
    u, _, v = torch.linalg.svd(update.flatten(1), full_matrices=False)
    inside = u.T @ orthogonal(update).flatten(1) @ v.T
    torch.testing.assert_close(inside, inside.diagonal().diag())


def test_no_gradient_makes_no_step():
    weight = nn.Parameter(torch.ones(4, 2, 3, 3))
    optimizer = Muon([weight], lr=0.1)
    optimizer.step()
    weight.grad = torch.zeros_like(weight)
    optimizer.step()
    assert torch.equal(weight, torch.ones_like(weight))


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_it_minimises_and_the_memory_layout_does_not_matter(layout):
    g = torch.Generator().manual_seed(0)
    target = torch.randn(8, 4, 3, 3, generator=g)
    weight = nn.Parameter(torch.zeros(8, 4, 3, 3).contiguous(memory_format=layout))
    optimizer = Muon([weight], lr=0.1)
    for i in range(200):
        optimizer.param_groups[0]["lr"] = 0.1 * (1 - i / 200)
        weight.grad = weight.detach() - target
        optimizer.step()
    assert (weight - target).norm() < 0.05 * target.norm()
