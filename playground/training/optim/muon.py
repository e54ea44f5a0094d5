"""Muon: momentum made orthogonal before each update, for the weights of convolutions.

torch has one since 2.9, for matrices only; convolutions are most of what is trained here.
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

A, B, C = 3.4445, -4.7750, 2.0315  # of the quintic, chosen by Jordan for a steep slope at 0
ITERATIONS = 5


def orthogonal(update: Tensor) -> Tensor:
    """Return about U V^T of the SVD of an update (out, in, ...), its trailing axes flattened.

    Newton-Schulz iterations of a quintic bring every singular value near 1 (0.7 to 1.2 from
    anything above a hundredth of the largest), which is all that the update needs.
    Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks".
    """
    x = update.flatten(1)
    tall = x.shape[0] > x.shape[1]
    x = x.mT if tall else x
    x = x / (x.norm() + 1e-7)
    # every iterate is a polynomial in gram = x x^T times x; iterating on the polynomial alone,
    # which is small and square, costs a third of multiplying x each time
    gram = x @ x.mT
    one = torch.eye(len(gram), dtype=x.dtype, device=x.device)
    whole = one
    for _ in range(ITERATIONS):
        factor = A * one + B * gram + C * gram @ gram
        whole = whole @ factor
        gram = gram @ factor @ factor
    x = whole @ x
    return (x.mT if tall else x).reshape(update.shape)


class Muon(torch.optim.Optimizer):
    """Steps of size lr along the orthogonalised Nesterov momentum of weights (out, in, ...)."""

    def __init__(
        self,
        weights: Iterable[nn.Parameter],
        lr: float,
        momentum: float = 0.95,
    ) -> None:
        super().__init__(weights, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Update every weight that has a gradient."""
        for group in self.param_groups:
            keep = group["momentum"]
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if "mean" not in state:
                    state["mean"] = torch.zeros_like(weight)
                mean = state["mean"]
                mean.lerp_(weight.grad, 1 - keep)
                towards = orthogonal(weight.grad.lerp(mean, keep))
                tall = max(1.0, len(weight) / weight[0].numel()) ** 0.5
                weight.sub_(towards, alpha=group["lr"] * tall)
