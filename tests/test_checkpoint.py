import pickle

import pytest
import torch
from safetensors.torch import save_file

import playground as pg
from playground.checkpoint import read_tensors, write_tensors
from playground.errors import InputError
from playground.library import SHIPPED
from playground.models.unet import UNet, UNetConfig


@pytest.fixture
def saved(tmp_path):
    config = UNetConfig(1, 16, 2, (16, 16, 16), (1, 1, 1))
    torch.manual_seed(0)
    checkpoint = pg.Checkpoint(config, UNet(config).state_dict(), "tiny", ("a", "b"), {"steps": 3})
    checkpoint.save(tmp_path / "tiny.safetensors")
    return checkpoint, tmp_path / "tiny.safetensors"


def test_what_is_loaded_is_what_was_saved(saved):
    checkpoint, path = saved
    again = pg.Checkpoint.load(path)
    assert (again.config, again.name, again.class_names) == (checkpoint.config, "tiny", ("a", "b"))
    assert again.recipe == {"steps": 3}
    x, half = torch.randn(2, 1, 16, 16), torch.full((2,), 0.7)
    assert torch.equal(again.build()(x, half, half), checkpoint.build()(x, half, half))


def cut_off(path):
    path.write_bytes(path.read_bytes()[:5000])


def empty(path):
    path.write_bytes(b"")


def other_program(path):
    save_file({"x": torch.zeros(2)}, path)


def other_version(path):
    about = {"format": "diffusion-playground", "version": "99", "about": "{}"}
    save_file({"x": torch.zeros(2)}, path, metadata=about)


def other_kind(path):
    write_tensors(path, {"x": torch.zeros(2)}, {"kind": "training run"})


def no_description(path):
    write_tensors(path, {"x": torch.zeros(2)}, {"kind": "checkpoint"})


def missing(path):
    path.unlink()


def folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil, words",
    [
        (cut_off, "tiny.safetensors is damaged or no safetensors file"),
        (empty, "tiny.safetensors is damaged or no safetensors file"),
        (other_program, "not saved by this program"),
        (other_version, "format version 99, this program reads version 1"),
        (other_kind, "holds no checkpoint"),
        (no_description, "lacks its description"),
        (missing, "There is no file"),
        (folder, "There is no file"),
    ],
)
def test_a_spoilt_file_is_refused_in_one_sentence(saved, spoil, words):
    _, path = saved
    spoil(path)
    with pytest.raises(InputError, match=words) as caught:
        pg.Checkpoint.load(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_wherever_a_file_is_cut_off_it_is_refused(saved):
    _, path = saved
    whole = path.read_bytes()
    for length in (1, 7, 8, 9, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(InputError, match="damaged"):
            pg.Checkpoint.load(path)


ABOUT = {"kind": "checkpoint", "name": "odd", "class_names": [], "recipe": {}}


@pytest.mark.parametrize(
    "about",
    [
        [],
        5,
        "text",
        None,
        ABOUT,
        ABOUT | {"network": []},
        ABOUT | {"network": {"nope": 1}},
        ABOUT | {"network": {"channels": -1}},
        ABOUT | {"network": {"channels": None}},
        ABOUT | {"network": {"widths": [10, 20, 30]}},
        ABOUT | {"network": {"widths": []}},
        ABOUT | {"network": {"patch": 0}},
        ABOUT | {"network": {}},  # a network, but without its weights
    ],
)
def test_a_description_that_makes_no_sense_is_refused(tmp_path, about):
    write_tensors(tmp_path / "odd.safetensors", {"x": torch.zeros(1)}, about)
    with pytest.raises(InputError):
        pg.Checkpoint.load(tmp_path / "odd.safetensors").build()


def test_a_pickle_is_refused_and_not_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    path = tmp_path / "trap.safetensors"
    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(InputError, match="no safetensors file"):
        pg.Checkpoint.load(path)
    assert not (tmp_path / "sprung").exists()


def test_weights_of_another_network_are_refused(saved):
    checkpoint, _ = saved
    wrong = pg.Checkpoint(UNetConfig(1, 16, 2), checkpoint.weights, "wrong")
    with pytest.raises(InputError, match="do not fit"):
        wrong.build()


def test_a_failed_write_keeps_what_was_there(saved, monkeypatch):
    checkpoint, path = saved
    before = path.read_bytes()

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("playground.checkpoint.save_file", full)
    with pytest.raises(InputError, match="no space left on device"):
        checkpoint.save(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_read_tensors_gives_back_every_dtype(tmp_path):
    tensors = {"a": torch.arange(3), "b": torch.rand(2), "c": torch.tensor(1.5)}
    write_tensors(tmp_path / "t.safetensors", tensors, {"kind": "thing"})
    got, _ = read_tensors(tmp_path / "t.safetensors", "thing")
    assert all(torch.equal(got[k], tensors[k]) for k in tensors)


def test_shipped_checkpoints_load_and_are_small():
    files = list(SHIPPED.glob("*.safetensors"))
    assert {f.stem for f in files} >= {"digits", "emoji"}
    assert sum(f.stat().st_size for f in files) < 50_000_000
    for file in files:
        checkpoint = pg.Checkpoint.load(file)
        assert checkpoint.class_names
        checkpoint.build()
        assert (SHIPPED / f"{file.stem}.md").exists()
