"""The Edit tab driven by gradio_client."""

import json

import pytest
from gradio_client import handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from playground.library import ASSETS, SHIPPED, Library
from playground.ui.context import Context
from playground.ui.tabs.edit.service import Edits

SETTINGS = {"model": "digits", "steps": 6, "pictures": 2, "sampler": "ddim", "guidance": 1.0}
PICTURE = {"picture": "digits 5"}


def edit(client, name, **more):
    *_, facts = client.predict(api_name=f"/edit_{name}", **SETTINGS | more)
    return facts


def test_image_to_image_goes_the_further_the_stronger(client):
    weak = edit(client, "sdedit", strength=0.15, **PICTURE)
    strong = edit(client, "sdedit", strength=0.95, **PICTURE)
    assert 0 < weak["distance"] < strong["distance"]
    upload = {"picture": handle_file(ASSETS / "pictures" / "cat.jpg")}
    facts = edit(client, "strip", steps=3, **upload)
    assert facts["distances"][0] == 0
    assert facts["distances"][1] < facts["distances"][-1]


@pytest.mark.parametrize("box", ["", "[4, 4, 12, 12]"])
def test_inpainting_keeps_what_is_not_masked_exactly(client, stroke, box):
    facts = edit(client, "inpaint", mask=box or stroke, rounds=3, jump=2, **PICTURE)
    assert facts["known_off"] == 0
    assert facts["masked_share"] == 0.25
    assert facts["nfe"] == 6 * 3


def test_inversion_returns_the_nearer_the_more_steps_and_rounds(client):
    errors = [
        edit(client, "invert", to_class="8", steps=n, rounds=r, class_name="3", **PICTURE)["error"]
        for n, r in ((5, 0), (25, 0), (25, 4))
    ]
    assert errors[0] > errors[1] > errors[2]


def test_a_film_between_seeds_and_classes_is_saved_as_gif(client):
    facts = edit(client, "interpolate", to_seed=4, to_class="8", class_name="3", count=5)
    assert "embedding" in facts["mixes"]
    file = client.predict(api_name="/edit_gif")
    with Image.open(file["value"] if isinstance(file, dict) else file) as film:
        assert film.n_frames == 8  # there and back
    ideal = {"model": "ideal: digits", "steps": 2, "to_class": "8", "class_name": "3"}
    assert "two guesses" in edit(client, "interpolate", to_seed=4, count=3, **ideal)["mixes"]


def test_variations_go_the_further_the_more_noise_they_share(client):
    near, far = (edit(client, "variations", share=s)["distance"] for s in (0.05, 0.9))
    assert near < far
    assert edit(client, "variations", share=0)["distance"] < 1e-5


@pytest.mark.parametrize("kind", ["bundled", "sample"])
def test_a_picture_of_the_model_s_size_is_offered(client, kind):
    made = client.predict(number=7, api_name=f"/edit_{kind}", **SETTINGS)
    assert Image.open(made).size == (16, 16)


@pytest.mark.parametrize(
    "name, more, said",
    [
        ("sdedit", {"strength": 0, **PICTURE}, "stays as it is"),
        ("sdedit", {"strength": 2, **PICTURE}, "from 0 to 1"),
        ("sdedit", {"strength": 0.5, "picture": None}, "no picture"),
        ("sdedit", {"strength": 0.5, "picture": "/etc/passwd"}, "passwd"),
        ("sdedit", {"strength": 0.5, "picture": "digits 99999"}, "pictures 0 to"),
        ("inpaint", {"mask": "", "rounds": 1, "jump": 1, **PICTURE}, "Nothing is masked"),
        ("inpaint", {"mask": "[1]", "rounds": 1, "jump": 1, **PICTURE}, "left, top"),
        ("inpaint", {"mask": "nonsense", "rounds": 1, "jump": 1, **PICTURE}, "cannot be read"),
        ("inpaint", {"mask": "[0,0,4,4]", "rounds": 99, "jump": 1, **PICTURE}, "from 1 to 20"),
        ("invert", {"to_class": "eleven", "to_guidance": 1, "rounds": 0, **PICTURE}, "eleven"),
        ("invert", {"to_class": "3", "to_guidance": 1, "rounds": -1, **PICTURE}, "rounds must"),
        ("interpolate", {"to_seed": -1, "to_class": "the same", "count": 4}, "seed must be"),
        ("interpolate", {"to_seed": 1, "to_class": "3", "count": 4}, "class to begin with"),
        ("interpolate", {"to_seed": 1, "to_class": "the same", "count": 1}, "from 3 to 48"),
        ("variations", {"share": 1.5}, "from 0 to 1"),
    ],
)
def test_bad_input_gets_a_plain_sentence(client, name, more, said):
    with pytest.raises((AppError, ValueError)) as caught:
        edit(client, name, **more)
    assert said in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_facts_are_plain_json(client):
    assert json.dumps(edit(client, "variations", share=0.5))


def test_a_picture_that_nobody_brought_follows_the_model():
    edits = Edits(Context(Library(checkpoints=(SHIPPED,))), None)
    for path in (None, "sunflower.png", "bundled.png"):
        with Image.open(edits.suited(path, "digits")) as found:
            assert found.size == (16, 16)
    assert not isinstance(edits.suited("mine.png", "digits"), str)
