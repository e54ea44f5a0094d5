"""What points of a latent cloud stand for: the pictures that their two numbers decode to."""

from typing import Any

import torch

from playground.errors import InputError
from playground.spaces import clouds
from playground.spaces.latent import SIDE
from playground.training.data.clouds import CloudSet
from playground.ui.tabs.plane.messages import DecoderMessage
from playground.ui.tabs.plane.pack import singles
from playground.ui.tabs.plane.request import POINTS, PlaneRequest


def decoder(cloud: CloudSet) -> DecoderMessage | None:
    """Return the decoder of standard coordinates; None where points stand for nothing."""
    latent = clouds.LATENTS.get(cloud.name)
    if latent is None:
        return None
    two_numbers, frame = latent(), cloud.frame
    mean = two_numbers.decode(torch.tensor([frame.centre], dtype=torch.float64))[0]
    axes = singles(two_numbers.axes * frame.scale)
    return DecoderMessage(singles(mean), axes, SIDE, two_numbers.share)


def decode(request: PlaneRequest) -> dict[str, Any]:
    """Return the pictures (N,side,side), 0 paper to 1 ink, of request.points in the plane."""
    cloud = request.cloud_set
    latent = clouds.LATENTS.get(cloud.name)
    if latent is None:
        raise InputError("These points stand for no pictures; choose the cloud digits.")
    try:
        x = torch.tensor(request.points, dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):
        x = torch.empty(0)
    if x.ndim != 2 or x.shape[1] != 2 or not x.isfinite().all() or len(x) > POINTS.high:
        raise InputError("Points must be pairs of numbers, x and y.")
    pictures = latent().decode(cloud.frame.decode(x)).clamp(0, 1)
    return {"pictures": pictures.view(-1, SIDE, SIDE).tolist(), "share": latent().share}
