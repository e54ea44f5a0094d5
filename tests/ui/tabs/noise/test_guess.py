"""Who guesses the original, and what they remember."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from playground.diffusion import schedules
from playground.errors import InputError
from playground.library import Library
from playground.sources import PICTURES
from playground.spaces.images import open_picture
from playground.ui.media import pictures as media_pictures
from playground.ui.media.downloads import download_path
from playground.ui.tabs.noise import guess as guessing
from playground.ui.tabs.noise.guess import guess, guess_message
from playground.ui.tabs.noise.messages import GuessRequest


@pytest.fixture
def library(tmp_path):
    return Library(runs=tmp_path)


@pytest.fixture
def mine():
    """The path of an upload."""
    path = download_path("mine.png")
    Image.effect_noise((300, 200), 80).save(path)
    return path


def ask(t=0.3, *, path="cat", schedule="cosine", by=PICTURES):
    return GuessRequest(path, schedule, {}, 0, by, t)


def test_the_guess_of_the_ideal_denoiser_is_the_picture_while_it_can_be_told(library):
    answer = guess_message(library, ask(0.5))
    assert answer.picture.startswith("data:image/jpeg;base64,")
    assert "5 bundled pictures" in str(answer.caption)
    assert "yours" not in str(answer.caption)


def test_a_memory_that_holds_the_picture_says_so_and_is_as_perfect_as_it_says(library, mine):
    x0 = media_pictures.picture(mine)[0]
    for t in (0.2, 0.6):
        assert (guess(library, ask(t, path=mine))[0] - x0).abs().max() < 1e-3
    assert "holds your very picture" in str(guess_message(library, ask(path=mine)).note)
    assert "one of the 5 pictures that it remembers" in str(guess_message(library, ask()).note)


def test_a_network_has_no_such_note(library):
    name = next(iter(library.newest()))
    assert guess_message(library, ask(by=name)).note is None


def test_an_upload_is_decoded_once_and_counts_as_yours(library, mine, monkeypatch):
    calls = []
    monkeypatch.setattr(
        media_pictures, "open_picture", lambda p: calls.append(p) or open_picture(p)
    )
    for t in (0.2, 0.4):
        caption = str(guess_message(library, ask(t, path=mine)).caption)
    assert caption.endswith("and yours")
    assert len(calls) == 1


def test_a_hall_that_asks_the_same_has_it_computed_once(monkeypatch):
    calls = []
    monkeypatch.setattr(guessing, "guess", lambda *a: calls.append(a) or guess(*a))
    with ThreadPoolExecutor(8) as hall:
        many = list(hall.map(lambda _: guess_message(Library(), ask(0.61)), range(8)))
    guess_message(Library(), ask(0.62))
    assert len(calls) == 2
    assert all(one == many[0] for one in many)


def test_a_picture_that_is_gone_is_told(library):
    with pytest.raises(InputError, match="not there any more"):
        guess_message(library, ask(path=download_path("gone.png")))


def test_a_guess_reads_no_file_of_a_page_s_choice(library, tmp_path):
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 8)).save(secret)
    with pytest.raises(InputError, match="no bundled picture"):
        guess_message(library, ask(path=str(secret)))
    with pytest.raises(InputError, match="no denoiser called"):
        guess_message(library, ask(by=str(secret)))


@pytest.mark.parametrize("t", [0.0, 1.0])
@pytest.mark.parametrize("name", schedules.names())
def test_a_guess_stands_at_both_ends_of_every_schedule(library, name, t):
    x, made_by = guess(library, ask(t, schedule=name))
    assert x.isfinite().all()
    assert str(made_by.caption)
