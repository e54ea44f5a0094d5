"""The average of the weights over training, which samples better than the weights themselves."""

import torch
from torch import Tensor, nn


@torch.no_grad()
def follow(average: dict[str, Tensor], network: nn.Module, step: int, width: float) -> None:
    """Move the average to the weights after update number step (from 0), in place.

    A power-function average: its width is a fixed share of the run so far, 0.001 to 0.25.
    Source: Karras et al. 2024, Sec. 3.1.
    """
    # sigma_rel = sqrt((g + 1) / ((g + 2)^2 (g + 3))), near 1 / (g + 2) for the widths in use
    gamma = 1 / width - 2
    keep = (1 - 1 / (step + 1)) ** (gamma + 1)
    now = network.state_dict()
    torch._foreach_lerp_([average[name] for name in now], list(now.values()), 1 - keep)
