"""The trained network as a Denoiser, and the loss that trains it."""

import math

import torch
from torch import Tensor

from playground.diffusion.levels import angle, mix, per_sample, v_from_x0, x0_from_v
from playground.errors import InputError
from playground.models.unet import UNet


def log_snr(alpha: Tensor, sigma: Tensor) -> Tensor:
    """log(alpha^2 / sigma^2), elementwise; infinite at either end, which the network clamps."""
    return 2 * (alpha.log() - sigma.log())


class NetworkDenoiser:
    """A UNet that predicts v, seen as x0 = cos(phi) u - sin(phi) v(u, log-SNR).

    As sigma -> 0 this returns x itself, whatever the network says. The network never sees t, so
    one network runs under every schedule.
    """

    def __init__(self, network: UNet) -> None:
        self.network = network.eval().requires_grad_(False)
        config = network.config
        self.shape: tuple[int, ...] = (config.channels, config.size, config.size)
        self.classes = config.classes

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        if cond is not None and not self.classes:
            raise InputError("This model has no classes; leave the class out.")
        if cond is not None and int(cond.max()) >= self.classes:
            raise InputError(f"This model has classes 0 to {self.classes - 1}; choose one of them.")
        u = (x / per_sample(torch.hypot(alpha, sigma), x)).float()
        u = u.contiguous(memory_format=torch.channels_last)
        v = self.network(u, log_snr(alpha, sigma).float(), cond)
        return x0_from_v(x, v.to(x.dtype), alpha, sigma)


def v_loss(
    network: UNet, x0: Tensor, cond: Tensor | None, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Squared error of v, a number a sample (B,), and the angles (B,) at which it was taken.

    Angles are uniform on [0, pi/2], stratified over the batch. On a unit circle that is flow
    matching with uniform t (Lipman et al. 2023): dt = r^2 dphi, and the velocity error is v's / r.
    """
    strata = torch.randperm(len(x0), generator=generator) + torch.rand(1, generator=generator)
    phi = strata / len(x0) * (math.pi / 2)
    eps = torch.randn(x0.shape, generator=generator).to(x0)
    # in float32 phi may round to pi/2, whose cosine is -4e-8, and the log of that no number
    alpha, sigma = phi.cos().clamp(min=0).to(x0.device), phi.sin().clamp(min=1e-4).to(x0.device)
    x = mix(x0, eps, alpha, sigma)
    u = x.contiguous(memory_format=torch.channels_last)
    predicted = network(u, log_snr(alpha, sigma), cond)
    error = predicted.float() - v_from_x0(x, x0, alpha, sigma)
    return error.square().mean(dim=(1, 2, 3)), angle(alpha, sigma)


def loss_weight(phi: Tensor) -> Tensor:
    """The weight of each sample's loss: 1, falling to 0 where there is hardly any noise.

    There v is nearly the noise itself, which cannot be told from a nearly clean picture: at equal
    weight this hopeless part would be most of the gradient.
    """
    return (phi / 0.3).clamp(max=1)
