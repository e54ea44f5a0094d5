"""The wrappers that guidances are made of: two guesses of x0, and a way beyond the better one.

All algebra is on x0, where a sum with weights that add up to one is the same as on eps, v or the
score.
"""

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, calls
from playground.diffusion.levels import per_sample

CLEANEST, NOISIEST = 12.0, -12.0  # log-SNR at which the range of a level's knob ends


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
        return self.combine(free, self.inner(x, alpha, sigma, cond))

    def combine(self, poor: Tensor, good: Tensor) -> Tensor:
        """Go from the poorer guess through the better one, and beyond it."""
        return poor + self.scale * (good - poor)


class Interval(Guided):
    """Guided where low <= log-SNR <= high, and elsewhere the model as it is, in one call."""

    def __init__(self, denoiser: Denoiser, scale: float, low: float, high: float) -> None:
        super().__init__(denoiser, scale)
        self.low, self.high = low, high

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        good = self.inner(x, alpha, sigma, cond)
        inside = self._inside(alpha, sigma)
        if cond is None or not bool(inside.any()):
            return good
        both = self.combine(self.inner(x, alpha, sigma, None), good)
        return torch.where(per_sample(inside, x).bool(), both, good)

    def nfe_at(self, alpha: Tensor, sigma: Tensor) -> int:
        """Return the network calls that a call at these levels (B,) makes."""
        return calls(self.inner, alpha, sigma) * (
            2 if bool(self._inside(alpha, sigma).any()) else 1
        )

    def _inside(self, alpha: Tensor, sigma: Tensor) -> Tensor:
        log_snr = 2 * (alpha.log() - sigma.log())
        log_snr = log_snr.clamp(NOISIEST, CLEANEST)  # the ends of the range are without end
        return (self.low <= log_snr) & (log_snr <= self.high)


class Auto(Guided):
    """From a weaker version's guess through the model's, both of the same class."""

    def __init__(self, denoiser: Denoiser, scale: float, weak: Denoiser) -> None:
        super().__init__(denoiser, scale)
        self.weak = weak
        self.nfe = calls(denoiser) + calls(weak)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        poor = self.weak(x, alpha, sigma, cond)
        return self.combine(poor, self.inner(x, alpha, sigma, cond))


class Rescaled(Guided):
    """Guided, with the spread of the guess drawn back towards that without guidance."""

    def __init__(self, denoiser: Denoiser, scale: float, phi: float) -> None:
        super().__init__(denoiser, scale)
        self.phi = phi

    def combine(self, poor: Tensor, good: Tensor) -> Tensor:
        """Combine two guesses x0 and rescale them, as Lin et al. 2023, Sec. 3.4."""
        both = super().combine(poor, good)
        dims = tuple(range(1, both.ndim))
        spread = both.std(dims, keepdim=True).clamp(min=1e-8)
        factor = good.std(dims, keepdim=True) / spread
        return both * (self.phi * factor + 1 - self.phi)


class Thresholded:
    """Each guess clipped to its own s, a percentile of |x0| and at least 1, and divided by s."""

    def __init__(self, denoiser: Denoiser, percentile: float) -> None:
        self.inner = denoiser
        self.percentile = percentile
        self.shape = denoiser.shape
        self.nfe = calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        x0 = self.inner(x, alpha, sigma, cond)
        s = per_sample(x0.abs().flatten(1).quantile(self.percentile / 100, 1).clamp(min=1), x0)
        return torch.maximum(torch.minimum(x0, s), -s) / s

    def nfe_at(self, alpha: Tensor, sigma: Tensor) -> int:
        """Return the network calls that a call at these levels (B,) makes."""
        return calls(self.inner, alpha, sigma)
