"""Training in short goes, its student, and what it is measured by."""

import pytest

from playground.errors import InputError


def test_training_goes_on_steps_follows_a_new_cloud_and_begins_anew(go, new_session):
    session = new_session()
    first = go(session, action="step")
    assert (first.step, first.new, first.count) == (1, True, 100)
    assert go(session, action="step").step == 2
    other = go(session, action="step", cloud="rings")
    assert (other.step, other.new) == (3, False)
    assert other.floor != first.floor
    assert go(session, action="step", cloud="rings", classes=True).new  # another network
    assert go(session, action="new").step >= 1
    assert [p.step for p in session.curve] == sorted(p.step for p in session.curve)


def test_paths_straighten_and_a_student_needs_one_call(go, sampled, new_session):
    session, ask = new_session(), {"cloud": "moons", "count": 200, "width": 32, "depth": 1}
    with pytest.raises(InputError, match="Nothing is trained"):
        go(session, **ask, action="reflow")
    go(session, **ask, action="step")
    for _ in range(120):
        next(session.steps)
    first = go(session, **ask, action="step")
    go(session, **ask, action="reflow")
    for _ in range(60):
        next(session.steps)
    last = go(session, **ask, action="step")
    assert last.longer - 1 < 0.7 * (first.longer - 1)
    one = {**ask, "sampler": "consistency", "steps": 1}
    assert go(session, **one, action="distill").nfe == 1
    assert not go(session, **one, action="teach").new
    assert sampled({**one, "who": "student"}, session).distance < 1


def test_the_loss_falls_toward_the_exact_denoisers_in_every_band(go, new_session):
    session = new_session()
    first = go(session, action="step", width=64)
    for _ in range(150):
        next(session.steps)
    later = go(session, action="step", width=64)
    floor = later.bands_floor
    assert first.bands_floor == floor
    for before, after, least in zip(first.bands, later.bands, floor, strict=True):
        assert 0.95 * least < after < before
