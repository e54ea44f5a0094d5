"""How far two clouds of points are apart."""

import math

import torch
from torch import Tensor

from playground.errors import InputError

DIRECTIONS = 64  # evenly over the half circle, so that the distance has no chance of its own


def sliced_wasserstein(a: Tensor, b: Tensor) -> float:
    """Return the sliced 2-Wasserstein distance of two clouds (N,2), (M,2), in their own units.

    The root mean square, over directions, of the optimal transport cost between the projections,
    which in one dimension pairs them in order (Bonneel et al. 2015). Where the counts differ, the
    quantiles of both at the larger count are paired.
    """
    if not len(a) or not len(b):
        raise InputError("A distance needs points on both sides.")
    turn = math.pi * torch.arange(DIRECTIONS, dtype=torch.float64) / DIRECTIONS
    onto = torch.stack([turn.cos(), turn.sin()])  # (2,DIRECTIONS)
    first, second = (_quantiles(part.double() @ onto, max(len(a), len(b))) for part in (a, b))
    return float((first - second).square().mean().sqrt())


def _quantiles(values: Tensor, count: int) -> Tensor:
    """Return each column's values in order (count,K), each value as often as its share."""
    ordered = values.sort(0).values
    if len(ordered) == count:
        return ordered
    place = (torch.arange(count, dtype=torch.float64) + 0.5) * len(ordered) / count
    return ordered[place.long()]
