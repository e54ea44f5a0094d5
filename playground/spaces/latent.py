"""Pictures by two numbers: their first two principal components, and the pictures of those.

The least encoder and decoder there is: linear, and the best of its kind in squared error (Pearson
1901). Two numbers keep so little that most digits come back as a blur of several.
"""

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from playground.resources import ASSETS

SIDE = 16  # pixels of the bundled digits


@dataclass(frozen=True)
class Latent:
    """mean (P,) and axes (K,P), orthonormal: a picture is mean + code @ axes.

    share: of the pictures' variance that the K numbers keep, from 0 to 1.
    """

    mean: Tensor
    axes: Tensor
    share: float

    @classmethod
    def of(cls, pictures: Tensor, count: int = 2) -> "Latent":
        """Find the first principal components of these pictures (N,P), signs fixed."""
        mean = pictures.mean(0)
        _, values, axes = torch.linalg.svd(pictures - mean, full_matrices=False)
        axes = axes[:count]
        largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
        share = values[:count].square().sum() / values.square().sum()
        return cls(mean, axes * largest.sign(), float(share))

    def encode(self, pictures: Tensor) -> Tensor:
        """Turn pictures (N,P) into codes (N,K)."""
        return (pictures - self.mean) @ self.axes.T

    def decode(self, codes: Tensor) -> Tensor:
        """Turn codes (N,K) into pictures (N,P)."""
        return self.mean + codes @ self.axes


@lru_cache(maxsize=1)
def pictures() -> tuple[Tensor, Tensor]:
    """Return the bundled digits (N,256) float64, 0 paper to 1 ink, and which they are (N,)."""
    with zipfile.ZipFile(ASSETS / "digits.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".png")]
        read = [
            np.asarray(Image.open(io.BytesIO(archive.read(name))).convert("L")) for name in names
        ]
    made = torch.from_numpy(np.stack(read).astype(np.float64) / 255).flatten(1)
    return made, torch.tensor([int(name.partition("/")[0]) for name in names])


@lru_cache(maxsize=1)
def digits() -> Latent:
    """Return the encoder and decoder of the bundled digits."""
    return Latent.of(pictures()[0])
