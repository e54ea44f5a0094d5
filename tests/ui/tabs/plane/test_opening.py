"""The network that the tab opens with."""

from playground.ui.context import Context
from playground.ui.tabs.plane import learning, opening, sampling
from playground.ui.tabs.plane.opening import LOOKS, Opening
from playground.ui.tabs.plane.request import PlaneRequest


def opened(session, **given):
    return [m for m in learning.opened(PlaneRequest.read(given), session) if m]


def test_it_learns_once_and_every_page_goes_on_from_where_it_was_kept(new_session, last):
    first, second = new_session(), new_session()
    assert learning.first_network(Context(first.library)).wait()
    (message,) = opened(second, count=200)
    assert message.step == LOOKS[-1]
    assert message.distance < 2 * message.floor
    assert [point.step for point in message.curve] == list(LOOKS)
    assert opened(second) == []  # it has its network
    after = last(learning.go(PlaneRequest.read({"action": "step", "count": 200}), second))
    assert (after.step, after.new) == (LOOKS[-1] + 1, False)
    # a page that was forgotten, or never opened it, samples it all the same
    assert last(sampling.sampled(PlaneRequest.read({"count": 200}), new_session())).nfe


def test_it_is_the_named_clouds_and_the_settings_that_the_tab_opens_with(monkeypatch, new_session):
    monkeypatch.setattr(learning, "LOOKS", (1, 2))
    points = [[k / 9, k % 3] for k in range(30)]
    for given in ({"width": 32}, {"cloud": {"points": points}}, {"rate": 0.01}):
        assert opened(new_session(), **given) == []
    seeded = new_session()
    assert [m.step for m in opened(seeded, seed=5, cloud="rings", count=100)] == [1, 2]
    library = seeded.library
    cloud = PlaneRequest.read({"cloud": "rings"}).cloud_set
    assert Opening(library, cloud).is_kept


def test_a_file_that_cannot_be_read_or_written_is_done_without(monkeypatch, new_session, last):
    monkeypatch.setattr(learning, "LOOKS", (1, 2))
    session = new_session()
    cloud = PlaneRequest().cloud_set
    kept = Opening(session.library, cloud)
    kept.path.parent.mkdir(parents=True)
    kept.path.write_bytes(b"no network")
    assert [m.step for m in opened(session, count=100)] == [1, 2]
    assert [m.step for m in opened(new_session(), count=100)] == [2]  # written over
    monkeypatch.setattr(opening, "FOLDER", "taken/below")
    (session.library.runs / "taken").write_text("a file")
    assert [m.step for m in opened(new_session(), count=100)] == [1, 2]
