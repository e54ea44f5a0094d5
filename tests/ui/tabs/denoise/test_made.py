"""What a page made: kept, saved, restored and sent on; and the app driven by gradio_client."""

import json

import numpy as np
import pytest
import torch
from gradio_client import handle_file
from gradio_client.exceptions import AppError

import playground as pg
from playground.errors import InputError
from playground.library import ASSETS, SHIPPED
from playground.recipe import Recipe
from playground.ui.media.film_cache import Film, Snapshot, Step
from playground.ui.tabs.denoise import history
from playground.ui.tabs.denoise.history import History

SETTINGS = {
    "model": "digits",
    "class_name": "3",
    "steps": 3,
    "pictures": 3,
    "seed": 7,
    "sampler": "euler_ancestral",
    "sampler_knobs": {"eta": 0.5},
    "guidance_kind": "interval",
    "guidance_knobs": {"low": -3},
}


def path_of(file):
    return file["value"] if isinstance(file, dict) else file


def make(client, **more):
    client.submit(**(SETTINGS | more), api_name="/denoise_stream").result(timeout=120)


@pytest.fixture(scope="module")
def saved(client):
    make(client)
    return {k: path_of(client.predict(api_name=f"/denoise_{k}")) for k in ("npz", "mp4", "sheet")}


def restore(client, file):
    return client.predict(handle_file(file), api_name="/denoise_restore")


@pytest.mark.parametrize("kind", ["npz", "mp4", "sheet"])
def test_a_file_restores_what_made_it(client, saved, kind):
    *_, facts = restore(client, saved[kind])
    assert facts["said"].startswith("Restored from digits-7")
    for name, value in {**SETTINGS, "seeds": [7, 8, 9]}.items():
        if name.endswith("knobs"):
            assert facts[name].items() >= value.items()
        elif name not in ("pictures", "seed"):
            assert facts[name] == value


def test_a_picture_of_the_batch_alone_is_as_it_was(client, saved):
    make(client)
    *_, facts = client.predict(2, api_name="/denoise_alone")
    assert facts["seeds"] == [8]
    make(client, seed=8, pictures=1)
    alone = path_of(client.predict(api_name="/denoise_npz"))
    with np.load(saved["npz"]) as batch, np.load(alone) as one:
        assert abs(batch["x"][1] - one["x"][0]).max() < 1e-4
        assert abs(batch["pictures"][1].astype(int) - one["pictures"][0]).max() <= 1
    with pytest.raises(AppError, match="pictures 1 to 1"):
        client.predict(2, api_name="/denoise_alone")


def strange(tmp_path, **words):
    file = tmp_path / "strange.json"
    about = json.loads(Recipe("digits").to_json()) | words
    file.write_text(json.dumps(about))
    return file


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"model": str(SHIPPED / "digits.safetensors")}, "no model called"),
        ({"model": "cats", "fingerprint": "0" * 64}, "'cats' that made these pictures"),
        ({"class_name": "<img src=//far>"}, "called '&lt;img"),  # else the page would fetch it
        ({"steps": 5000}, "steps must be a whole number from 1 to 1000"),
        ({"guidance": 50}, "guidance must be a number from 0 to 10"),
        ({"seeds": list(range(65))}, "pictures must be"),
        ({"seeds": [1, 5]}, "do not follow each other"),
        ({"seeds": [2**60]}, "seed must be"),
    ],
)
def test_settings_that_the_page_cannot_hold_change_nothing(client, tmp_path, words, said):
    with pytest.raises(AppError, match=said):
        restore(client, strange(tmp_path, **words))


def test_a_file_without_settings_and_a_changed_model_are_told(client, tmp_path):
    with pytest.raises(AppError, match=r"cat\.jpg carries no settings"):
        restore(client, ASSETS / "pictures" / "cat.jpg")
    *_, facts = restore(client, strange(tmp_path, fingerprint="0" * 64))
    assert "not the one that made these pictures" in facts["said"]
    *_, facts = restore(client, strange(tmp_path, stopped_at=2))
    assert "stopped at step 2" in facts["said"]


def test_cards_are_kept_starred_sent_and_deleted(client):
    for seed in (1, 2):
        make(client, seed=seed)
        client.predict(api_name="/made_remember")
    *_, facts = client.predict(act="list", api_name="/made")
    newest, older = facts["cards"][:2]
    assert [newest["seeds"][0], older["seeds"][0]] == [2, 1]
    *_, facts = client.predict(act="star", key=older["key"], api_name="/made")
    assert [card["starred"] for card in facts["cards"][:2]] == [False, True]
    *_, facts = client.predict("alone", older["key"], 3, api_name="/made_restore")
    assert facts["seeds"] == [3]
    for act in ("noise", "edit"):
        picture = client.predict(act, older["key"], 2, api_name=f"/made_{act}")
        assert "picture-2" in path_of(picture)
    client.predict("fork", older["key"], 2, api_name="/made_fork")
    client.predict("race", older["key"], 2, api_name="/made_race")
    client.predict("delete", older["key"], 1, api_name="/made")
    with pytest.raises(AppError, match="gone"):
        client.predict("restore", older["key"], 1, api_name="/made_restore")


def film(count=4, size=8):
    x = torch.zeros(count, 3, size, size)
    frame = pg.Frame(20, 20, pg.Level(1.0, 0.0), x, x, 20, torch.empty(0, count, 2))
    recipe = Recipe("digits", steps=20, seeds=tuple(range(count)))
    return Film(snapshots={20: Snapshot(Step(frame, None), None, 0.0, [])}, recipe=recipe)


def test_memory_is_bounded_and_stars_are_kept_longest(monkeypatch):
    kept = History()
    kept.add(Film())  # nothing was made
    films = [film() for _ in range(history.MOST + 5)]
    for number, one in enumerate(films):
        kept.add(one)
        kept.add(one)  # as Stop does after the end
        if number == 1:
            kept.star(one.key)
    assert len(kept.cards) == history.MOST
    assert kept.cards[0].key == films[-1].key
    assert kept.cards[-1].key == films[1].key
    assert len(json.loads(kept.thumbs)) == history.AGAIN
    monkeypatch.setattr(history, "LIMIT", 3 * kept.cards[0].pictures.nbytes)
    kept.add(film())
    assert [card.key == films[1].key for card in kept.cards] == [False, False, True]
    kept.add(film(64, 64))  # the newest stays, whatever its size
    assert len(kept.cards) == 1
    with pytest.raises(InputError, match="gone"):
        kept.star(films[1].key)
