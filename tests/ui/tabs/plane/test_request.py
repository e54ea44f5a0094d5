"""What the tab is asked for, parsed at the door."""

import base64
import io

import pytest
from PIL import Image

from playground.errors import InputError
from playground.ui.tabs.plane.controls import CONTROLS, state
from playground.ui.tabs.plane.request import PlaneRequest


@pytest.mark.parametrize(
    "given, why",
    [
        ({"cloud": "moon"}, "moons"),
        ({"cloud": {"points": [["a", 1]]}}, "pairs"),
        ({"cloud": {"points": [[0, 1]] * 3}}, "the same"),
        ({"cloud": {}}, "A cloud is"),
        ({"target": "w"}, "target"),
        ({"rate": "fast"}, "rate"),
        ({"count": 10**9}, "count"),
        ({"seed": -1}, "seed"),
        ({"view": {"heat": "hot"}}, "heat"),
        ({"action": "fly"}, "action"),
        ({"seconds": 0}, "seconds"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(go, new_session, given, why):
    with pytest.raises(InputError, match=why):
        go(new_session(), **given)
    with pytest.raises(InputError, match="names and values"):
        PlaneRequest.read("[1]")


def test_controls_follow_from_the_fields_and_say_what_a_request_says():
    opens = state(PlaneRequest(), {})
    assert opens == {control.name: control.first for control in CONTROLS}
    request = PlaneRequest.read({"class": "A", "width": 64, "view": {"t": 0.25}, "rate": 0.001})
    moved = {name: v for name, v in state(request, {}).items() if v != opens[name]}
    assert moved == {"kind": "A", "net-width": "64", "t": "0.25", "rate": "0.001"}


def test_the_dark_of_a_picture_becomes_dense():
    picture = Image.new("L", (40, 40), 255)
    picture.paste(0, (0, 0, 20, 20))  # the upper left
    picture.paste(128, (20, 20, 40, 40))
    data = io.BytesIO()
    picture.save(data, "PNG")
    text = base64.b64encode(data.getvalue()).decode()
    for given in (text, "data:image/png;base64," + text):
        cloud = PlaneRequest.read({"cloud": {"picture": given}}).whole_cloud_set
        x = cloud.frame.decode(cloud.data.x)
        upper_left = (x[:, 0] < 20) & (x[:, 1] > 20)
        lower_right = (x[:, 0] > 20) & (x[:, 1] < 20)
        assert (upper_left | lower_right).all()
        assert 1.7 < upper_left.sum() / lower_right.sum() < 2.3
    for bad, says in (("%%%", "base64"), (base64.b64encode(b"no picture").decode(), "picture")):
        with pytest.raises(InputError, match=says):
            _ = PlaneRequest.read({"cloud": {"picture": bad}}).whole_cloud_set
