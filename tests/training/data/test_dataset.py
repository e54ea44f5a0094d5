import io
import stat
import zipfile

import numpy as np
import pytest
import torch
from PIL import Image

import playground as pg
from playground.errors import InputError
from playground.library import ASSETS


def png(colour="red", size=20):
    data = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(data, "PNG")
    return data.getvalue()


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def test_a_folder_s_folders_are_classes(tmp_path):
    for name, colour in (("cats/a.png", "red"), ("cats/b.png", "lime"), ("dogs/c.png", "blue")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(png(colour))
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "notes.txt").write_text("hello")
    data = pg.Dataset.from_files(tmp_path, 16)
    assert data.x.shape == (3, 3, 16, 16)
    assert data.class_names == ("cats", "dogs")
    assert data.labels.tolist() == [0, 0, 1]
    assert [p.name for p in data.problems] == ["notes.txt"]
    torch.testing.assert_close(data.x[0, :, 0, 0], torch.tensor([1.0, -1.0, -1.0]))


def test_a_zip_around_one_folder_is_unwrapped(tmp_path):
    entries = [("all/a/1.png", png()), ("all/b/2.png", png("blue")), ("__MACOSX/a/1.png", b"x")]
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", entries), 16)
    assert data.class_names == ("a", "b")
    assert data.problems == ()


def test_without_folders_there_are_no_classes(tmp_path):
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", [("1.png", png())]), 16, channels=1)
    assert data.labels is None
    assert data.x.shape == (1, 1, 16, 16)
    assert "memorise" in data.advice()


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    "name, data, why",
    [
        ("../evil.png", png(), "leaves the zip"),
        ("/etc/evil.png", png(), "leaves the zip"),
        ("C:/evil.png", png(), "leaves the zip"),
        (link("link.png"), b"/etc/passwd", "is a link"),
        ("inner.zip", b"PK", "zip inside"),
        ("bomb.png", b"\0" * (65 << 20), "larger than 64 MB"),
        ("words.png", b"words", "not a picture"),
        ("empty.png", b"", "is empty"),
    ],
)
def test_what_is_wrong_in_a_zip_is_left_out_and_told(tmp_path, name, data, why):
    path = zipped(tmp_path / "z.zip", [("good.png", png()), (name, data)])
    got = pg.Dataset.from_files(path, 16)
    assert len(got) == 1
    assert why in str(got.problems[0])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["z.zip"]


def test_an_encrypted_entry_is_told(tmp_path):
    path = zipped(tmp_path / "z.zip", [("a.png", png()), ("b.png", png())])
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1  # the flag in the last entry of the directory
    path.write_bytes(raw)
    assert "encrypted" in str(pg.Dataset.from_files(path, 16).problems[0])


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda p: zipped(p / "z.zip", [("a.txt", b"x")]), "no pictures"),
        (lambda p: zipped(p / "z.zip", []), "no pictures"),
        (lambda p: (p / "z.zip").write_bytes(b"not a zip") and p / "z.zip", "damaged or no zip"),
        (lambda p: p / "missing", "no file or folder"),
        (lambda p: p, "no pictures"),
    ],
)
def test_nothing_usable_is_refused_in_one_sentence(tmp_path, make, said):
    with pytest.raises(InputError, match=said) as caught:
        pg.Dataset.from_files(make(tmp_path), 16)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [0, 8, 18, 65, 128, -4])
def test_sizes_that_the_network_cannot_take_are_refused(tmp_path, size):
    with pytest.raises(InputError, match="divisible by 4"):
        pg.Dataset.from_files(tmp_path, size)


def test_the_rest_beyond_the_limit_is_told(tmp_path):
    path = zipped(tmp_path / "z.zip", [(f"{i}.png", png((i, 0, 0))) for i in range(5)])
    data = pg.Dataset.from_files(path, 16, limit=3)
    assert len(data) == 3
    assert "3 pictures are taken" in str(data.problems[-1])


