"""Films and tables of the particles, and films read back."""

import base64
import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

from playground import plane_film
from playground.errors import InputError
from playground.export import read_settings
from playground.library import Library
from playground.making import resolve
from playground.spaces.tables import read_csv
from playground.ui.tabs.plane import restoring, saving
from playground.ui.tabs.plane.request import PlaneRequest


@pytest.mark.parametrize("kind", ["gif", "mp4", "csv"])
def test_the_flow_is_saved_with_its_settings_and_the_ends_as_a_table(
    tmp_path, kind, small, last, sampled, new_session
):
    ask = {**small, "cloud": "moons", "classes": True, "who": "exact", "as": kind, "seed": 5}
    message = last(saving.saved(PlaneRequest.read(ask), new_session()))
    path = tmp_path / message.name
    path.write_bytes(base64.b64decode(message.data))
    if kind == "csv":
        points, labels, names = read_csv(path.read_text())
        cloud = PlaneRequest.read(ask).cloud_set
        assert (len(points), names, len(labels)) == (100, ("A", "B"), 100)
        x = sampled(ask, new_session())
        assert cloud.distance(cloud.frame.encode(points)) == pytest.approx(x.distance, abs=1e-4)
    else:  # the same points again, by the terminal and by the page
        made = resolve(plane_film.recipe(read_settings(path))[0], Library())
        *_, end = made.frames()
        shown = restoring.restored(PlaneRequest.read({"data": message.data}), new_session())
        assert (shown.state["cloud"], shown.state["seed"], shown.lacks) == (
            *("moons", "5"),
            False,
        )
        u = np.frombuffer(base64.b64decode(sampled(ask, new_session()).u), np.float16).copy()
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


def test_a_film_shows_what_its_page_drew_and_turns_the_pages_controls(small, last, new_session):
    ask = {
        **small,
        "cloud": {"points": [[k / 9, k % 3, k % 2] for k in range(30)]},
        "sampler": "adaptive",
        "sampler_knobs": {"adaptive": {"tolerance": 0.05}},
        "view": {"lines": "guesses", "t": "0.5"},
    }

    def save(pictures):
        request = PlaneRequest.read(ask | {"as": "gif", "pictures": pictures})
        return last(saving.saved(request, new_session()))

    shades = [Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in (0, 120, 250)]
    message = save(_files(shades))
    film = Image.open(io.BytesIO(base64.b64decode(message.data)))
    assert (film.n_frames, film.convert("RGB").getpixel((5, 5))) == (3, (0, 0, 0))
    shown = restoring.restored(PlaneRequest.read({"data": message.data}), new_session())
    assert shown.own == ask["cloud"]
    assert json.loads(shown.state["knobs"]) == {"sampler": {"adaptive": {"tolerance": 0.05}}}
    assert {"lines": "guesses", "t": "0.5", "steps": "4"}.items() <= shown.state.items()
    assert shown.lacks  # the network is not in it
    with pytest.raises(InputError, match="not kept"):
        plane_film.recipe(plane_film.to_json(ask))
    with pytest.raises(InputError, match="by hand"):
        plane_film.recipe(plane_film.to_json(ask | {"who": "exact"}))
    with pytest.raises(InputError, match="too large"):
        plane_film.read(plane_film.to_json(ask | {"cloud": {"csv": "1,2\n" * 99_999}}))
    for pictures in ([], _files(shades)[:1], ["!", "?"], _files(shades[:1]) * 999):
        with pytest.raises(InputError):
            save(pictures)
    for data in ("", "x", base64.b64encode(b"{}").decode(), _files(shades)[0]):
        with pytest.raises(InputError):
            restoring.restored(PlaneRequest.read({"data": data}), new_session())


def _files(pictures):
    files = []
    for picture in pictures:
        file = io.BytesIO()
        picture.save(file, "PNG")
        files.append("data:image/png;base64," + base64.b64encode(file.getvalue()).decode())
    return files
