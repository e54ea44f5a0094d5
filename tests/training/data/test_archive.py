"""Zips as every program writes them."""

import io
import random
import struct
import zipfile
import zlib

import numpy as np
import pytest
from PIL import Image

import playground as pg
from playground.errors import InputError
from playground.training.data import archive


def picture(seed):
    noise = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    data = io.BytesIO()
    Image.fromarray(noise).save(data, "PNG")
    return data.getvalue()


class _Raw(zipfile.ZipInfo):
    """An entry with its name in these very bytes, and no flag that says in which code page."""

    def __init__(self, name: bytes, extra: bytes = b""):
        super().__init__(repr(name))
        self.raw, self.extra = name, extra

    def _encodeFilenameFlags(self):  # noqa: N802
        return self.raw, 0


def zipped(path, names, extra=lambda _: b""):
    with zipfile.ZipFile(path, "w") as made:
        for seed, name in enumerate(names):
            made.writestr(_Raw(name, extra(name)), picture(seed))
    return path


@pytest.mark.parametrize(
    "page, classes",
    [
        ("gb18030", ("猫", "狗")),
        ("utf-8", ("été", "hiver")),
        ("utf-8", ("мышь", "кот")),
        ("cp932", ("いぬ", "ねこ")),
        ("cp850", ("été", "forêt", "château", "élève", "français")),
        ("cp866", ("кошки", "собаки")),
    ],
)
def test_names_are_those_that_their_maker_saw(tmp_path, page, classes):
    names = [f"{kind}/{k}.png".encode(page) for kind in classes for k in range(3)]
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", names), 16)
    assert set(data.class_names) == set(classes)
    assert not data.problems


def test_a_unicode_name_beside_the_entry_is_taken(tmp_path):
    names = [b"\xa8/0.png", b"\xa9/1.png"]
    words = dict(zip(names, ("猫/0.png", "狗/1.png"), strict=True))

    def with_words(name):
        field = struct.pack("<BI", 1, zlib.crc32(name)) + words[name].encode()
        return struct.pack("<HH", 0x7075, len(field)) + field

    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", names, with_words), 16)
    assert set(data.class_names) == {"猫", "狗"}


def test_backslashes_are_folders_and_only_what_leaves_is_refused(tmp_path):
    names = [rb"cats\0.png", rb"cats\1.png", rb"dogs\2.png", rb"..\out.png", rb"C:\out.png"]
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", names), 16)
    assert data.class_names == ("cats", "dogs")
    assert len(data) == 3
    assert [p.why for p in data.problems] == [archive.LEAVES] * 2


def test_an_entry_called_dot_costs_itself(tmp_path):
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", [b".", b"a.png"]), 16)
    assert data.names == ("a.png",)


def test_the_password_is_the_reason_for_many_as_for_one(tmp_path):
    path = zipped(tmp_path / "z.zip", [b"1.png", b"2.png"])
    raw = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + place] |= 1
            at = raw.find(mark, at + 4)
    path.write_bytes(raw)
    with pytest.raises(InputError, match=r"of 2 files 2 are .*password"):
        pg.Dataset.from_files(path, 16)


def test_one_bad_source_costs_itself(tmp_path):
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    (tmp_path / "good.png").write_bytes(picture(0))
    data = pg.Dataset.from_files([tmp_path / "bad.zip", tmp_path / "good.png"], 16)
    assert data.names == ("good.png",)
    assert "no zip" in str(data.problems[0])


def test_beyond_the_limit_every_class_has_an_even_share(tmp_path):
    names = [f"train/{kind}/{k:03}.png".encode() for kind in "abcde" for k in range(20)]
    random.Random(0).shuffle(names)
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", names), 16, limit=40)
    assert data.class_names == tuple("abcde")
    assert np.bincount(data.labels).tolist() == [8] * 5
    assert "an even share of each class" in str(data.problems[-1])
