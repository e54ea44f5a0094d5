"""What one of the audience may leave here, and that a refusal counts for nothing."""

import re

import pytest

from playground.errors import InputError
from playground.ui.runtime.allowance import DAY, MEGABYTE, VISITORS, Allowance, Limits

FEW = Limits(uploads=2, links=3, megabytes=10, audience_megabytes=25)


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def allowance(now):
    return Allowance(FEW, lambda: now[0])


def refused(call):
    with pytest.raises(InputError) as told:
        call()
    assert re.search(r"\.$", str(told.value))
    assert "\n" not in str(told.value)


def test_uploads_links_and_bytes_have_each_their_limit(allowance):
    for _ in range(FEW.uploads):
        allowance.spend("a", MEGABYTE, uploads=1)
    refused(lambda: allowance.spend("a", 1, uploads=1))
    for _ in range(FEW.links):
        allowance.spend("a", 1, links=1)
    refused(lambda: allowance.spend("a", 1, links=1))
    refused(lambda: allowance.spend("a", 8 * MEGABYTE))
    allowance.spend("a", 7 * MEGABYTE)
    allowance.spend("b", 10 * MEGABYTE, uploads=1)  # another has their own


def test_a_refusal_counts_for_nothing(allowance):
    refused(lambda: allowance.spend("a", 11 * MEGABYTE, uploads=1))
    allowance.spend("a", 10 * MEGABYTE, uploads=1)


def test_the_audience_has_a_limit_together(allowance):
    for name in "abc":
        if name != "c":
            allowance.spend(name, 10 * MEGABYTE)
    refused(lambda: allowance.spend("c", 6 * MEGABYTE))
    allowance.spend("c", 5 * MEGABYTE)


def test_a_day_later_all_is_new(allowance, now):
    allowance.spend("a", 10 * MEGABYTE)
    now[0] = DAY + 1
    allowance.spend("a", 10 * MEGABYTE)


def test_the_presenter_has_no_limits(allowance):
    for _ in range(10):
        allowance.spend(None, 100 * MEGABYTE, uploads=1, links=1)


def test_no_more_visitors_are_kept_in_mind_than_fit(allowance):
    for number in range(VISITORS + 5):
        allowance.check(str(number), 1)
    assert len(allowance._left) <= VISITORS
