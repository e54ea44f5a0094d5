"""Are samples copies of training pictures? Each beside its nearest one, with a plain verdict."""

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

RULE = 0.5  # nearer than this share of a picture's distance to its own nearest neighbour
SAME = 0.02  # RMS below which two pictures are one picture twice, saved differently
CHUNK = 1024


@dataclass(frozen=True)
class Match:
    """A sample's nearest training picture; distances are RMS per value, in [-1, 1] units."""

    picture: int  # its place in the training set
    mirrored: bool  # whether the sample is nearest to its mirror image
    distance: float  # 0 is the same picture, 2 is black against white
    neighbour: float | None  # from that picture to the next other one; None where there is none

    @property
    def copy(self) -> bool | None:
        """Nearer than half of the neighbour's distance; None without a neighbour to compare with.

        A distance alone says little: two blank skies are near, two crowds are far. So it is
        measured by how near pictures lie to each other there, as in Carlini et al. 2023
        ("Extracting Training Data from Diffusion Models", Sec. 4.2: a half of the mean distance to
        near pictures) and Yoon et al. 2023 ("Diffusion Probabilistic Models Generalize when They
        Fail to Memorize": a third of the distance to the second nearest).
        """
        return None if self.neighbour is None else self.distance < RULE * self.neighbour


def matches(x: Tensor, pictures: Tensor, *, flip: bool = False) -> list[Match]:
    """Find the picture of (N,*S), or with `flip` the mirror image, nearest to each of x (B,*S).

    Computed a thousand pictures at a time, and exact for those that it names.
    """
    distance, place = _nearest(x, pictures, flip)
    who = place % len(pictures)
    apart = {int(i): _neighbour(int(i), pictures, flip) for i in who.unique()}
    return [
        Match(int(w), bool(p >= len(pictures)), float(d), apart[int(w)])
        for w, p, d in zip(who, place, distance, strict=True)
    ]


def share(found: Iterable[Match]) -> float | None:
    """Return the share of copies, 0 to 1; None where there is nothing to judge."""
    verdicts = [match.copy for match in found if match.copy is not None]
    return sum(verdicts) / len(verdicts) if verdicts else None


def picture_of(match: Match, pictures: Tensor) -> Tensor:
    """Return the picture that was matched, (C,H,W), mirrored where its mirror image was."""
    found = pictures[match.picture]
    return found.flip(-1) if match.mirrored else found


def _nearest(x: Tensor, pictures: Tensor, flip: bool) -> tuple[Tensor, Tensor]:
    """Return distances (B,) and places (B,); places from N on are mirror images."""
    rough = _distances(x, pictures, flip)
    place = rough.argmin(dim=1)
    found = pictures[place % len(pictures)]
    mirrored = (place >= len(pictures)).reshape(-1, *[1] * (x.ndim - 1))
    found = torch.where(mirrored, found.flip(-1), found)
    return (x - found).square().flatten(1).mean(dim=1).sqrt(), place


def _neighbour(picture: int, pictures: Tensor, flip: bool) -> float | None:
    """Return the distance from one picture to the nearest other one, in whatever mirroring."""
    apart = _distances(pictures[picture : picture + 1], pictures, flip)[0]
    others = torch.arange(len(apart)) % len(pictures) != picture
    others &= apart > SAME  # the same picture twice says nothing on how near others lie
    return float(apart[others].min()) if bool(others.any()) else None


def _distances(x: Tensor, pictures: Tensor, flip: bool) -> Tensor:
    """Return RMS distances (B,N), or (B,2N) with the mirror images last, good to about 1e-3."""
    towards = [x, x.flip(-1)] if flip else [x]  # mirroring the few costs less than the many
    return torch.cat([_rms(one.flatten(1), pictures) for one in towards], dim=1)


def _rms(x: Tensor, pictures: Tensor) -> Tensor:
    own = x.square().sum(dim=1, keepdim=True)
    parts = []
    for start in range(0, len(pictures), CHUNK):
        part = pictures[start : start + CHUNK].flatten(1)
        square = own + part.square().sum(dim=1) - 2 * x @ part.T
        parts.append((square.clamp(min=0) / x.shape[1]).sqrt())
    return torch.cat(parts, dim=1)
