import base64
import io

import pytest
import torch
from PIL import Image

from playground.errors import InputError
from playground.spaces.strokes import strokes


def sent(image):
    data = io.BytesIO()
    image.save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()


def test_what_is_opaque_is_painted_in_its_colour():
    image = Image.new("RGBA", (8, 8))
    image.paste((255, 0, 0, 255), (2, 0, 4, 8))
    image.paste((0, 0, 0, 255), (6, 0, 8, 8))
    colours, where = strokes(sent(image), (3, 8, 8))
    columns = torch.tensor([0, 0, 1, 1, 0, 0, 1, 1], dtype=torch.bool)
    assert torch.equal(where, columns.expand(3, 8, 8))
    assert colours[:, 0, 2].tolist() == [1, -1, -1]
    assert colours[:, 0, 7].tolist() == [-1, -1, -1]
    grey, where = strokes(sent(image), (1, 8, 8))
    assert grey.shape == where.shape == (1, 8, 8)


def test_nothing_painted_is_none():
    assert strokes("", (3, 8, 8)) is None
    assert strokes(None, (3, 8, 8)) is None
    assert strokes(sent(Image.new("RGBA", (8, 8))), (3, 8, 8)) is None


@pytest.mark.parametrize("text", ["red", "data:text/html,x", "data:image/png;base64,***", "{}"])
def test_what_is_no_painting_is_refused(text):
    with pytest.raises(InputError, match="cannot be read"):
        strokes(text, (3, 8, 8))
    with pytest.raises(InputError, match="not a picture"):
        strokes("data:image/png;base64,eA==", (3, 8, 8))
