"""What people gave, in links: kept by name, given back, refused, deleted."""

import base64
import io
import json
import os
from pathlib import Path
from urllib.parse import urlencode

import gradio as gr
import numpy as np
import pytest
from PIL import Image

from playground.errors import InputError
from playground.spaces.images import encode, open_picture
from playground.ui import app
from playground.ui.context import Context
from playground.ui.media.downloads import download_path, is_served
from playground.ui.media.pictures import EXAMPLES
from playground.ui.media.pictures import picture as noised_picture
from playground.ui.permalinks import store as link_store
from playground.ui.permalinks.link import LOST, Link
from playground.ui.permalinks.store import DRAWING, PICTURE, LinkStore
from playground.ui.tabs.edit.source import source
from playground.ui.widgets.bundled import bundled

NOISE, EDIT = "noise.your-picture", "edit.your-picture"


@pytest.fixture(scope="module")
def page():
    built = app.build(Context())
    return built, next(one for one in built.blocks.values() if isinstance(one, gr.Tabs))


@pytest.fixture
def link(page, tmp_path):
    return Link(*page, LinkStore(tmp_path / "runs"))


@pytest.fixture
def upload():
    """A photograph in the folder of uploads, which tells where it was taken."""
    path = download_path("holiday.jpg")
    pixels = np.random.default_rng(0).integers(0, 255, (70, 90, 3), np.uint8)
    exif = Image.Exif()
    exif[0x010E] = "at home"
    Image.fromarray(pixels).resize((901, 700)).save(path, "JPEG", exif=exif)
    return path


def held(link, path, lasts=True):
    return link.given.hold({"lasts": lasts, "pictures": {NOISE: path}, "drawings": {}})


def restored(link, query):
    """What a control shows by this query."""
    _, *values = link.restored("?" + urlencode(query))
    return dict(zip([one.name for one in link.kept], values, strict=False))


def test_an_upload_comes_back_with_the_same_pixels_and_nothing_else_of_the_photograph(link, upload):
    name = held(link, upload)["pictures"][NOISE]
    path = restored(link, {NOISE: name})[NOISE]
    assert (noised_picture(path) == noised_picture(upload)).all()
    assert held(link, path)["pictures"][NOISE] == name  # a link made of a link is the same
    (file,) = link.given.store.lasting.glob("*.png")
    assert b"at home" in Path(upload).read_bytes()
    assert b"at home" not in file.read_bytes()
    assert not Image.open(file).getexif()
    assert restored(link, {"denoise.steps": "5"})[NOISE] == link.given.controls[NOISE].default


def test_the_pictures_of_both_tabs_are_each_as_their_tab_shows_them(link, upload):
    names = link.given.hold(
        {"lasts": True, "pictures": {NOISE: upload, EDIT: upload}, "drawings": {}}
    )["pictures"]
    path = restored(link, names)[EDIT]
    for shape in ((3, 32, 32), (1, 28, 28)):
        assert (source(path, shape) == source(upload, shape)).all()


def test_a_bundled_picture_is_told_by_its_name_and_the_first_one_not_at_all(link):
    default = link.given.controls[NOISE].default
    other = next(name for name in EXAMPLES if name != Path(default).stem)
    path = restored(link, {NOISE: other})[NOISE]
    assert Path(path).read_bytes() == EXAMPLES[other].read_bytes()
    assert held(link, path)["pictures"][NOISE] == other
    assert held(link, default)["pictures"][NOISE] is None
    assert held(link, None)["pictures"][NOISE] == "none"
    assert restored(link, {NOISE: "none"})[NOISE] is None
    assert link.given.store.facts()["files"] == 0


def test_a_bundled_picture_that_is_pressed_comes_from_where_gradio_may_read():
    with gr.Blocks() as page:
        bundled(list(EXAMPLES.values()), gr.Image(), "Bundled")
    (pressed,) = page.fns.values()
    path = pressed.fn(1)
    assert is_served(path)
    assert Path(path).read_bytes() == list(EXAMPLES.values())[1].read_bytes()


def test_what_is_gone_is_told_and_all_else_is_restored(link, upload):
    name = held(link, upload)["pictures"][NOISE]
    query = {NOISE: name, "denoise.steps": "5"}
    shown = restored(link, query)[NOISE]
    link.given.delete({})
    assert not Path(shown).exists()
    with pytest.warns(UserWarning, match=LOST[:20]):
        values = restored(link, query)
    assert values[NOISE] == link.given.controls[NOISE].default
    assert values["denoise.steps"] == 5


def test_a_file_that_is_not_what_was_kept_is_as_gone(link, upload):
    name = held(link, upload)["pictures"][NOISE]
    (file,) = link.given.store.lasting.glob("*.png")
    file.write_bytes(file.read_bytes() + b"more")
    assert link.given.store.read(name, PICTURE) is None


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "kept-../../x", "kept-" + "A" * 32, "kept-" + "a" * 31],
)
def test_a_name_that_is_no_hash_is_refused_and_never_a_path(link, name):
    with pytest.raises(InputError, match="picture"):
        link.restored("?" + urlencode({NOISE: name}))
    assert link.given.store.read(name, PICTURE) is None


