"""What the lab of the Noise tab is sent."""

import base64
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

import playground as pg
from playground.diffusion import schedules
from playground.errors import InputError
from playground.library import ASSETS
from playground.sources import PICTURES
from playground.spaces.images import decode, encode, open_picture
from playground.ui.media.downloads import download_path
from playground.ui.tabs.noise import service
from playground.ui.tabs.noise.tab import _view_again

CAT = ASSETS / "pictures" / "cat.jpg"


def test_the_noise_is_sent_as_its_seed_with_some_values_to_hold_it_against():
    exact = pg.noise(torch.zeros(3, 512, 512), "flow", 1.0, 7).numpy().ravel()
    sent = service.noise_message(7)
    assert sent.seed == 7
    assert sent.first == exact[:16].tolist()
    assert sent.last == exact[-16:].tolist()
    whole = np.frombuffer(base64.b64decode(service.noise_bytes(7)), np.float32)
    assert np.array_equal(whole, exact)


def test_the_picture_is_sent_without_loss_and_again_when_its_file_was_cleared():
    address = service.picture_address("cat")
    file = Path(address.partition("=")[2])
    x0 = encode([open_picture(CAT)], 512)
    assert np.array_equal(np.asarray(Image.open(file)), decode(x0)[0])
    assert service.picture_address("cat") == address
    file.unlink()
    assert Path(service.picture_address("cat").partition("=")[2]).is_file()


@pytest.mark.parametrize("name", schedules.names())
def test_the_levels_sent_are_those_of_every_step(name):
    sent = service.scene("cat", name, {}, 0, PICTURES).schedule
    levels = np.frombuffer(base64.b64decode(sent.levels), np.float64).reshape(2, -1)
    count = levels.shape[1] - 1
    assert count == schedules.get(name).knobs.get("timesteps", 1000)
    for k in (0, 1, count // 2, count):
        assert levels[:, k] == pytest.approx(schedules.get(name).level(k / count), abs=1e-12)
    assert (str(sent.title), sent.source) == (
        schedules.entry(name).title,
        schedules.entry(name).source,
    )


def test_only_the_knobs_that_were_moved_are_written_into_python():
    sent = service.levels_message("flow", {"shift": 2.0})
    assert sent.moved == {"shift": 2.0}
    assert service.levels_message("cosine", {}).moved == {}


def test_a_bundled_picture_is_known_by_its_content():
    def bundled(given):
        return service.scene(given, "cosine", {}, 0, PICTURES).bundled

    copy, other = download_path("cat.jpg"), download_path("cat.jpg")
    Path(copy).write_bytes(CAT.read_bytes())
    Image.new("RGB", (8, 8)).save(other)
    assert [bundled(given) for given in ("cat", copy, other, None)] == ["cat.jpg"] * 2 + [None] * 2


@pytest.mark.parametrize(
    "value, said",
    [
        ("x", "Say what the lab shows"),
        ('{"view": "all", "t": 0.5}', "no view called 'all'"),
        ('{"view": "one", "t": 7}', "t must"),
        ('{"view": 1}', "Say what the lab shows"),
    ],
)
def test_a_link_to_a_view_that_is_none_is_told(value, said):
    with pytest.raises(InputError, match=said):
        _view_again(value, lambda component: None)
