"""What the Plane tab answers, without a page; and its endpoints."""

import base64
import io
import json
import threading

import numpy as np
import pytest
import torch
from PIL import Image

from playground import plane_film
from playground.errors import InputError
from playground.export import read_settings
from playground.library import Library
from playground.making import resolve
from playground.serving.ahead import StoppedError, stopping
from playground.spaces import latent
from playground.spaces.points import read_csv
from playground.ui.tabs.plane import learning, pieces, race, restoring, saving
from playground.ui.tabs.plane import tab as tab_plane
from playground.ui.tabs.plane.request import Ask
from playground.ui.tabs.plane.sessions import Room, Rooms

SMALL = {"width": 16, "depth": 1, "count": 100, "steps": 4}


def last(work):
    *_, told = work
    return told


def go(room, **given):
    return last(learning.go(Ask.read({**SMALL, "milliseconds": 1, **given}), room))


def drawn(given, room):
    return last(learning.drawn(Ask.read(given), room))


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
    told = drawn({**one, "who": "student"}, room)
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
    told = drawn({**SMALL, "who": "model: My-moons"}, room)
    assert told["u"] == last["u"]
    with pytest.raises(InputError, match="My-moons"):
        drawn({**SMALL, "who": "model: /etc/passwd"}, room)


def test_guidance_pulls_away_from_the_true_conditional():
    ask = {"cloud": "moons", "classes": True, "who": "exact", "class": "A", "count": 300}
    plain, far = (drawn({**ask, "guidance": scale}, Room()) for scale in (1.0, 5.0))
    assert plain["distance"] < 2 * plain["floor"]
    assert far["distance"] > 2 * plain["distance"]


def test_paths_are_the_same_by_seed_and_the_exact_denoiser_needs_no_training():
    room, ask = Room(), {**SMALL, "cloud": "gaussians", "who": "exact", "steps": 12}
    one, two = (drawn(ask, room) for _ in range(2))
    assert one["u"] == two["u"]
    assert one["distance"] < 2 * one["floor"]
    with pytest.raises(InputError, match="Nothing is trained"):
        drawn({**ask, "who": "network"}, room)


def test_a_race_is_nearer_with_more_calls():
    ask = {**SMALL, "who": "exact", "samplers": ["heun"], "cloud": "moons"}
    *_, curves = race.race(Ask.read(ask), Room())
    calls = [point["calls"] for point in curves["heun"]]
    assert calls == sorted(set(calls))
    assert curves["heun"][-1]["distance"] < 0.2 * curves["heun"][0]["distance"]


def test_a_sampler_that_chooses_its_steps_is_raced_at_ever_smaller_errors():
    ask = {**SMALL, "who": "exact", "samplers": ["adaptive"], "cloud": "moons"}
    *_, curves = race.race(Ask.read(ask), Room())
    points = curves["adaptive"]
    calls = [point["calls"] for point in points]
    assert len(calls) >= 2
    assert calls == sorted(set(calls))
    assert all(point["distance"] < 2 * point["floor"] for point in points)


def test_the_loss_falls_toward_the_exact_denoisers_in_every_band():
    room = Room()
    first = go(room, action="step", width=64)
    for _ in range(150):
        next(room.steps)
    later = go(room, action="step", width=64)
    floor = later["bands_floor"]
    assert first["bands_floor"] == floor
    for before, after, least in zip(first["bands"], later["bands"], floor, strict=True):
        assert 0.95 * least < after < before


@pytest.mark.parametrize("kind", ["gif", "mp4", "csv"])
def test_the_flow_is_saved_with_its_settings_and_the_ends_as_a_table(tmp_path, kind):
    ask = {**SMALL, "cloud": "moons", "classes": True, "who": "exact", "as": kind, "seed": 5}
    told = last(saving.saved(Ask.read(ask), Room()))
    path = tmp_path / told["name"]
    path.write_bytes(base64.b64decode(told["data"]))
    if kind == "csv":
        points, labels, names = read_csv(path.read_text())
        cloud = Ask.read(ask).cloud()
        assert (len(points), names, len(labels)) == (100, ("A", "B"), 100)
        x = drawn(ask, Room())
        assert cloud.distance(cloud.frame.encode(points)) == pytest.approx(x["distance"], abs=1e-4)
    else:  # the same points again, by the terminal and by the page
        made = resolve(plane_film.recipe(read_settings(path))[0], Library())
        *_, end = made.frames()
        shown = restoring.restored(Ask.read({"data": told["data"]}), Room())
        assert (shown["state"]["cloud"], shown["state"]["seed"], shown["lacks"]) == (
            *("moons", "5"),
            False,
        )
        u = np.frombuffer(base64.b64decode(drawn(ask, Room())["u"]), np.float16).copy()
        assert torch.equal(torch.from_numpy(u).view(-1, 100, 2)[-1], end.x.half())
    if kind == "gif":
        film = Image.open(path)
        assert film.n_frames > 30
        spread = []
        for place in (0, film.n_frames - 1):
            film.seek(place)
            spread.append(np.asarray(film.convert("L")) < 250)
        assert spread[0].any(0).sum() > 100
        assert (spread[0] != spread[1]).any()


