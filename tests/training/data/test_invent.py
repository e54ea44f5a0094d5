import pytest

from playground.errors import InputError
from playground.training.data import invent


@pytest.mark.parametrize(
    "choice, pictures, share",
    [
        ("auto", 20, 0.3),
        ("auto", 199, 0.3),
        ("auto", 200, 0.0),
        ("remember", 5, 0.0),
        ("invent more", 9999, 0.6),
    ],
)
def test_a_choice_is_a_share_and_auto_goes_by_the_count(choice, pictures, share):
    assert invent.share(choice, pictures) == share


def test_every_choice_is_the_nearest_to_its_own_share():
    assert [invent.nearest(share) for share in invent.SHARES.values()] == list(invent.SHARES)


def test_another_word_is_refused():
    with pytest.raises(InputError, match="did you mean invent"):
        invent.share("inventt", 5)
