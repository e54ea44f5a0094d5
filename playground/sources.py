"""Denoisers by name: trained models, and the ideal denoisers of the sets that ship."""

from collections.abc import Sequence
from functools import lru_cache

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, ideal_denoiser
from playground.errors import unknown
from playground.library import ASSETS, Library
from playground.spaces.images import encode, open_picture
from playground.training.dataset import Dataset

IDEAL = "ideal: "
PICTURES = IDEAL + "bundled pictures"
SETS = {"emoji": (32, 3), "digits": (16, 1)}  # size and channels of the bundled sets
SIDE = 256
ANY, EACH = "any", "one of each"


def choices(library: Library) -> list[str]:
    """Every name that `denoiser` takes for a whole model, trained ones first."""
    return [*library.models(), *(IDEAL + name for name in SETS)]


def class_choices(names: Sequence[str]) -> list[str]:
    """Every word that `cond_for` takes for a model with these classes; the first suits it best."""
    return [EACH, ANY, *names] if names else [ANY]


def cond_for(word: str | None, names: Sequence[str], seeds: Sequence[int]) -> list[int] | None:
    """The classes of these seeds' samples, or None for no class; InputError for an unknown word.

    With "one of each" a sample's class follows from its own seed, whatever the batch.
    """
    if word in (None, "", ANY):
        return None
    if word == EACH and names:
        return [seed % len(names) for seed in seeds]
    if word not in names:
        raise unknown("class", str(word), names or ["none: this model has no classes"])
    return [names.index(word)] * len(seeds)


@lru_cache(maxsize=2)
def bundled(name: str) -> Dataset:
    """A bundled set ("emoji" or "digits") at its own size."""
    size, channels = SETS[name]
    return Dataset.from_files(ASSETS / f"{name}.zip", size, channels=channels)


@lru_cache(maxsize=1)
def bundled_pictures() -> Tensor:
    """The Noise tab's own pictures, (N,3,256,256)."""
    files = sorted((ASSETS / "pictures").glob("*.*"))
    return encode([open_picture(file) for file in files], SIDE)


def denoiser(name: str, library: Library) -> tuple[Denoiser, tuple[str, ...]]:
    """A denoiser by name ("ideal: emoji", or a checkpoint's), and its class names."""
    if name.startswith(IDEAL) and name.removeprefix(IDEAL) in SETS:
        data = bundled(name.removeprefix(IDEAL))
        return ideal_denoiser(data.x, data.labels), data.class_names
    checkpoint, network = library.load(name)
    return network, checkpoint.class_names


def ideal_with(picture: Tensor) -> Denoiser:
    """The ideal denoiser of the bundled pictures and this one, (3,256,256)."""
    known = bundled_pictures()
    if not any(torch.equal(picture, one) for one in known):
        known = torch.cat([known, picture[None]])
    return ideal_denoiser(known)
