"""Denoisers: things that guess the clean picture x0 from a noisy x and its level.

A trained network, the exact posterior mean of a dataset, and wrappers (guidance, clamping) all look
the same, so that no sampler knows which it drives.
"""

import math
from collections.abc import Iterator
from typing import Protocol

import torch
from torch import Tensor

from playground.errors import InputError

NO_PICTURES = "A class was asked for that has no pictures; choose another class."


class Denoiser(Protocol):
    """x (B,*S), alpha and sigma (B,) in x's dtype, cond (B,) int64 or None -> x0 (B,*S).

    A cond of -1 means "no class" for that sample. `nfe`, where present, is the number of network
    calls that one call makes at most (1 where it is absent); where that depends on the level,
    `nfe_at(alpha, sigma)` tells it.
    """

    shape: tuple[int, ...]

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor: ...


def calls(denoiser: Denoiser, alpha: Tensor | None = None, sigma: Tensor | None = None) -> int:
    """Return the network calls of one call of this denoiser: at these levels (B,), else at most."""
    at = getattr(denoiser, "nfe_at", None)
    if at is not None and alpha is not None and sigma is not None:
        return int(at(alpha, sigma))
    return int(getattr(denoiser, "nfe", 1))


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

    def nfe_at(self, alpha: Tensor, sigma: Tensor) -> int:
        """Return the network calls that a call at these levels (B,) makes."""
        return calls(self.inner, alpha, sigma)


class Ideal:
    """The exact posterior mean E[x0 | x] over a finite dataset; see `ideal_denoiser`."""

    def __init__(self, data: Tensor, labels: Tensor | None, chunk: int) -> None:
        self.data, self.labels, self.chunk = data, labels, chunk
        self.shape = tuple(data.shape[1:])

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        # Softmax over the dataset in one pass: keep the largest logit so far and rescale by it.
        top = torch.full((len(x), 1), -torch.inf, dtype=torch.float64, device=x.device)
        total = torch.zeros_like(top)
        mean = torch.zeros_like(x.flatten(1), dtype=torch.float64)
        for part, logits in self._logits(x, alpha, sigma, cond):
            new_top = torch.maximum(top, logits.max(1, keepdim=True).values)
            safe = new_top.nan_to_num(neginf=0.0)
            weights = (logits - safe).exp()
            shrink = (top - safe).exp()
            total = total * shrink + weights.sum(1, keepdim=True)
            mean = mean * shrink + weights @ part
            top = new_top
        if not bool((total > 0).all()):
            raise InputError(NO_PICTURES)
        return (mean / total).to(x.dtype).reshape(x.shape)

    def posterior(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        """Return each picture's weight in the guess for x (B,*S): (B,N) float64, rows sum to 1.

        It is p(data_i | x), Bayes' rule with each picture as likely as another.
        """
        logits = torch.cat([part for _, part in self._logits(x, alpha, sigma, cond)], 1)
        if not bool(logits.max(1).values.isfinite().all()):
            raise InputError(NO_PICTURES)
        return logits.softmax(1)

    def log_density(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        """Return log p(x) (B,) float64 of the noised dataset, exactly.

        alpha, sigma: (B,), sigma > 0.

        p is a mixture of normal distributions, one at alpha times each datum, of standard
        deviation sigma; of one class where cond tells it.
        """
        total = torch.full((len(x),), -torch.inf, dtype=torch.float64, device=x.device)
        for _, logits in self._logits(x, alpha, sigma, cond):
            total = torch.logaddexp(total, logits.logsumexp(1))
        variance = sigma.double().square()
        count = torch.full_like(total, len(self.data))
        if cond is not None and self.labels is not None:
            own = (self.labels[None] == cond[:, None]).sum(1).double()
            count = torch.where(cond >= 0, own, count)
        flat = x.flatten(1).double()
        norm = flat.shape[1] / 2 * (2 * math.pi * variance).log()
        return total - flat.square().sum(1) / (2 * variance) - norm - count.log()

    def _logits(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None
    ) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield a chunk of pictures (n,D) at a time, and their unnormed log-weights (B,n)."""
        flat = x.flatten(1).double()
        a = alpha.double()[:, None]
        variance = sigma.double()[:, None].square().clamp(min=1e-20)
        for start in range(0, len(self.data), self.chunk):
            part = self.data[start : start + self.chunk].flatten(1).double()
            logits = (a * (flat @ part.T) - a.square() * part.square().sum(1) / 2) / variance
            if cond is not None and self.labels is not None:
                other = self.labels[start : start + self.chunk] != cond[:, None]
                logits = logits.masked_fill(other & (cond[:, None] >= 0), -torch.inf)
            yield part, logits


def ideal_denoiser(data: Tensor, labels: Tensor | None = None, *, chunk: int = 1024) -> Ideal:
    """Return the best possible denoiser of exactly these: data (N,*S), labels (N,) or None.

    x0 = sum_i w_i data_i with w = softmax(-|x - alpha data_i|^2 / (2 sigma^2)), which is Karras et
    al. 2022, App. B.3 with alpha. It trains nothing and, sampled, remembers everything. Computed in
    float64, `chunk` pictures at a time, so memory does not grow with N beyond the data itself.
    """
    if len(data) == 0:
        raise InputError("The ideal denoiser needs at least one picture.")
    if labels is not None and len(labels) != len(data):
        raise InputError(
            "{count} pictures need as many labels; you gave {count2}.",
            count=len(data),
            count2=len(labels),
        )
    return Ideal(data, labels, chunk)
