"""What updates the weights: Muon for convolutions, AdamW for all else, as one; or AdamW alone."""

import torch
from torch import Tensor, nn

from playground.errors import InputError
from playground.training.optim.muon import Muon

EDGES = ("door.", "exit.")  # the first and the last layer do better with AdamW


class Optimizers:
    """The optimizers of a network, each at its own peak rate."""

    def __init__(
        self, network: nn.Module, learning_rate: float, adam_rate: float, muon: bool = True
    ) -> None:
        self.weights = dict(network.named_parameters())
        inner = {
            n: w
            for n, w in self.weights.items()
            if muon and w.ndim == 4 and not n.startswith(EDGES)
        }
        rest = [w for n, w in self.weights.items() if n not in inner]
        adam = torch.optim.AdamW(rest, lr=adam_rate, betas=(0.9, 0.99), fused=True)
        self.peaks: dict[torch.optim.Optimizer, float] = {adam: adam_rate}
        self.owner: dict[str, torch.optim.Optimizer] = dict.fromkeys(self.weights, adam)
        if inner:
            convolutions = Muon(inner.values(), learning_rate)
            self.peaks[convolutions] = learning_rate
            self.owner |= dict.fromkeys(inner, convolutions)

    def step(self, share: float) -> None:
        """Update all weights at this share of the peak rates, and forget the gradients."""
        for optimizer, peak in self.peaks.items():
            for group in optimizer.param_groups:
                group["lr"] = peak * share
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def tensors(self) -> dict[str, Tensor]:
        """Return all that going on needs, by weight: `door.bias.exp_avg`."""
        states = {n: self.owner[n].state.get(w, {}) for n, w in self.weights.items()}
        return {f"{name}.{key}": v for name, state in states.items() for key, v in state.items()}

    def load(self, tensors: dict[str, Tensor]) -> None:
        """Go on from what `tensors` gave; InputError where it does not fit these weights."""
        for key, value in tensors.items():
            name, _, kind = key.rpartition(".")
            if name not in self.weights:
                raise InputError("The run was saved by another version; start a new one.")
            weight = self.weights[name]
            if kind != "step":  # in its weight's memory layout, which the fused update relies on
                value = torch.empty_like(weight).copy_(value)
            self.owner[name].state[weight][kind] = value.to(weight.device)
