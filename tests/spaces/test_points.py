import pytest
import torch
from PIL import Image

from playground.errors import InputError
from playground.spaces import clouds, points
from playground.spaces.sliced import sliced_wasserstein
from playground.spaces.tables import read_csv


@pytest.mark.parametrize("name", clouds.names())
def test_every_cloud_is_standard_seeded_and_has_unseen_points(name):
    x, labels = clouds.draw(name, 4000, 7)
    assert torch.equal(x, clouds.draw(name, 4000, 7)[0])
    assert x.mean(0).abs().max() < 0.1
    assert abs(float(x.square().mean()) - 1) < 0.1
    assert x.abs().max() < 3.5
    held_out, _ = clouds.held_out(name, 4000, 7)
    assert not (held_out[:, None] == x[None, :50]).all(-1).any()
    assert sliced_wasserstein(x, held_out) < 0.1
    names = clouds.class_names(name)
    assert (labels is None) == (not names)
    assert labels is None or sorted(labels.unique().tolist()) == list(range(len(names)))


def test_coordinates_come_back():
    given = torch.tensor([[3.0, 100.0], [5.0, 90.0], [4.0, 130.0]])
    x, frame = points.encode(given)
    assert torch.allclose(x.mean(0), torch.zeros(2), atol=1e-6)
    assert torch.allclose(frame.decode(x).float(), given, atol=1e-4)


@pytest.mark.parametrize(
    "given, why",
    [
        ([[1, 2, 3], [4, 5, 6]], "pairs"),
        ("x", "pairs"),
        ([[1, 2]], "Give 2"),
        ([[1, 2], [1, 2]], "the same"),
        ([[1, float("nan")], [1, 2]], "finite"),
    ],
)
def test_what_are_no_points_is_refused(given, why):
    with pytest.raises(InputError, match=why):
        points.encode(given)


def test_a_table_is_read_back_with_its_classes():
    x = torch.tensor([[0.5, -1.0], [2.0, 3.25]], dtype=torch.float64)
    text = points.write_csv(x, torch.tensor([1, 0]), ("cat", "dog"))
    again, labels, names = read_csv(text)
    assert torch.allclose(again, x)
    assert [names[i] for i in labels] == ["dog", "cat"]
    for other in (text.replace(",", ";"), text.replace(",", "\t"), "0.5 -1\n2 3.25"):
        assert torch.allclose(read_csv(other)[0], x)
    for bad, why in (("", "no points"), ("x,y\n", "no points"), ("1,2\n3,a", "Line 2")):
        with pytest.raises(InputError, match=why):
            read_csv(bad)


def test_a_picture_becomes_points_where_it_is_dark():
    picture = Image.new("L", (40, 40), 255)
    picture.paste(0, (0, 0, 20, 10))  # left, above
    x = points.from_picture(picture, 200, torch.Generator().manual_seed(0))
    assert (x[:, 0] <= 20).all()
    assert (x[:, 1] >= 30).all()
    with pytest.raises(InputError, match="white"):
        points.from_picture(Image.new("L", (8, 8), 255), 5, torch.Generator())


def test_the_distance_is_that_of_a_shift_whatever_the_order_and_count():
    x = torch.randn(500, 2, generator=torch.Generator().manual_seed(0))
    assert sliced_wasserstein(x, x[torch.randperm(500)]) < 1e-6
    # over all directions a shift by d costs d^2 / 2 on average
    assert abs(sliced_wasserstein(x, x + torch.tensor([3.0, 4.0])) - 5 / 2**0.5) < 1e-4
    assert abs(sliced_wasserstein(x, x.repeat(2, 1))) < 1e-6
