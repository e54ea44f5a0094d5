"""The journey of pictures: where samples lie among the training pictures, step by step.

Each frame of each sample is projected on the first principal directions of the training pictures
(Pearson 1901), as it is shown: divided by the radius of its level where that is above 1. So pure
noise is a ball of one size under every schedule, and the end is the picture itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.diffusion.sample import Frame
from playground.errors import InputError
from playground.spaces.latent import Latent

DIRECTIONS = 3
PICTURES = 512  # of the training set, by which the directions are found
MOST = 600  # places of samples that are kept; of longer runs not every frame is
LEAST = 8  # frames that are kept of any run


@dataclass(frozen=True)
class Journey:
    """steps: those of the F frames kept. paths (B,F,3): the samples. places (N,3): training data.

    labels (N,): the classes of these, or None. share: of the training pictures' variance that the
    three directions hold, from 0 to 1.
    """

    steps: list[int]
    paths: Tensor
    places: Tensor
    labels: Tensor | None
    share: float


def journey(frames: Sequence[Frame], x: Tensor, labels: Tensor | None = None) -> Journey:
    """Return the ways of these frames' samples among training pictures (N,*S) with labels (N,).

    InputError where there are too few pictures to have three directions, or they do not fit.
    """
    if len(x) <= DIRECTIONS:
        raise InputError(
            "A journey needs more than {directions} training pictures.", directions=DIRECTIONS
        )
    if not frames or frames[0].x.shape[1:] != x.shape[1:]:
        raise InputError("These training pictures are not of the size of the samples.")
    some = slice(None, None, -(-len(x) // PICTURES))
    data = x[some].flatten(1).float()
    axes = Latent.of(data, DIRECTIONS)
    kept = thinned(frames)
    seen = torch.stack([frame.shown.flatten(1) for frame in kept], 1)
    paths = axes.encode(seen.float().cpu())
    known = None if labels is None else labels[some]
    return Journey([f.index for f in kept], paths, axes.encode(data), known, axes.share)


def thinned(frames: Sequence[Frame]) -> list[Frame]:
    """Return frames at even distances, the first and the last among them."""
    most = max(LEAST, MOST // max(1, len(frames[0].x)))
    if len(frames) <= most:
        return list(frames)
    last = len(frames) - 1
    return [frames[round(i * last / (most - 1))] for i in range(most)]