def test_an_equal_picture_is_left_out_and_told_which_it_equals(tmp_path):
    larger = png("red", 40)  # another file, but the same pixels at the training size
    entries = [("a/1.png", png()), ("a/2.png", png("blue")), ("b/11.png", larger), ("b/x", b"x")]
    data = pg.Dataset.from_files(zipped(tmp_path / "z.zip", entries), 16)
    assert data.names == ("a/1.png", "a/2.png")
    assert [p.name for p in data.problems] == ["b/11.png", "b/x"]
    assert str(data.problems[0]).startswith("b/11.png equals a/1.png at this size")


def test_pictures_that_look_nearly_the_same_are_kept_and_told(tmp_path):
    photographs = sorted((ASSETS / "pictures").glob("*.*"))
    again = tmp_path / "again.jpg"
    Image.open(photographs[0]).resize((200, 200)).save(again, quality=60)
    data = pg.Dataset.from_files([*photographs, again])
    assert (len(data), data.problems) == (len(photographs) + 1, ())
    assert "2 pictures look nearly the same" in data.advice()


def test_the_crop_reaches_the_pictures(tmp_path):
    wide = Image.new("RGB", (64, 32), "white")
    wide.paste("black", (0, 8, 16, 24))
    wide.save(tmp_path / "wide.png")
    centre, smart, whole = (
        pg.Dataset.from_files(tmp_path, 16, fit=fit).x for fit in ("centre", "smart", "whole")
    )
    assert centre.min() > smart.min()  # the middle begins where the black ends
    assert (smart < 0).float().mean() == pytest.approx(0.25, abs=0.02)
    assert (whole < 0).float().mean() == pytest.approx(0.0625, abs=0.02)
    with pytest.raises(InputError, match="centre"):
        pg.Dataset.from_files(tmp_path, 16, fit="center")


def test_saving_and_loading_gives_the_same(tmp_path, tiny):
    tiny.save(tmp_path / "d.safetensors")
    again = pg.Dataset.load(tmp_path / "d.safetensors")
    assert again.fingerprint() == tiny.fingerprint()
    assert (again.names, again.class_names) == (tiny.names, tiny.class_names)
    (tmp_path / "d.safetensors").write_bytes(b"junk")
    with pytest.raises(InputError, match="damaged"):
        pg.Dataset.load(tmp_path / "d.safetensors")


def test_a_split_is_disjoint_complete_and_repeatable(tiny):
    a, b = tiny.split(0.25, seed=1)
    assert (len(a), len(b)) == (18, 6)
    assert set(a.names) | set(b.names) == set(tiny.names)
    assert tiny.split(0.25, seed=1)[1].names == b.names
    assert tiny.split(0.25, seed=2)[1].names != b.names


@pytest.mark.parametrize(
    "name, size, count, classes", [("emoji", 32, 1674, 9), ("digits", 16, 1797, 10)]
)
def test_bundled_sets_are_what_their_readme_says(name, size, count, classes):
    data = pg.Dataset.from_files(ASSETS / f"{name}.zip", size)
    assert (len(data), len(data.class_names), data.problems) == (count, classes, ())
    assert f"| {count} |" in (ASSETS / "README.md").read_text()
    if name == "emoji":
        assert torch.equal(data.x[:, :, 0, 0], torch.ones(count, 3))  # a plain white ground
        assert len({x.numpy().tobytes() for x in data.x}) == count


def test_bundled_digits_are_scikit_learn_s():
    from sklearn.datasets import load_digits

    data = pg.Dataset.from_files(ASSETS / "digits.zip", 16, channels=1)
    assert np.bincount(load_digits().target).tolist() == data.labels.bincount().tolist()
    zero = load_digits().images[0] / 8 - 1
    small = torch.nn.functional.avg_pool2d(data.x[0], 2)[0].numpy()
    assert abs(small - zero).mean() < 0.15
