"""What points of a latent cloud decode to."""

import pytest
import torch

from playground.errors import InputError
from playground.spaces import latent
from playground.ui.tabs.plane import decoded
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.service import cloud


def test_two_numbers_decode_to_the_digit_they_are_of(new_session):
    told = cloud(PlaneRequest.read({"cloud": "digits"}), new_session())
    assert told.class_names == list("0123456789")
    assert 0.2 < told.decoder.share < 0.4
    pictures, kinds = latent.pictures()
    mean = pictures[kinds == 0].mean(0)
    frame = PlaneRequest.read({"cloud": "digits"}).cloud_set.frame
    ask = {"cloud": "digits", "points": frame.encode(latent.digits().encode(mean[None])).tolist()}
    made = torch.tensor(decoded.decode(PlaneRequest.read(ask))["pictures"])[0].flatten()
    away = [float((made - pictures[kinds == k].mean(0)).square().sum()) for k in range(10)]
    assert away[0] == min(away)
    # of all pairs of numbers, the code is the one whose picture is nearest: least squares
    best = torch.linalg.lstsq(latent.digits().axes.T, (mean - latent.digits().mean)[:, None])
    assert torch.allclose(latent.digits().encode(mean[None])[0], best.solution[:, 0])
    for bad in ({"cloud": "moons"}, {"cloud": "digits", "points": [[1]]}, {"cloud": "digits"}):
        with pytest.raises(InputError):
            decoded.decode(PlaneRequest.read(bad))
