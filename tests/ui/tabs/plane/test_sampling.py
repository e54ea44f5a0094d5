"""Paths of particles, and who draws them."""

import pytest

from playground.errors import InputError
from playground.ui.tabs.plane.saved_networks import keep


def test_a_kept_network_draws_as_it_did(go, sampled, small, new_session):
    session = new_session()
    with pytest.raises(InputError, match="Nothing is trained"):
        keep(session, "")
    last = go(session, action="step")
    assert keep(session, "My moons").kept == "My-moons"
    assert keep(session, "My moons").models == ["My-moons-2", "My-moons"]
    assert sampled({**small, "who": "model: My-moons"}, session).u == last.u
    with pytest.raises(InputError, match="My-moons"):
        sampled({**small, "who": "model: /etc/passwd"}, session)


def test_guidance_pulls_away_from_the_true_conditional(sampled, new_session):
    ask = {"cloud": "moons", "classes": True, "who": "exact", "class": "A", "count": 300}
    plain, far = (sampled({**ask, "guidance": scale}, new_session()) for scale in (1.0, 5.0))
    assert plain.distance < 2 * plain.floor
    assert far.distance > 2 * plain.distance


def test_paths_are_the_same_by_seed_and_the_exact_denoiser_needs_no_training(
    sampled, small, new_session
):
    session, ask = new_session(), {**small, "cloud": "gaussians", "who": "exact", "steps": 12}
    one, two = (sampled(ask, session) for _ in range(2))
    assert one.u == two.u
    assert one.distance < 2 * one.floor
    with pytest.raises(InputError, match="Nothing is trained"):
        sampled({**ask, "who": "network"}, session)
