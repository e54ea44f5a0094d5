"""What points of a latent cloud stand for: the pictures that their two numbers decode to."""

from typing import Any

import torch

from playground.errors import InputError
from playground.spaces import clouds
from playground.spaces.latent import SIDE
from playground.training.data.clouds import CloudSet
from playground.ui.tabs.plane.pack import singles
from playground.ui.tabs.plane.request import POINTS, Ask


def decoder(cloud: CloudSet) -> dict[str, Any] | None:
    """The decoder of standard coordinates: picture = mean + x * axes[0] + y * axes[1].

    None for a cloud whose points stand for nothing. share: of the variance that two numbers keep.
    """
    latent = clouds.LATENTS.get(cloud.name)
    if latent is None:
        return None
    made, frame = latent(), cloud.frame
    mean = made.decode(torch.tensor([frame.centre], dtype=torch.float64))[0]
    return {
        "mean": singles(mean),
        "axes": singles(made.axes * frame.scale),
        "side": SIDE,
        "share": made.share,
    }


def decode(ask: Ask) -> dict[str, Any]:
    """The pictures (N,side,side), 0 paper to 1 ink, of ask.given["points"] in the plane."""
    cloud, points = ask.cloud(), ask.given.get("points")
    latent = clouds.LATENTS.get(cloud.name)
    if latent is None:
        raise InputError("These points stand for no pictures; choose the cloud digits.")
    try:
        x = torch.tensor(points, dtype=torch.float64)
    except (TypeError, ValueError):
        x = torch.empty(0)
    if x.ndim != 2 or x.shape[1] != 2 or not x.isfinite().all() or len(x) > POINTS.high:
        raise InputError("Points must be pairs of numbers, x and y.")
    made = latent().decode(cloud.frame.decode(x)).clamp(0, 1)
    return {"pictures": made.view(-1, SIDE, SIDE).tolist(), "share": latent().share}
