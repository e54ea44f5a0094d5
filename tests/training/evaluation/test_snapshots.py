"""Kept moments of a run: few, the first and the last among them, evenly spread."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from playground.training.evaluation.snapshots import is_due, to_drop


@given(st.sets(st.integers(1, 10**7), min_size=1, max_size=80), st.integers(2, 24))
def test_the_first_and_the_last_stay(steps, most):
    left = steps - set(to_drop(sorted(steps), most))
    assert len(left) == min(len(steps), most)
    assert min(left) == min(steps)
    assert max(left) == max(steps)


@given(st.integers(1, 100), st.integers(200, 200_000))
def test_kept_as_they_come_no_gap_is_much_wider_than_the_mean(first, steps):
    kept, step = [], first
    while step < first + steps:
        if is_due(step, kept):
            kept.append(step)
            kept = sorted(set(kept) - set(to_drop(kept)))
        step += max(1, step // 40)
    assert len(kept) <= 24
    gaps = [math.log(b / a) for a, b in pairwise(kept)]
    if kept[0] >= 20:  # below, whole numbers are far apart in the logarithm by themselves
        assert max(gaps) < 3.5 * sum(gaps) / len(gaps)
