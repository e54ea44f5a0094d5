import base64
import json
from itertools import pairwise

import numpy as np
import pytest
import torch

import playground as pg
from playground.diffusion.levels import eps_from_x0
from playground.spaces.images import tile
from playground.ui.media.film import KEPT, messages
from playground.ui.media.film_cache import Beside, Film, FilmCache
from playground.ui.media.frame_queries import SPREAD, look
from playground.ui.runtime.guard import answering

DATA = torch.rand(30, 1, 16, 16, generator=torch.Generator().manual_seed(0)) * 2 - 1
IDEAL = pg.ideal_denoiser(DATA)


def frames(steps=5, sampler="ddim", schedule="edm", **rest):
    return pg.sample(IDEAL, schedule, sampler, steps=steps, seeds=(1, 2, 3), **rest)


def shown(*args, **kwargs):
    """All frames of a film as the page has them in the end, the messages, and the film."""
    film = Film()
    told = [json.loads(m) for m in messages(*args, film, **kwargs)]
    made = [f for m in told for f in m["frames"]]
    assert made[-1]["index"] == made[-1]["total"]  # the result does not wait for the others
    while more := ask(told[0]["run"], have=[f["index"] for f in made])["frames"]:
        made += more
    return sorted(made, key=lambda f: f["index"]), told, film


def pixels(text):
    return np.frombuffer(base64.b64decode(text), np.uint8)


def ask(run, **what):
    return answering(look)(json.dumps({"run": run, **what}))


def test_noise_and_change_are_those_of_full_precision():
    made, told, film = shown(frames())
    real = list(frames())
    assert [f["index"] for f in made] == list(range(6))
    for before, now in pairwise(real):
        eps = eps_from_x0(before.x, now.x0, *before.level)
        got = ask(told[0]["run"], index=now.index, what="eps")
        assert (pixels(got["rgb"]) == tile(eps / SPREAD, gap=1).flatten()).all()
        got = ask(told[0]["run"], index=now.index, what="change")
        gain = float(got["note"]["values"]["times"])
        change = tile((now.shown - before.shown) * gain, gap=1)
        assert (pixels(got["rgb"]) == change.flatten()).all()
    assert film.sheets[-1] is not None


@pytest.mark.parametrize("sampler, calls", [("ddim", 5), ("heun", 9)])
def test_every_call_of_the_model_is_told_with_its_level(sampler, calls):
    made, _, _ = shown(frames(sampler=sampler, schedule="cosine"))
    told = [call for f in made for call in f["asked"]]
    assert len(told) == made[-1]["total"] * calls // 5 == calls
    want = [lv.log_snr for lv in pg.schedules.get("cosine").grid(5)]
    assert told[0][1] == told[0][2] == pytest.approx(max(want[0], -15), abs=0.01)
    assert {step for step, _, _ in told} == set(range(1, 6))


@pytest.mark.parametrize("sampler", pg.samplers.names())
def test_every_sampler_s_frames_can_be_looked_at(sampler):
    made, told, film = shown(
        frames(steps=4, sampler=sampler), beside=Beside(frames(4), IDEAL, None)
    )
    assert len(film.sheets) == len(made)
    *_, last = frames(steps=4, sampler=sampler)
    assert sum(len(f["asked"]) for f in made) == last.nfe
    for f in made[1:]:
        assert "rgb" in ask(told[0]["run"], index=f["index"], what="change")
        assert len(ask(told[0]["run"], index=f["index"], sample=2)["weights"]) == 5


def test_the_spectrum_begins_as_noise_and_ends_as_the_guess():
    made, told, _ = shown(frames(), data=lambda: DATA)
    assert made[0]["floor"] == pytest.approx(0, abs=0.01)
    assert max(map(abs, made[0]["bands_x"])) < 0.5
    assert made[-1]["bands_x"] == made[-1]["bands_x0"]
    assert made[-1]["floor"] is None
    assert told[0]["data"] is None  # nobody waits for them to see the first frame
    assert len(told[-1]["data"]) == len(made[0]["bands_x"]) == 8


def test_a_long_run_is_thinned_but_what_is_kept_is_whole():
    made, told, film = shown(frames(steps=KEPT + 150))
    assert len(made) == len(film.sheets) <= KEPT
    assert told[0]["note"]["values"] == {"most": 250, "total": 400}
    assert sum(len(f["asked"]) for f in made) == KEPT + 150
    for f in (made[1], made[-1]):
        assert "rgb" in ask(told[0]["run"], index=f["index"], what="change")


def test_the_ideal_denoiser_beside_it_tells_its_pictures():
    beside = Beside(frames(), IDEAL, None)
    made, told, film = shown(frames(), beside=beside)
    assert told[0]["beside"]
    for f in made:
        assert f["ideal"]["x"] == f["x"]  # it is beside itself here
        assert f["pictures"] == 30
        assert all(0.999 <= n <= 30.001 for n in f["effective"])
    assert made[0]["effective"][0] > made[-1]["effective"][0] == pytest.approx(1)
    top = ask(told[0]["run"], index=5, sample=1)
    assert top["weights"] == sorted(top["weights"], reverse=True)
    nearest = pixels(top["pictures"][0]["rgb"])
    last = tile(film.sheets[-1][1:2], gap=1).flatten()
    assert np.abs(nearest.astype(int) - last).max() <= 1
    assert "rgb" in ask(told[0]["run"], index=5, what="ideal eps")


def test_what_is_not_there_is_told_and_goes_with_its_film():
    _, told, film = shown(frames())
    run = told[0]["run"]
    for odd in (
        {"index": 99, "what": "eps"},
        {"index": 0, "what": "eps"},
        {"index": 1, "sample": 0},
    ):
        assert "gone" in ask(run, **odd)["error"]
    for odd in ([], {}, {"run": 3}, {"run": run, "index": "x", "what": "eps"}):
        assert "gone" in answering(look)(json.dumps(odd))["error"]
    assert answering(look)("")["error"]  # no JSON at all
    assert "rgb" in ask(run, index=1, what="eps")
    del film
    assert "gone" in ask(run, index=1, what="eps")["error"]


def test_what_is_gone_is_told_in_the_visitors_language(monkeypatch):
    monkeypatch.setattr("playground.ui.runtime.saying.visitor_language", lambda: "zh-Hans")
    assert "重新" in ask("none", index=1, what="eps")["error"]


def test_films_beyond_the_bound_of_memory_are_forgotten_the_oldest_first():
    made = [shown(frames()) for _ in range(3)]
    size = made[0][2].size
    assert size > 0
    cache = FilmCache(limit=int(2.5 * size))
    for _, _, film in made:
        cache.touch(film)
    assert [len(film.sheets) for _, _, film in made] == [0, 6, 6]
    assert "gone" in ask(made[0][1][0]["run"], index=1, what="eps")["error"]
    assert "rgb" in ask(made[1][1][0]["run"], index=1, what="eps")
    FilmCache(limit=1).touch(made[2][2])
    assert len(made[2][2].sheets) == 6  # the newest stays, whatever its size


def test_of_large_pictures_fewer_frames_are_kept(monkeypatch):
    size = 2 * 3 * 16 * 16 * 4  # x and x0 of three pictures
    monkeypatch.setattr("playground.ui.media.film.LARGEST", 8 * size)
    made, told, film = shown(frames(steps=20))
    assert len(made) == len(film.snapshots) == 8
    assert (made[0]["index"], made[-1]["index"]) == (0, 20)
    assert told[-1]["note"]["values"] == {"most": 8, "total": 20}
    assert film.size <= 8 * size * 1.5  # and the x before each
