"""The trained network as a Denoiser, and the loss that trains it."""

import copy
import math
from functools import cached_property

import torch
from torch import Tensor, nn

from playground.diffusion.levels import angle, mix, per_sample
from playground.diffusion.schedules import Schedule
from playground.errors import InputError
from playground.models import targets
from playground.models.networks import Network
from playground.models.packed import packed

WEAKER = 0.1  # standard deviation of the noise on the weights of `weaker`, over their own


def log_snr(alpha: Tensor, sigma: Tensor) -> Tensor:
    """Return log(alpha^2 / sigma^2), elementwise; infinite at either end, which networks clamp."""
    return 2 * (alpha.log() - sigma.log())


class NetworkDenoiser:
    """A network seen as a guess of x0; one that predicts v: cos(phi) u - sin(phi) v(u, log-SNR).

    As sigma -> 0 that returns x itself, whatever the network says. The network never sees t, so
    one network runs under every schedule.
    """

    def __init__(self, network: Network) -> None:
        # weights as the pictures lie in memory: else each call turns them round
        self.network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.network.eval().requires_grad_(False)
        config = network.config
        self.shape = config.shape
        self.classes = config.classes
        self.mixes_classes = config.classes > 0

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        if cond is not None and not self.classes:
            raise InputError("This model has no classes; leave the class out.")
        mixed = cond is not None and cond.is_floating_point()  # shares of the classes (B,classes+1)
        if cond is not None and not mixed and int(cond.max()) >= self.classes:
            raise InputError(
                "This model has classes 0 to {classes}; choose one of them.",
                classes=self.classes - 1,
            )
        u = laid_out((x / per_sample(torch.hypot(alpha, sigma), x)).float())
        out = self.fast(u, log_snr(alpha, sigma).float(), cond)
        return targets.x0_from(self.network.config.target, x, out.to(x.dtype), alpha, sigma)

    @cached_property
    def fast(self) -> nn.Module:
        """The network in the form that answers fastest; made with the first call."""
        return packed(self.network, self.shape)

    def weaker(self) -> "NetworkDenoiser":
        """Return the same network with its weights perturbed, always by the same noise; made once.

        The noise's standard deviation is WEAKER of each weight tensor's own. It stands in for the
        less trained version that autoguidance asks for, where none was kept.
        """
        return self._weaker

    @cached_property
    def _weaker(self) -> "NetworkDenoiser":
        made = copy.deepcopy(self.network)
        generator = torch.Generator().manual_seed(0)
        for weights in made.parameters():
            if weights.ndim > 1:  # not the biases and norms, of which one number moves everything
                noise = torch.randn(weights.shape, generator=generator).to(weights)
                weights.data += WEAKER * weights.data.std() * noise
        return NetworkDenoiser(made)


def laid_out(u: Tensor) -> Tensor:
    """Return the same in the memory layout that its network is fastest with."""
    return u.contiguous(memory_format=torch.channels_last) if u.ndim == 4 else u.contiguous()


def angles(t: Tensor, schedule: Schedule | None = None) -> Tensor:
    """Return the angles that training takes at these t in [0, 1]: a schedule's, else even ones.

    Even ones, on a unit circle, are flow matching with uniform t (Lipman et al. 2023): dt = r^2
    dphi, and the velocity error is v's / r.
    """
    return t * (math.pi / 2) if schedule is None else angle(*schedule(t)).to(t.dtype)


def draw_noise(
    shape: tuple[int, ...], generator: torch.Generator, schedule: Schedule | None = None
) -> tuple[Tensor, Tensor]:
    """Noise (B,*S) and angles (B,) for a batch of this shape, on the generator's device.

    The angles are those at uniform t (Ho et al. 2020, Alg. 1), stratified over the batch.
    """
    strata = torch.randperm(shape[0], generator=generator) + torch.rand(1, generator=generator)
    phi = angles(strata / shape[0], schedule)
    return torch.randn(shape, generator=generator), phi


def unit_level(phi: Tensor) -> tuple[Tensor, Tensor]:
    """Return alpha and sigma (B,) of angles phi (B,) in [0, pi/2], at radius 1.

    In float32 phi may round to pi/2, whose cosine is -4e-8, and the log of that no number.
    """
    return phi.cos().clamp(min=0), phi.sin().clamp(min=1e-4)


def prediction_loss(
    network: nn.Module,
    x0: Tensor,
    cond: Tensor | None,
    eps: Tensor,
    phi: Tensor,
    told: Tensor | None = None,
    *,
    target: str = "v",
) -> tuple[Tensor, Tensor]:
    """Return the squared error of the target, one a sample (B,), and the angles (B,) it was at.

    x0, eps (B,*S); phi (B,) in [0, pi/2]; cond (B,) int64 or None; told: how each picture was
    changed, if it was; all on the network's device. target: one of `targets.TARGETS`.
    """
    alpha, sigma = unit_level(phi)
    x = mix(x0, eps, alpha, sigma)
    out = network(laid_out(x), log_snr(alpha, sigma), cond, told).float()
    error = targets.miss(target, out, x, x0, eps, alpha, sigma)
    return error.square().flatten(1).mean(1), angle(alpha, sigma)


def loss_weight(phi: Tensor) -> Tensor:
    """Return the weight of each sample's loss: 1, falling to 0 where there is hardly any noise.

    There v is nearly the noise itself, which cannot be told from a nearly clean picture: at equal
    weight this hopeless part would be most of the gradient.
    """
    return (phi / 0.3).clamp(max=1)
