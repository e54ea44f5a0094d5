"""Denoisers: things that guess the clean picture x0 from a noisy x and its level.

A trained network, the exact posterior mean of a dataset, and wrappers (guidance, clamping) all look
the same, so that no sampler knows which it drives.
"""

from typing import Protocol

import torch
from torch import Tensor

from playground.errors import InputError


class Denoiser(Protocol):
    """x (B,*S), alpha and sigma (B,) in x's dtype, cond (B,) int64 or None -> x0 (B,*S).

    A cond of -1 means "no class" for that sample. `nfe`, where present, is the number of network
    calls that one call makes (1 where it is absent).
    """

    shape: tuple[int, ...]

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor: ...


def calls(denoiser: Denoiser) -> int:
    """Network calls that one call of this denoiser makes."""
    return int(getattr(denoiser, "nfe", 1))


class Guided:
    """Classifier-free guidance: x0 = x0(no class) + scale * (x0(class) - x0(no class)).

    Linear in x0 as in eps, so it is Ho & Salimans 2022, Eq. 6, with scale = 1 + w. scale 0 forgets
    the class, 1 is plain conditioning, above 1 exaggerates it. Two network calls.
    """

    def __init__(self, denoiser: Denoiser, scale: float) -> None:
        self.inner = denoiser
        self.scale = scale
        self.shape = denoiser.shape
        self.nfe = 2 * calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        free = self.inner(x, alpha, sigma, None)
        if cond is None:
            return free
        return free + self.scale * (self.inner(x, alpha, sigma, cond) - free)


class Clamped:
    """Keeps x0 within [low, high]; a wrapper, because clamping in a sampler would hide errors."""

    def __init__(self, denoiser: Denoiser, low: float = -1.0, high: float = 1.0) -> None:
        self.inner = denoiser
        self.low, self.high = low, high
        self.shape = denoiser.shape
        self.nfe = calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        return self.inner(x, alpha, sigma, cond).clamp(self.low, self.high)


class _Ideal:
    """The exact posterior mean E[x0 | x] over a finite dataset; see `ideal_denoiser`."""

    def __init__(self, data: Tensor, labels: Tensor | None, chunk: int) -> None:
        self.data, self.labels, self.chunk = data, labels, chunk
        self.shape = tuple(data.shape[1:])

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        flat = x.flatten(1).double()
        a = alpha.double()[:, None]
        variance = sigma.double()[:, None].square().clamp(min=1e-20)
        # Softmax over the dataset in one pass: keep the largest logit so far and rescale by it.
        top = flat.new_full((len(x), 1), -torch.inf)
        total = flat.new_zeros(len(x), 1)
        mean = torch.zeros_like(flat)
        for start in range(0, len(self.data), self.chunk):
            part = self.data[start : start + self.chunk].flatten(1).double()
            logits = (a * (flat @ part.T) - a.square() * part.square().sum(1) / 2) / variance
            if cond is not None and self.labels is not None:
                other = self.labels[start : start + self.chunk] != cond[:, None]
                logits = logits.masked_fill(other & (cond[:, None] >= 0), -torch.inf)
            new_top = torch.maximum(top, logits.max(1, keepdim=True).values)
            safe = new_top.nan_to_num(neginf=0.0)
            weights = (logits - safe).exp()
            shrink = (top - safe).exp()
            total = total * shrink + weights.sum(1, keepdim=True)
            mean = mean * shrink + weights @ part
            top = new_top
        if not bool((total > 0).all()):
            raise InputError("A class was asked for that has no pictures; choose another class.")
        return (mean / total).to(x.dtype).reshape(x.shape)


def ideal_denoiser(data: Tensor, labels: Tensor | None = None, *, chunk: int = 1024) -> Denoiser:
    """The best possible denoiser of exactly these pictures: data (N,*S), labels (N,) or None.

    x0 = sum_i w_i data_i with w = softmax(-|x - alpha data_i|^2 / (2 sigma^2)), which is Karras et
    al. 2022, Eq. 57 with alpha. It trains nothing and, sampled, remembers everything. Computed in
    float64, `chunk` pictures at a time, so memory does not grow with N beyond the data itself.
    """
    if len(data) == 0:
        raise InputError("The ideal denoiser needs at least one picture.")
    if labels is not None and len(labels) != len(data):
        raise InputError(f"{len(data)} pictures need as many labels; you gave {len(labels)}.")
    return _Ideal(data, labels, chunk)
