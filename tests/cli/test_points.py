"""Points from the terminal: trained, gone on with, and sampled into a table and a picture."""

import json

from PIL import Image
from typer.testing import CliRunner

from playground import plane_film
from playground.checkpoint import Checkpoint
from playground.cli import app, facts, pictures, training  # noqa: F401  (they register)
from playground.errors import InputError
from playground.library import Library
from playground.spaces.tables import read_csv


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_points_are_trained_resumed_and_sampled(tmp_path):
    out, quick = tmp_path / "runs" / "moons", ("--batch", 64, "--json")
    levels = ("--schedule", "drawn", "--knob", "p3=0.3")
    first = run("train", "--cloud", "moons", "-o", out, "--steps", 20, *levels, *quick)
    about = json.loads(first.stdout)
    assert (about["state"], about["step"]) == ("finished", 20)
    assert about["distance"] > about["floor"] > 0
    again = run("train", "--cloud", "moons", "-o", out, "--resume", "--json")
    assert json.loads(again.stdout)["step"] == 20  # its budget was spent
    library = Library(tmp_path / "runs")
    assert "moons" in library.points()
    trained = Checkpoint.load(library.path("moons")).recipe["train"]
    assert (trained["schedule"], trained["schedule_knobs"]["p3"]) == ("drawn", 0.3)
    assert "moons" not in library.models()  # no tab of pictures offers it

    table = tmp_path / "made.csv"
    words = ("sample", "moons", "--runs", tmp_path / "runs", "--class", "B", "--steps", 3, "-n", 30)
    assert run(*words, "-o", table).exit_code == 0
    x, _, _ = read_csv(table.read_text())
    assert len(x) == 30
    assert table.read_text().splitlines()[1].endswith("B")
    assert run(*words, "-o", tmp_path / "made.png").exit_code == 0
    assert Image.open(tmp_path / "made.png").size == (480, 480)

    own = run("train", table, "-o", tmp_path / "own", "--steps", 2, *quick)
    assert json.loads(own.stdout)["step"] == 2


def test_a_film_of_the_plane_gives_its_points_again(tmp_path):
    asked = {"cloud": "moons", "classes": True, "who": "exact", "count": 30, "steps": 3}
    film = tmp_path / "film.json"
    film.write_text(plane_film.to_json(asked))
    words = ("sample", "--from", film, "-o", tmp_path / "again.csv")
    assert run(*words).exit_code == 0
    x, kinds, names = read_csv((tmp_path / "again.csv").read_text())
    assert (len(x), names) == (30, ("A", "B"))
    assert 0 < kinds.sum() < 30  # as in the data
    film.write_text(plane_film.to_json(asked | {"who": "network"}))
    assert "Keep" in str(run(*words).exception)


def test_what_cannot_be_done_with_points_is_one_sentence(tmp_path):
    (tmp_path / "bad.csv").write_text("1,2\nx,y\n")
    for words, why in (
        (("train",), "--cloud"),
        (("train", "--cloud", "moon", "-o", tmp_path / "a"), "moons"),
        (
            ("train", "--cloud", "moons", "--knob", "s=0.01", "-o", tmp_path / "a"),
            "Choose the schedule",
        ),
        (("train", tmp_path / "bad.csv", "-o", tmp_path / "a"), "Line 2"),
        (("sample", "ideal: digits", "-o", tmp_path / "a.csv"), "Only points"),
    ):
        done = run(*words)
        assert isinstance(done.exception, InputError)
        assert why in str(done.exception)
