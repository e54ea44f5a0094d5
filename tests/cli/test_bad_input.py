"""Bad input on the command line: one plain sentence and exit code 2."""

import os
import pickle
import re
import shutil
import socket
import struct
import zipfile
import zlib

import pytest

from playground import cli

pytestmark = pytest.mark.timeout(120)


def truncated(at):
    data = (at / "photo.jpg").read_bytes()
    (at / "cut.jpg").write_bytes(data[: len(data) // 2])
    return ("noise", "cut.jpg")


def words(at):
    (at / "words.png").write_text("words")
    return ("noise", "words.png")


def nothing(at):
    (at / "empty.png").write_bytes(b"")
    return ("noise", "empty.png")


def png_bomb(at):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    size = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    (at / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + pixels)
    return ("noise", "bomb.png")


def zip_bomb(at):
    with zipfile.ZipFile(at / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.png", b"\0" * (65 << 20))
    return ("train", "z.zip", "-o", "runs/x")


def zip_that_leaves(at):
    with zipfile.ZipFile(at / "z.zip", "w") as archive:
        archive.writestr("../evil.png", (at / "photo.jpg").read_bytes())
    return ("train", "z.zip", "-o", "runs/x")


def unknown_model(at):
    return ("train", "photo.jpg", "-o", "runs/x", "--from", "emojy")


def no_model(at):
    return ("train", "photo.jpg", "-o", "runs/x", "--from", "models/no.safetensors")


def no_pictures(at):
    with zipfile.ZipFile(at / "z.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    return ("train", "z.zip", "-o", "runs/x")


def sampling(*options):
    return lambda at: ("sample", "tiny", "--checkpoints", "models", *options)


def spoilt(write):
    def make(at):
        write(at / "models" / "tiny.safetensors")
        return ("sample", "tiny", "--checkpoints", "models", "--steps", 1)

    return make


def taken_port(at):
    global holding
    holding = socket.create_server(("127.0.0.1", 0))
    return ("--port", holding.getsockname()[1], "--no-browser")


MODELS = ("--checkpoints", "models")
BAD = {
    "truncated JPEG": (truncated, "cut off"),
    "no image": (words, "not a picture"),
    "0 bytes": (nothing, "empty"),
    "PNG bomb": (png_bomb, "too many pixels"),
    "zip bomb": (zip_bomb, "larger than 64 MB"),
    "zip with ../": (zip_that_leaves, "leaves the zip"),
    "run inside a file": (
        lambda at: ("train", "photo.jpg", "-o", "photo.jpg/x", "--json"),
        "Cannot write",
    ),
    "missing": (lambda at: ("noise", "gone.png"), "no file"),
    "model to start from": (unknown_model, "did you mean emoji"),
    "file to start from": (no_model, "There is no file models/no.safetensors"),
    "zip without pictures": (no_pictures, "no pictures"),
    "missing folder": (lambda at: ("train", "gone", "-o", "runs/x"), "no file or folder"),
    "device": (
        lambda at: ("train", "photo.jpg", "-o", "runs/x", "--device", "gpu"),
        "choose auto, cpu, cuda",
    ),
    "steps 0": (sampling("--steps", "0"), "whole number"),
    "steps -1": (sampling("--steps=-1"), "whole number"),
    "steps nan": (sampling("--steps", "nan"), "whole number"),
    "steps 1e9": (sampling("--steps", "1000000000"), "whole number"),
    "schedule": (sampling("--schedule", "cosin"), "did you mean cosine"),
    "sampler": (sampling("--sampler", "hun"), "did you mean heun"),
    "guidance": (sampling("--guidance", "nan"), "guidance must be a number"),
    "guidance kind": (sampling("--guidance-kind", "auto"), "did you mean autoguidance"),
    "guidance knob": (
        sampling("--guidance-kind", "interval", "--knob", "low=99"),
        "low must be a number from -12 to 12",
    ),
    "class": (sampling("--class", "Flag"), "did you mean Flags"),
    "suffix": (sampling("-o", "out.exe"), "end its name"),
    "knob": (sampling("--knob", "eta"), "name=value"),
    "knob 1-2": (sampling("--sampler", "ddim", "--knob", "eta=1-2"), "eta must be a number"),
    "knob 1.2.3": (sampling("--sampler", "ddim", "--knob", "eta=1.2.3"), "eta must be a number"),
    "knob -": (sampling("--sampler", "ddim", "--knob", "eta=-"), "eta must be a number"),
    "knob nan": (sampling("--sampler", "ddim", "--knob", "eta=nan"), "eta must be a number"),
    "knob inf": (sampling("--sampler", "ddim", "--knob", "eta=inf"), "eta must be a number"),
    "noise's knob": (
        lambda at: ("noise", "photo.jpg", "--schedule", "flow", "--knob", "shift=1-2"),
        "shift must be a number",
    ),
    "noise's suffix": (lambda at: ("noise", "photo.jpg", "-o", "y.exe"), "end its name in"),
    "picture's suffix": (sampling("-o", "y.jpg"), "end its name in"),
    "model's suffix": (
        lambda at: ("export", "models/tiny.safetensors", "-o", "y.jpg"),
        "end its name so",
    ),
    "model": (lambda at: ("sample", "emojo", "--checkpoints", "models"), "no checkpoint"),
    "cut off model": (spoilt(lambda p: p.write_bytes(p.read_bytes()[:999])), "damaged"),
    "pickle": (spoilt(lambda p: p.write_bytes(pickle.dumps([1]))), "no safetensors"),
    "t": (lambda at: ("noise", "photo.jpg", "--t", "1.5"), "from 0"),
    "unwritable": (lambda at: ("noise", "photo.jpg", "-o", "photo.jpg/x.png"), "Cannot write"),
    "no number": (lambda at: ("noise", "photo.jpg", "--t", "much"), "Invalid value for '--t'"),
    "unknown option": (lambda at: ("noise", "photo.jpg", "--tt", "1"), "No such option"),
    "unknown command": (lambda at: ("nose", "photo.jpg"), "No such command"),
    "one lane": (lambda at: ("race", "tiny", *MODELS, "--lane", "ddim"), "2 to 6 lanes"),
    "lane": (lambda at: ("race", "tiny", *MODELS, "--lane=ddim", "--lane=eulr:3"), "Lane 2"),
    "axis": (
        lambda at: ("grid", "tiny", *MODELS, "--rows=ddim", "--columns=steps=1"),
        "kind=value",
    ),
    "cell": (
        lambda at: ("grid", "tiny", *MODELS, "--rows=sampler=hun", "--columns=steps=1"),
        "did you mean heun",
    ),
    "grid's suffix": (
        lambda at: ("grid", "tiny", *MODELS, "--rows=seed=1", "--columns=steps=1", "-o", "g.jpg"),
        "end its name in .png",
    ),
    "taken port": (taken_port, "is taken"),
    "auth": (lambda at: ("--auth", "me", "--no-browser"), "user:password"),
}


# one of each way that a sentence takes: by typer, of a file, an option, a model, a folder, a port
ALONE = (
    "unknown option",
    "truncated JPEG",
    "knob nan",
    "cut off model",
    "unwritable",
    "taken port",
)


@pytest.mark.parametrize("case", ALONE)
def test_bad_input_gets_one_sentence_and_exit_code_2(playground, at, case):
    make, said = BAD[case]
    done = playground(*make(at), cwd=at)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert re.fullmatch(r"playground: [^\n]+\n", done.stderr), done.stderr


@pytest.mark.parametrize("case", [case for case in BAD if case not in ALONE])
def test_bad_input_is_told_in_one_sentence(monkeypatch, capsys, at, case):
    make, said = BAD[case]
    monkeypatch.chdir(at)
    monkeypatch.setattr("sys.argv", ["playground", *map(str, make(at))])
    with pytest.raises(SystemExit) as left:
        cli.main()
    told = capsys.readouterr().err
    assert left.value.code == 2, told
    assert said in told
    assert re.fullmatch(r"playground: [^\n]+\n", told), told


@pytest.mark.skipif(os.name == "nt", reason="folders there have other permissions")
@pytest.mark.parametrize(
    "args, said",
    [
        (("train", "locked", "-o", "runs/x"), "is not readable"),
        (("noise", "photo.jpg", "-o", "locked/x.png"), "Cannot write"),
        (("train", "photo.jpg", "-o", "locked/x", "--json"), "cannot use"),
    ],
)
def test_a_folder_without_permission_gets_one_sentence_and_exit_code_2(playground, at, args, said):
    (at / "locked").mkdir(mode=0o000)
    prefix = []
    if os.geteuid() == 0:  # nothing is closed to root, unless that power is taken from it
        if not shutil.which("setpriv"):
            pytest.skip("root may read everything, and setpriv is missing")
        powers = "-dac_override,-dac_read_search"
        prefix = ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]
    done = playground(*args, cwd=at, prefix=prefix)
    assert done.returncode == 2, done.stderr
    assert re.fullmatch(rf"playground: [^\n]*{said}[^\n]*\n", done.stderr), done.stderr
