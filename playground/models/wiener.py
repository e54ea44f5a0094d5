"""The best linear guess, known before any training: Wiener's filter for the pictures' spectrum.

A young network that has to say everything by itself must carry the noise, number by number,
through its layers before it can take any of it away, and what gets lost is grain in every sample.
Beside this filter it has to say only what a picture has over a Gaussian field of its spectrum.
"""

import math

import torch
from torch import Tensor, nn

from playground.diffusion.levels import per_sample

KNOTS = 46  # frequencies at which the power is kept, those of the rings of a 32x32 picture
PER_PIXEL = 64  # knots at 1 wave a pixel
FLOOR = (1 / 255) ** 2  # of a power: nothing finer is stored in 8 bits
MOST = 2048  # pictures that are looked at


def cosines(n: int) -> Tensor:
    """Return the orthonormal waves (n,n) of the discrete cosine transform, one a row."""
    k = torch.arange(n, dtype=torch.float64, device="cpu")
    waves = (math.pi / n * (k + 0.5) * k[:, None]).cos() * math.sqrt(2 / n)
    waves[0] /= math.sqrt(2)
    return waves.float()


def hats(n: int, reach: float = 1.0) -> Tensor:
    """Return each knot's share (KNOTS,n*n) in each wave of an n x n picture.

    Read by it, a value is linear in the frequency between two knots. A reach over 1 lets coarse
    pictures, which have few frequencies, have a say at every knot.
    """
    k = torch.arange(n, dtype=torch.float64, device="cpu") / (2 * n)
    at = (PER_PIXEL * torch.hypot(k, k[:, None])).flatten().clamp(max=KNOTS - 1)
    knots = torch.arange(KNOTS, dtype=torch.float64, device="cpu")
    return (1 - (at - knots[:, None]).abs() / reach).clamp(min=0).float()


class Wiener(nn.Module):
    """u (B,C,N,N), log_snr (B,) -> v (B,C,N,N): exact for Gaussian pictures of the power it holds.

    The power is kept by colour axis (grey first; of three: red against blue, and both against
    green) and by frequency; of unit power and mean 0, as at first, v is 0. Any N will do.
    Source: Wiener 1949; in the waves that diagonalise it, x0 = mean + a P / (a^2 P + s^2) (u - a
    mean), written for v.
    """

    mean: Tensor
    log_power: Tensor
    colours: Tensor
    waves: Tensor
    between: Tensor

    def __init__(self, channels: int, size: int, limit: float) -> None:
        super().__init__()
        self.limit = limit  # of the log-SNR
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("log_power", torch.zeros(channels, KNOTS))
        self.register_buffer("colours", cosines(channels), persistent=False)
        self.register_buffer("waves", cosines(size), persistent=False)
        self.register_buffer("between", hats(size), persistent=False)

    @torch.no_grad()
    def fit(self, x: Tensor) -> None:
        """Take mean and power from pictures x (M,C,N,N), or from some of very many."""
        x = x[:: -(-len(x) // MOST)].to(self.mean)
        self.mean.copy_(x.mean((0, 2, 3)))
        there = self._there(x - self.mean[:, None, None], self._waves(x.shape[-1]))
        power = there.square().mean(0).flatten(1)  # (C,N*N)
        shares = hats(x.shape[-1], max(1.0, PER_PIXEL / (2 * x.shape[-1]))).to(x)
        heard = shares.sum(1) > 0  # a coarse picture has none of the finest
        last = int(heard.nonzero().max())
        rings = power @ shares[heard].T / shares[heard].sum(1)
        found = torch.arange(KNOTS, device=x.device).clamp(max=last)
        places = (heard.cumsum(0) - 1)[found]
        self.log_power.copy_(rings[:, places].clamp(min=FLOOR).log())

    def forward(self, u: Tensor, log_snr: Tensor) -> Tensor:
        with torch.autocast(u.device.type, enabled=False):  # a rounded wave is no wave
            return self._v(u.float(), log_snr.float().clamp(-self.limit, self.limit))

    def _v(self, u: Tensor, log_snr: Tensor) -> Tensor:
        n = u.shape[-1]
        a2, s2 = per_sample(log_snr.sigmoid(), u), per_sample((-log_snr).sigmoid(), u)
        a, s = a2.sqrt(), s2.sqrt()
        own = n == len(self.waves)
        between = self.between if own else hats(n).to(u)
        power = (self.log_power @ between).exp().unflatten(1, (n, n))
        gain = a * s * (1 - power) / (a2 * power + s2)
        mean, waves = self.mean[:, None, None], self._waves(n)
        v = waves.T @ (gain * self._there(u - a * mean, waves)) @ waves
        return torch.einsum("dc,bdhw->bchw", self.colours, v) - s * mean

    def _there(self, x: Tensor, waves: Tensor) -> Tensor:
        """Return the coefficients of x (B,C,N,N) in waves of colour, row and column."""
        return waves @ torch.einsum("dc,bchw->bdhw", self.colours, x) @ waves.T

    def _waves(self, n: int) -> Tensor:
        return self.waves if n == len(self.waves) else cosines(n).to(self.waves)
