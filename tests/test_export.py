"""Files of what was made: what is in them, and their settings read back from any that may come."""

import io
import pickle
import random
import zipfile
import zlib

import numpy as np
import pytest
import torch
from PIL import Image

import playground as pg
from playground import export
from playground.errors import InputError
from playground.export import FORMATS, Take, read_settings, written
from playground.export.files import kind_of
from playground.export.pictures import KEY
from playground.export.take import MOST
from playground.recipe import Recipe
from playground.spaces.images import contact_sheet, decode

DATA = torch.rand(9, 3, 16, 16, generator=torch.Generator().manual_seed(0)) * 2 - 1
RECIPE = Recipe("ideal: émoji ☺", steps=5, seeds=(3, 4, 5), sampler="ddpm")


@pytest.fixture(scope="module")
def take():
    made = Take(seeds=RECIPE.seeds, settings=RECIPE.to_json(), title=str(RECIPE.line))
    for frame in pg.sample(pg.ideal_denoiser(DATA), "edm", "ddpm", steps=5, seeds=RECIPE.seeds):
        made.add(frame)
    return made


@pytest.fixture(scope="module")
def files(take, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    found = {}
    for kind in FORMATS:
        name = "way.png" if kind == "sheet" else f"out.{kind}"
        found[kind], *beside = written(folder / name, take, kind, beside=True)
        assert bool(beside) == (kind in ("gif", "mp4", "npz"))
    return {**found, "json": folder / "out.json"}


@pytest.mark.parametrize("kind", [*FORMATS, "json"])
def test_settings_come_back_from_every_format(files, kind):
    assert Recipe.from_json(read_settings(files[kind])) == RECIPE


def test_png_and_gif_show_the_frames(files, take):
    with Image.open(files["png"]) as image:
        assert image.convert("RGB").tobytes() == contact_sheet(take.sheets[-1], scale=8).tobytes()
    with Image.open(files["gif"]) as film:
        assert film.n_frames == 6


def test_mp4_is_what_browsers_play(files, take):
    import av

    with av.open(str(files["mp4"])) as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width % 2, stream.height % 2) == (0, 0)
        shown = [frame.to_ndarray(format="rgb24") for frame in film.decode(stream)]
    assert len(shown) == 6 - 1 + 40  # the last is held for two seconds
    want = np.asarray(contact_sheet(take.sheets[-1], scale=8)).astype(int)
    last = shown[-1][: want.shape[0], : want.shape[1]]
    assert abs(last - want).mean() < 8


def test_npz_holds_the_numbers(files, take):
    with np.load(files["npz"], allow_pickle=False) as found:
        assert found["x"].dtype == np.float32
        assert (found["x"] == take.x.numpy()).all()
        assert (found["pictures"] == decode(take.sheets[-1])).all()
        assert found["seeds"].tolist() == [3, 4, 5]
        assert found["steps"].tolist() == [0, 1, 2, 3, 4, 5]
        assert found["levels"][-1].tolist() == [1, 0]
        assert str(found["settings"]) == RECIPE.to_json()


def test_the_way_has_frames_across_and_pictures_down(files, take):
    with Image.open(files["sheet"]) as image:
        assert image.width > 6 * 96
        assert image.height > 3 * 96
    many = Take([torch.zeros(64, 1, 16, 16)] * 50)
    assert max(export.way.sheet(many).size) < 2000


def test_a_long_way_is_thinned_and_keeps_its_ends():
    made = Take()
    level = pg.Level(0.0, 1.0)
    for index in range(2501):
        x = torch.full((1, 1, 2, 2), index / 2500)
        made.add(pg.Frame(index, 2500, level, x, None, 0, torch.empty(0, 1, 2)))
    assert MOST - 2 <= len(made.steps) <= MOST + 1
    assert (made.steps[0], made.steps[-1]) == (0, 2500)
    assert made.steps == sorted(set(made.steps))
    assert len(made.sheets) == len(made.levels) == len(made.steps)


@pytest.mark.parametrize("name", ["out.bmp", "out", "out.sheet", "out.json"])
def test_other_names_are_refused(name):
    with pytest.raises(InputError, match=r"\.png, \.gif, \.mp4 or \.npz"):
        kind_of(name)
    with pytest.raises(InputError, match="generate first"):
        written("out.png", Take(), "png")


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def box(kind, data):
    return (len(data) + 8).to_bytes(4, "big") + kind + data


def npz(array=None, **members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)
        if array is not None:
            part = io.BytesIO()
            np.save(part, array, allow_pickle=True)
            file.writestr("settings.npy", part.getvalue())
    return data.getvalue()


LONG = b"x" * 10_000_000
PNG, GIF = b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(7)
FTYP = box(b"ftyp", b"isom" + bytes(4))


def comment(text):
    item = box(b"\xa9cmt", box(b"data", bytes(8) + text))
    return FTYP + box(b"moov", box(b"udta", box(b"meta", bytes(4) + box(b"ilst", item))))


class Bad:
    def __reduce__(self):
        return (open, ("executed", "w"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no settings"),
        (b"words", "no settings"),
        (b"\xff\xd8\xff\xe0 a JPEG", "no settings"),
        (LONG, "no settings"),
        (pickle.dumps(Bad()), "no settings"),
        (PNG + chunk(b"tEXt", KEY.encode() + b"\0" + LONG), "far too long"),
        (PNG + chunk(b"tEXt", b"other\0" + LONG) + chunk(b"IEND", b""), "no settings"),
        (PNG + b"\xff\xff\xff\xfftEXt" + KEY.encode(), "damaged"),
        (GIF + b"!\xfe" + (b"\xff" + b"x" * 255) * 40_000 + b"\0;", "far too long"),
        (GIF + b";", "no settings"),
        (comment(LONG), "far too long"),
        (FTYP + box(b"moov", b""), "no settings"),
        (FTYP + b"\0\0\0\0moov", "no settings"),
        (FTYP + b"\0\0\0\x02moov", "damaged"),
        (FTYP + b"\0\0\0\1moov" + b"\xff" * 8, "damaged"),
        (npz(np.array("x" * 2_000_000)), "far too long"),
        (npz(np.array(Bad(), dtype=object)), "no settings"),
        (npz(settings=b"\x93NUMPY\1\0\x76\0{'descr': '<U9999999999', "), "damaged"),
        (npz(other=b""), "no settings"),
        (npz(settings=b"words"), "damaged"),
        (b"PK\3\4 cut", "damaged"),
    ],
)
def test_a_stranger_s_file_gets_one_sentence_and_executes_nothing(
    tmp_path, monkeypatch, data, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_settings("file")
    assert said in str(caught.value)
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize("kind", [*FORMATS, "json"])
def test_damaged_files_are_read_or_refused(files, tmp_path, kind):
    data, rng = files[kind].read_bytes(), random.Random(kind)
    places = [rng.randrange(len(data)) for _ in range(15)]
    where = [*places, *(rng.randrange(min(300, len(data))) for _ in range(25))]
    for place in where:
        broken = bytearray(data)
        broken[place] ^= 1 << rng.randrange(8)
        for one in (bytes(broken), data[:place]):
            (tmp_path / "file").write_bytes(one)
            try:
                Recipe.from_json(read_settings(tmp_path / "file"))
            except InputError:
                continue


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(InputError, match="no file"):
        read_settings(tmp_path / "none.png")
    with pytest.raises(InputError, match="folder"):
        read_settings(tmp_path)