def test_only_uploads_are_kept_and_only_pictures(link):
    assert "picture" in held(link, "/etc/passwd")["error"]
    text = download_path("note.png")
    Path(text).write_text("no picture")
    told = held(link, text)
    assert "not a picture" in told["error"]
    assert told["pictures"] == {}
    assert told["files"] == 0


def test_what_only_history_holds_is_bounded_and_what_links_hold_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(link_store, "REMEMBERED", 3)
    store = LinkStore(tmp_path)
    stays = store.keep(b"0", DRAWING, lasts=True)
    names = []
    for i in range(1, 6):
        names.append(store.keep(b"%d" % i, DRAWING, lasts=False))
        os.utime(store.history / f"{names[-1][5:]}{DRAWING}", (i, i))
    there = [store.read(name, DRAWING) for name in [stays, *names]]
    assert there == [b"0", None, None, b"3", b"4", b"5"]
    assert store.facts() == {"files": 4, "bytes": 4}
    assert store.keep(b"5", DRAWING, lasts=True) == names[-1]  # it is there once
    assert store.facts() == {"files": 4, "bytes": 4}
    monkeypatch.setattr(link_store, "MOST", 4)
    with pytest.raises(InputError, match="delete"):
        store.keep(b"6", DRAWING, lasts=True)
    with pytest.raises(InputError, match="smaller"):
        store.keep(bytes(link_store.LARGEST[DRAWING] + 1), DRAWING, lasts=False)
    store.delete()
    assert all(store.read(name, DRAWING) is None for name in [stays, *names])


def test_a_file_of_beats_takes_pictures_to_another_machine(page, link, upload, tmp_path):
    name = held(link, upload)["pictures"][NOISE]
    file = json.loads(json.dumps(link.given.give({"names": [name, "kept-" + "0" * 32]})))
    assert set(file["kept"]) == {name}
    other = Link(*page, LinkStore(tmp_path / "other"))
    new = other.given.take(file)["names"][name]
    path = restored(other, {NOISE: new})[NOISE]
    assert (noised_picture(path) == encode([open_picture(upload)], 512)).all()


@pytest.mark.parametrize("told", ["no base64!", base64.b64encode(b"no picture").decode(), None])
def test_a_file_of_beats_is_read_as_uploads_are(link, told):
    with pytest.raises(InputError):
        link.given.take({"kept": {"kept-" + "0" * 32: {"picture": told}}})
    assert link.given.store.facts()["files"] == 0


def test_too_large_a_picture_in_a_file_of_beats_is_refused(link):
    data = io.BytesIO()
    Image.new("L", (3000, 3000)).save(data, "PNG")
    told = {"picture": base64.b64encode(data.getvalue()).decode()}
    with pytest.raises(InputError, match="megapixels"):
        link.given.take({"kept": {"kept-" + "0" * 32: told}})


def test_a_lesson_leaves_the_picture_that_a_pupil_brought(link):
    left = restored(link, {"stay": "your-picture", "denoise.steps": "5"})[NOISE]
    assert left == gr.skip()
    told = restored(link, {"stay": "your-picture", NOISE: "none"})[NOISE]
    assert told is None


def test_a_drawing_is_held_apart_from_the_controls_beside_it(link):
    points = [[i / 300, -i / 300, i % 2] for i in range(300)]
    ask = {"lasts": True, "pictures": {}, "drawings": {"plane": {"own": {"points": points}}}}
    name = link.given.hold(ask)["drawings"]["plane"]["own"]
    query = {"plane": json.dumps({"seed": "4", "own": name})}
    told = json.loads(restored(link, query)["plane"].value)
    assert told == {"seed": "4", "own": {"points": points}}
    link.given.delete({})
    with pytest.warns(UserWarning, match=LOST[:20]):
        told = json.loads(restored(link, query)["plane"].value)
    assert told == {"seed": "4"}


def test_a_mask_and_what_is_painted_on_noise_are_told_by_an_address(link, stroke):
    values = restored(link, {"fork": json.dumps({"paint": stroke})})
    assert json.loads(values["fork"].value) == {"paint": stroke}
    told = {"mask": stroke, "mode": "inpaint"}
    assert json.loads(restored(link, {"edit": json.dumps(told)})["edit"].value) == told
    for wrong in ({"mask": "data:image/png;base64,AAAA"}, {"mode": "none"}, {"else": 1}):
        with pytest.raises(InputError):
            restored(link, {"edit": json.dumps(wrong)})


@pytest.mark.parametrize("own", ["{}", "[]", '{"points": [["x", 1]]}', '{"picture": "no base64!"}'])
def test_a_drawing_that_is_none_is_refused_as_when_it_is_drawn(link, own):
    with pytest.raises(InputError):
        restored(link, {"plane": f'{{"own": {own}}}'})


def test_what_lasts_is_counted_once_and_what_is_refused_is_not_kept(tmp_path):
    spent = []

    def spend(size):
        if spent:
            raise InputError("That is all.")
        spent.append(size)

    store = LinkStore(tmp_path, spend)
    store.keep(b"history", DRAWING, lasts=False)
    name = store.keep(b"first", DRAWING, lasts=True)
    assert store.keep(b"first", DRAWING, lasts=True) == name  # it is there already
    assert spent == [5]
    before = store.facts()
    with pytest.raises(InputError):
        store.keep(b"second", DRAWING, lasts=True)
    assert store.facts() == before
