"""Changed pictures for small sets, told to the network so that samples do not show the changes."""

import torch
from torch import Tensor

CONDITIONS = 3  # mirrored, moved right, moved down
REACH = 8  # a picture moves by at most this part of its side


def augment(x0: Tensor, share: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Mirror and move a share of the pictures (B,C,H,W); what was done to each, (B,3) in [-1, 1].

    The network is given what was done, and all zeros when it samples, so it learns from the changed
    pictures without making any: non-leaking augmentation (Karras et al. 2022, App. F.2). Moves are
    by whole pixels; what comes into view repeats the picture's edge.
    """
    batch, channels, height, width = x0.shape

    def draw(low: int, high: int) -> Tensor:
        return torch.randint(low, high + 1, (batch,), generator=generator)

    changed = torch.rand(batch, generator=generator) < share
    mirrored = changed & (draw(0, 1) == 1)
    right = draw(-(width // REACH), width // REACH) * changed
    down = draw(-(height // REACH), height // REACH) * changed
    rows = (torch.arange(height) - down[:, None]).clamp(0, height - 1)
    columns = (torch.arange(width) - right[:, None]).clamp(0, width - 1)
    columns = torch.where(mirrored[:, None], width - 1 - columns, columns)
    moved = x0[
        torch.arange(batch)[:, None, None, None],
        torch.arange(channels)[None, :, None, None],
        rows[:, None, :, None],
        columns[:, None, None, :],
    ]
    told = torch.stack([mirrored, right * REACH / width, down * REACH / height], 1)
    return moved, told.float()
