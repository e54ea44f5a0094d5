"""The pictures that come with the program: two sets to train on, and some photographs."""

from functools import lru_cache

from torch import Tensor

from playground.library import ASSETS
from playground.spaces.images import encode, open_picture
from playground.training.data.dataset import Dataset

SETS = {"emoji": (32, 3), "digits": (16, 1)}  # size and channels of each
SIDE = 512  # of a photograph


@lru_cache(maxsize=2)
def bundled_set(name: str) -> Dataset:
    """Return a bundled set ("emoji" or "digits") at its own size."""
    size, channels = SETS[name]
    return Dataset.from_files(ASSETS / f"{name}.zip", size, channels=channels)


@lru_cache(maxsize=1)
def bundled_pictures() -> Tensor:
    """Return the photographs of the Noise tab, (N,3,512,512)."""
    files = sorted((ASSETS / "pictures").glob("*.*"))
    return encode([open_picture(file) for file in files], SIDE)
