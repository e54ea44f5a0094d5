"""What the Plane tab answers, without a page; and its endpoints."""

import base64
import io
import json

import pytest
from PIL import Image

from playground.errors import InputError
from playground.library import Library
from playground.ui import tab_plane
from playground.ui.plane import learning, race
from playground.ui.plane.ask import Ask
from playground.ui.plane.rooms import Room, Rooms

SMALL = {"width": 16, "depth": 1, "count": 100, "steps": 4}


def go(room, **given):
    return learning.go(Ask.read({**SMALL, "milliseconds": 1, **given}), room)


def test_training_goes_on_steps_follows_a_new_cloud_and_begins_anew():
    room = Room()
    first = go(room, action="step")
    assert (first["step"], first["new"], first["count"]) == (1, True, 100)
    assert go(room, action="step")["step"] == 2
    other = go(room, action="step", cloud="rings")
    assert (other["step"], other["new"]) == (3, False)
    assert other["floor"] != first["floor"]
    assert go(room, action="step", cloud="rings", classes=True)["new"]  # another network
    assert go(room, action="new")["step"] >= 1
    assert [p["step"] for p in room.curve] == sorted(p["step"] for p in room.curve)


def test_paths_straighten_and_a_student_needs_one_call():
    room, ask = Room(), {"cloud": "moons", "count": 200, "width": 32, "depth": 1}
    with pytest.raises(InputError, match="Nothing is trained"):
        go(room, **ask, action="reflow")
    go(room, **ask, action="step")
    for _ in range(120):
        next(room.steps)
    first = go(room, **ask, action="step")
    go(room, **ask, action="reflow")
    for _ in range(60):
        next(room.steps)
    last = go(room, **ask, action="step")
    assert last["longer"] - 1 < 0.7 * (first["longer"] - 1)
    one = {**ask, "sampler": "consistency", "steps": 1}
    assert go(room, **one, action="distill")["nfe"] == 1
    assert not go(room, **one, action="teach")["new"]
    told = learning.drawn(Ask.read({**one, "who": "student"}), room)
    assert told["distance"] < 1


def test_a_kept_network_draws_as_it_did(tmp_path):
    room = Room(library=Library(tmp_path / "runs", ()))
    with pytest.raises(InputError, match="Nothing is trained"):
        tab_plane.keep(Ask.read({}), room)
    last = go(room, action="step")
    assert tab_plane.keep(Ask.read({"name": "My moons"}), room)["kept"] == "My-moons"
    assert tab_plane.keep(Ask.read({"name": "My moons"}), room)["models"] == [
        "My-moons-2",
        "My-moons",
    ]
    told = learning.drawn(Ask.read({**SMALL, "who": "model: My-moons"}), room)
    assert told["u"] == last["u"]
    with pytest.raises(InputError, match="My-moons"):
        learning.drawn(Ask.read({**SMALL, "who": "model: /etc/passwd"}), room)


def test_guidance_pulls_away_from_the_true_conditional():
    ask = {"cloud": "moons", "classes": True, "who": "exact", "class": "A", "count": 300}
    plain, far = (
        learning.drawn(Ask.read({**ask, "guidance": scale}), Room()) for scale in (1.0, 5.0)
    )
    assert plain["distance"] < 2 * plain["floor"]
    assert far["distance"] > 2 * plain["distance"]


def test_paths_are_the_same_by_seed_and_the_exact_denoiser_needs_no_training():
    room, ask = Room(), {**SMALL, "cloud": "gaussians", "who": "exact", "steps": 12}
    one, two = (learning.drawn(Ask.read(ask), room) for _ in range(2))
    assert one["u"] == two["u"]
    assert one["distance"] < 2 * one["floor"]
    with pytest.raises(InputError, match="Nothing is trained"):
        learning.drawn(Ask.read({**ask, "who": "network"}), room)


def test_a_race_is_nearer_with_more_calls():
    ask = {**SMALL, "who": "exact", "samplers": ["heun"], "cloud": "moons"}
    *_, curves = race.race(Ask.read(ask), Room())
    calls = [point["calls"] for point in curves["heun"]]
    assert calls == sorted(set(calls))
    assert curves["heun"][-1]["distance"] < 0.2 * curves["heun"][0]["distance"]


@pytest.mark.parametrize(
    "given, why",
    [
        ({"cloud": "moon"}, "moons"),
        ({"cloud": {"points": [["a", 1]]}}, "pairs"),
        ({"cloud": {"points": [[0, 1]] * 3}}, "the same"),
        ({"cloud": {}}, "A cloud is"),
        ({"target": "w"}, "target"),
        ({"rate": "fast"}, "rate"),
        ({"count": 10**9}, "count"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(given, why):
    with pytest.raises(InputError, match=why):
        go(Room(), **given)
    with pytest.raises(InputError, match="names and values"):
        Ask.read("[1]")


def test_the_page_is_told_what_can_be_chosen_and_rooms_do_not_pile_up():
    facts = tab_plane.facts()
    assert {"moons", "checkerboard"} <= {name for name, _ in facts["clouds"]}
    rooms = Rooms()
    first = rooms.of("a")
    assert rooms.of("a") is first
    for number in range(50):
        rooms.of(str(number))
    assert rooms.of("a") is not first


def test_the_endpoints_train_sample_and_measure(client):
    ask = {**SMALL, "cloud": "moons", "seconds": 0.3}
    job = client.submit(ask, api_name="/plane_train")
    told = job.result(60)
    assert told["seconds"] >= 0.3
    sampled = client.predict({**ask, "sampler": "heun"}, api_name="/plane_sample")
    assert sampled["nfe"] == 7
    cloud = client.predict({"cloud": "rings", "count": 60}, api_name="/plane_cloud")
    assert len(cloud["points"]) == 60
    with pytest.raises(Exception, match="moons"):
        client.predict({"cloud": "moon"}, api_name="/plane_cloud")


def test_a_link_shows_the_tab_as_it_was_and_refuses_what_it_has_not():
    shown = tab_plane._again('{"cloud": "rings", "t": "0.3"}', lambda _: None)
    assert json.loads(shown.value) == {"cloud": "rings", "t": "0.3"}
    for odd in ("[]", "x", '{"page": "1"}', '{"cloud": ["rings"]}'):
        with pytest.raises(InputError, match="Say what"):
            tab_plane._again(odd, lambda _: None)


def test_the_dark_of_a_picture_becomes_dense():
    picture = Image.new("L", (40, 40), 255)
    picture.paste(0, (0, 0, 20, 20))  # the upper left
    picture.paste(128, (20, 20, 40, 40))
    data = io.BytesIO()
    picture.save(data, "PNG")
    text = base64.b64encode(data.getvalue()).decode()
    for given in (text, "data:image/png;base64," + text):
        cloud = Ask.read({"cloud": {"picture": given}}).whole_cloud()
        x = cloud.frame.decode(cloud.data.x)
        upper_left = (x[:, 0] < 20) & (x[:, 1] > 20)
        lower_right = (x[:, 0] > 20) & (x[:, 1] < 20)
        assert (upper_left | lower_right).all()
        assert 1.7 < upper_left.sum() / lower_right.sum() < 2.3
    for bad, says in (("%%%", "base64"), (base64.b64encode(b"no picture").decode(), "picture")):
        with pytest.raises(InputError, match=says):
            Ask.read({"cloud": {"picture": bad}}).whole_cloud()
