"""The ideal denoiser of a model's own training pictures, to be seen beside the model."""

import torch
from torch import Tensor

from playground.diffusion.denoisers import ideal_denoiser
from playground.diffusion.sample import sample
from playground.errors import InputError
from playground.sources import Source
from playground.ui.media.film_cache import Beside
from playground.ui.widgets.request import Request

ENOUGH = 512  # pictures whose spectrum stands for that of all


def beside(request: Request) -> Beside:
    """Return the request with the ideal denoiser in place of its model, not guided.

    InputError where the model's pictures are not here.
    """
    data = request.source.data()
    same = data.labels is not None and request.class_names == data.class_names
    cond = request.cond if same else None
    ideal = ideal_denoiser(data.x, data.labels)
    frames = sample(
        ideal,
        request.schedule,
        request.sampler,
        steps=request.steps,
        seeds=request.seeds,
        cond=cond,
    )
    return Beside(frames, ideal, None if cond is None else torch.tensor(cond))


def some_pictures(source: Source, *, cost: bool) -> Tensor | None:
    """Return some of the model's training pictures, (N,C,H,W); None where they are not here.

    Unless the cost is paid anyway, pictures that fill much memory count as not here.
    """
    try:
        x = source.data(light=not cost).x
    except InputError:
        return None
    return x[:: max(1, len(x) // ENOUGH)]