def test_a_film_shows_what_its_page_drew_and_turns_the_pages_controls():
    ask = {
        **SMALL,
        "cloud": {"points": [[k / 9, k % 3, k % 2] for k in range(30)]},
        "sampler": "adaptive",
        "sampler_knobs": {"adaptive": {"tolerance": 0.05}},
        "view": {"lines": "guesses", "t": "0.5"},
    }
    shades = [Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in (0, 120, 250)]
    told = last(saving.saved(Ask.read(ask | {"as": "gif", "pictures": _files(shades)}), Room()))
    film = Image.open(io.BytesIO(base64.b64decode(told["data"])))
    assert (film.n_frames, film.convert("RGB").getpixel((5, 5))) == (3, (0, 0, 0))
    shown = restoring.restored(Ask.read({"data": told["data"]}), Room())
    assert shown["own"] == ask["cloud"]
    assert json.loads(shown["state"]["knobs"]) == {"sampler": {"adaptive": {"tolerance": 0.05}}}
    assert {"lines": "guesses", "t": "0.5", "steps": "4"}.items() <= shown["state"].items()
    assert shown["lacks"]  # the network is not in it
    with pytest.raises(InputError, match="not kept"):
        plane_film.recipe(plane_film.to_json(ask))
    with pytest.raises(InputError, match="by hand"):
        plane_film.recipe(plane_film.to_json(ask | {"who": "exact"}))
    with pytest.raises(InputError, match="too large"):
        plane_film.read(plane_film.to_json(ask | {"cloud": {"csv": "1,2\n" * 99_999}}))
    for pictures in ([], _files(shades)[:1], ["!", "?"], _files(shades[:1]) * 999):
        with pytest.raises(InputError):
            last(saving.saved(Ask.read(ask | {"as": "gif", "pictures": pictures}), Room()))
    for data in ("", "x", base64.b64encode(b"{}").decode(), _files(shades)[0]):
        with pytest.raises(InputError):
            restoring.restored(Ask.read({"data": data}), Room())


def _files(pictures):
    files = []
    for picture in pictures:
        file = io.BytesIO()
        picture.save(file, "PNG")
        files.append("data:image/png;base64," + base64.b64encode(file.getvalue()).decode())
    return files


def test_two_numbers_decode_to_the_digit_they_are_of():
    told = tab_plane.cloud(Ask.read({"cloud": "digits"}), Room())
    assert told["class_names"] == list("0123456789")
    assert 0.2 < told["decoder"]["share"] < 0.4
    pictures, kinds = latent.pictures()
    mean = pictures[kinds == 0].mean(0)
    frame = Ask.read({"cloud": "digits"}).cloud().frame
    ask = {"cloud": "digits", "points": frame.encode(latent.digits().encode(mean[None])).tolist()}
    made = torch.tensor(tab_plane.decoded.decode(Ask.read(ask))["pictures"])[0].flatten()
    away = [float((made - pictures[kinds == k].mean(0)).square().sum()) for k in range(10)]
    assert away[0] == min(away)
    # of all pairs of numbers, the code is the one whose picture is nearest: least squares
    best = torch.linalg.lstsq(latent.digits().axes.T, (mean - latent.digits().mean)[:, None])
    assert torch.allclose(latent.digits().encode(mean[None])[0], best.solution[:, 0])
    for bad in ({"cloud": "moons"}, {"cloud": "digits", "points": [[1]]}, {"cloud": "digits"}):
        with pytest.raises(InputError):
            tab_plane.decoded.decode(Ask.read(bad))


def test_work_comes_in_pieces_and_rests_while_nobody_asks(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 0.0)
    room, ask = Room(), Ask.read({**SMALL, "who": "exact"})
    told, count = pieces.piece(room, "sample", learning.drawn(ask, room)), 1
    while told.pop("more", False):
        told, count = told | pieces.piece(room, "sample", None), count + 1
    assert told["nfe"] == SMALL["steps"] < count
    with pytest.raises(InputError, match="begin"):
        pieces.piece(room, "sample", None)
    gone = threading.Event()
    token = stopping.set(gone)
    work = pieces.whole(race.lane(ask, room))
    next(work)
    gone.set()  # its page closed
    with pytest.raises(StoppedError):
        list(work)
    stopping.reset(token)


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
    assert len(told["bands"]) == len(told["bands_floor"])
    told = client.predict({**ask, "as": "csv"}, api_name="/plane_save")
    assert base64.b64decode(told["data"]).startswith(b"x,y\n")
    told = client.predict({"cloud": "digits", "points": [[0, 0]]}, api_name="/plane_decode")
    assert len(told["pictures"][0]) == 16
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
